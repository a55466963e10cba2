/** Builds the page into dist, and knows when that is needed. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

/** Builds only when dist is missing or older than what it is made of. Where another process builds it, waits for that. */
export function buildIfStale(): void {
  if (!isStale()) return;
  alone(join(ROOT, '.cache/build.lock'), () => {
    if (!isStale()) return;
    console.error('Building the page');
    build();
  });
}

function isStale(): boolean {
  const index = join(DIST, 'index.html');
  const built = existsSync(index) ? statSync(index).mtimeMs : 0;
  return SOURCES.some((source) => newestChange(join(ROOT, source)) > built);
}

/** Does what only one process may do at a time; `lock` is a file that holds the number of the one that does it. */
export function alone(lock: string, work: () => void): void {
  mkdirSync(dirname(lock), { recursive: true });
  while (!isOurs(lock)) {
    const owner = ownerOf(lock);
    // One that was killed leaves its lock behind.
    if (owner > 0 && !isAlive(owner)) rmSync(lock, { force: true });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function isOurs(lock: string): boolean {
  try {
    writeFileSync(lock, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

/** 0 where the lock has gone meanwhile, or is so new that no number is in it. */
function ownerOf(lock: string): number {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return 0;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
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
