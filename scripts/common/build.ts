/** Builds the page into dist, and knows when that is needed. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DIST } from './server.ts';

/** Folder of the repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What the built page is made of. */
const SOURCES = [
  'src',
  'public',
  'docs',
  'scripts/docs/site',
  'README.md',
  'index.html',
  'vite.config.ts',
  'package-lock.json',
];

/** Runs `vite build`. Throws a plain sentence when it fails. */
export function build(): void {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  if (!existsSync(vite)) throw new Error('The dependencies are not installed. Run `npm ci` first.');
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error('The page does not build (see above).');
}

/** Builds only when dist is missing or older than what it is made of. */
export function buildIfStale(): void {
  const index = join(DIST, 'index.html');
  const built = existsSync(index) ? statSync(index).mtimeMs : 0;
  if (SOURCES.some((source) => newestChange(join(ROOT, source)) > built)) {
    console.error('Building the page');
    build();
  }
}

function newestChange(path: string): number {
  if (!existsSync(path)) return 0;
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  return readdirSync(path).reduce(
    (newest, name) => Math.max(newest, newestChange(join(path, name))),
    info.mtimeMs,
  );
}
