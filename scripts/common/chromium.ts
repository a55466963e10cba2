/**
 * Where Chromium is, how to get one, and how it is started: the only file that knows the flags WebGPU needs
 * on machines without a GPU. Nothing is installed here: `npm run chromium` does that, when asked.
 */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';

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

/** Path of an installed Chrome or Chromium (CHROME_PATH, the usual places, Playwright's own), or null. */
export function findChromium(): string | null {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROME_PATH is ${named}, but there is no such file.`);
    return named;
  }
  return [...usualPaths(), chromium.executablePath()].find((path) => path && existsSync(path)) ?? null;
}

/** {@link findChromium}. Throws one sentence that says how this system gets one when there is none. */
export function requireChromium(): string {
  const found = findChromium();
  if (found) return found;
  throw new Error(
    `Kelvin found no Chrome or Chromium here: run \`${installCommand(thisSystem())}\`, ` +
      'or set CHROME_PATH to the one you have.',
  );
}

/** A headless Chromium with WebGPU. Throws what {@link requireChromium} throws. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: requireChromium(), args: [...CHROMIUM_ARGS] });
}

/**
 * Opens the built page for a command that does not press Start: what the page would load ahead for a reader (an engine,
 * Python) would only take the cores from what the command does.
 */
export async function openQuietly(page: Page, url: string): Promise<void> {
  await page.addInitScript({
    content: `Object.defineProperty(navigator, 'connection', { value: { saveData: true } });`,
  });
  await page.goto(url);
  await page.waitForFunction(() => window.kelvin !== undefined);
}

/** What decides how Chromium is installed. */
export interface System {
  platform: NodeJS.Platform;
  /** Package managers that are there, of those that {@link installCommand} knows. */
  managers: readonly string[];
  /** Of /etc/os-release, e.g. `debian`. */
  distribution: string;
  isRoot: boolean;
}

/** The shell command that installs Chromium on this system. */
export function installCommand({ platform, managers, distribution, isRoot }: System): string {
  const has = (manager: string) => platform === 'linux' && managers.includes(manager);
  const asRoot = isRoot ? '' : 'sudo ';
  // Ubuntu's package only points to a snap. Playwright's build needs libraries, which it installs there itself.
  if (has('apt-get') && distribution === 'ubuntu') return 'npx playwright install --with-deps chromium';
  if (has('apt-get')) return `${asRoot}apt-get update && ${asRoot}apt-get install -y chromium`;
  if (has('dnf')) return `${asRoot}dnf install -y chromium`;
  if (has('pacman')) return `${asRoot}pacman -Sy --noconfirm chromium`;
  if (has('apk')) return `${asRoot}apk add chromium`;
  return 'npx playwright install chromium';
}

/** The system that this process runs on. */
export function thisSystem(): System {
  const release = '/etc/os-release';
  const text = existsSync(release) ? readFileSync(release, 'utf8') : '';
  return {
    platform: process.platform,
    managers: ['apt-get', 'dnf', 'pacman', 'apk'].filter((name) => inPath(name).some(existsSync)),
    distribution: /^ID="?(\w+)/m.exec(text)?.[1] ?? '',
    isRoot: process.getuid?.() === 0,
  };
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
      return names.flatMap(inPath);
    }
  }
}

function inPath(name: string): string[] {
  const folders = (process.env.PATH ?? '').split(':').filter(Boolean);
  return folders.map((folder) => join(folder, name));
}
