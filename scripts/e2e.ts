/** `npm run e2e [-- playwright options]`: builds the page where it is stale and tests it in Chromium. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildIfStale, ROOT } from './common/build.ts';
import { requireChromium } from './common/chromium.ts';

try {
  process.env.CHROME_PATH = requireChromium();
  buildIfStale();
  const cli = join(ROOT, 'node_modules/@playwright/test/cli.js');
  const { status } = spawnSync(process.execPath, [cli, 'test', ...process.argv.slice(2)], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
