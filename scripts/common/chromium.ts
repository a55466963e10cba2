/**
 * Where Chromium is, how to get one, and how it is started: the only file that knows the flags WebGPU needs
 * on machines without a GPU.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from '@playwright/test';

/**
 * Command-line switches of every Chromium that Kelvin starts itself. `--enable-unsafe-webgpu` alone gives a
 * WebGPU adapter without a GPU (SwiftShader); it changes nothing where a real adapter exists. The others
 * only keep the browser from speaking to the network on its own account. `KELVIN_CHROMIUM_ARGS` adds more
 * (for instance `--enable-features=Vulkan --use-angle=vulkan` for a real GPU on headless Linux).
 */
export const CHROMIUM_ARGS: readonly string[] = [
  '--enable-unsafe-webgpu',
  '--no-first-run',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.env.KELVIN_CHROMIUM_ARGS?.split(/\s+/).filter(Boolean) ?? []),
];

const MANUAL =
  'Kelvin needs Chrome or Chromium and could not install one. Run `npx playwright install chromium`, or on ' +
  'Debian and Ubuntu `sudo apt-get install chromium`, or set CHROME_PATH to an existing browser.';

/** Path of an installed Chrome or Chromium (CHROME_PATH, the usual places, Playwright's own), or null. */
export function findChromium(): string | null {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROME_PATH is ${named}, but there is no such file.`);
    return named;
  }
  return [...usualPaths(), chromium.executablePath()].find((path) => path && existsSync(path)) ?? null;
}

/** {@link findChromium}, installing one first where there is none. Throws with what to run when it cannot. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  const attempts: [string, string[]][] = [];
  // Playwright's build lacks the shared libraries of a bare Debian, Debian's own package brings them along.
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    attempts.push([
      'sh',
      [
        '-c',
        'apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ' +
          '-o DPkg::Lock::Timeout=300 chromium',
      ],
    ]);
  }
  attempts.push([process.execPath, [playwrightCli(), 'install', 'chromium']]);
  for (const [command, args] of attempts) {
    console.error(`No Chrome or Chromium found; installing one: ${args.at(-1)}`);
    const { status } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    const installed = status === 0 ? findChromium() : null;
    if (installed) return installed;
  }
  throw new Error(MANUAL);
}

/** A headless Chromium with WebGPU, installing one first where there is none. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: ensureChromium(), args: [...CHROMIUM_ARGS] });
}

function usualPaths(): string[] {
  switch (process.platform) {
    case 'darwin':
      return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) => [
        join(folder, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
        join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
      ]);
    case 'win32':
      return [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
        .filter((folder) => folder !== undefined)
        .map((folder) => join(folder, 'Google/Chrome/Application/chrome.exe'));
    default: {
      const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'];
      const folders = (process.env.PATH ?? '').split(':').filter(Boolean);
      return names.flatMap((name) => folders.map((folder) => join(folder, name)));
    }
  }
}

function playwrightCli(): string {
  return fileURLToPath(new URL('../../node_modules/@playwright/test/cli.js', import.meta.url));
}
