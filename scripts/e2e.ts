/** `npm run e2e [-- playwright options]`: builds the page where it is stale and tests it in Chromium. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildIfStale, ROOT } from './common/build.ts';
import { requireChromium } from './common/chromium.ts';
import { runCommand } from './common/command.ts';

await runCommand('The page was not tested', () => {
  process.env.CHROME_PATH = requireChromium();
  buildIfStale();
  const cli = join(ROOT, 'node_modules/@playwright/test/cli.js');
  const { status } = spawnSync(process.execPath, [cli, 'test', ...process.argv.slice(2)], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  return status ?? 1;
});
