import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from './scripts/common/chromium.ts';
import { longFiles } from './test/longFiles.ts';
import { isLong } from './test/scale.ts';

/** Served under a base path, as on a project page of a static host: a link to `/` would show. */
const port = Number(process.env.KELVIN_E2E_PORT ?? 4571);
const base = '/some/base/path/';

export default defineConfig({
  testDir: 'e2e',
  testMatch: isLong ? longFiles(['e2e']).map((path) => `**/${path}`) : '**/*.spec.ts',
  testIgnore: isLong ? [] : '**/*.long.spec.ts',
  outputDir: 'test-results',
  // Two pages at a time: most of a test is waiting, for what is drawn, for Python. In the long run programs are ended by
  // the clock: there, good ones must not wait for another page.
  workers: isLong ? 1 : 2,
  fullyParallel: false,
  retries: 0,
  // Only what never comes may end a wait: a busy laptop takes its time.
  timeout: 1_200_000,
  expect: { timeout: 180_000 },
  reporter: [['list'], ['json', { outputFile: '.cache/test/page.json' }]],
  use: {
    baseURL: `http://localhost:${port}${base}`,
    viewport: { width: 1440, height: 900 },
    // No trace: recording the page costs more than running it on a machine without a GPU.
    screenshot: 'only-on-failure',
    // What a test stalls or fakes must come from where it is faked; offline.spec.ts lets it in.
    serviceWorkers: 'block',
    launchOptions: { executablePath: findChromium() ?? undefined, args: [...CHROMIUM_ARGS] },
  },
  webServer: {
    command: `npx tsx scripts/serve.ts --port ${port} --base ${base}`,
    url: `http://localhost:${port}${base}`,
    reuseExistingServer: false,
  },
});
