/**
 * `npm run chromium`: installs Chromium with the system's own package manager where there is none. No other command
 * installs anything; `.ci/run` asks for this one, because its machine is bare.
 */
import { spawnSync } from 'node:child_process';
import { findChromium, installCommand, thisSystem } from './common/chromium.ts';

/** Tried in turn: Playwright's build is there for systems whose package manager has none. */
const commands = [...new Set([installCommand(thisSystem()), 'npx playwright install --with-deps chromium'])];

for (const asked of commands) {
  if (findChromium()) break;
  // A machine that has just been started is often busy with packages of its own.
  const command = asked.replaceAll('apt-get', 'apt-get -o DPkg::Lock::Timeout=300');
  console.error(`No Chrome or Chromium found. Installing one: ${command}`);
  spawnSync(command, {
    shell: true,
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

const found = findChromium();
console.log(found ?? 'Chromium could not be installed (see above).');
process.exitCode = found ? 0 : 1;
