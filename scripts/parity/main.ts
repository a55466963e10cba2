/**
 * `npm run parity -- --python python3`: the page's engine and the PyTorch mirror on each other's checkpoints, and on
 * every shipped base.
 * Needs PyTorch (bridge/requirements.txt). Exit code 1 when they differ by more than 1e-4.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { differenceFromMirror, writeForMirror } from './compare.ts';

const { values } = parseArgs({
  options: { python: { type: 'string', default: process.env.KELVIN_PYTHON ?? 'python3' } },
});
const TOLERANCE = 1e-4;
const BASES = 'public/bases';
const folder = mkdtempSync(join(tmpdir(), 'kelvin-parity-'));
const fromMirror = join(folder, 'mirror');
const fromEngine = join(folder, 'engine');
let failed = false;
try {
  mirror('make', fromMirror);
  for (const device of ['wasm', 'cpu'] as const) {
    const difference = await differenceFromMirror(fromMirror, device);
    console.log(`mirror → engine (${device}): largest difference ${difference.toExponential(1)}`);
    failed ||= !(difference <= TOLERANCE);
  }
  await writeForMirror(fromEngine, fromMirror, 'wasm');
  mirror('check', fromEngine);
  for (const name of readdirSync(BASES).sort()) {
    console.log(`${name}:`);
    await writeForMirror(join(folder, name), fromMirror, 'wasm', join(BASES, name));
    mirror('check', join(folder, name));
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  failed = true;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(failed ? 'The engine and the mirror differ.' : 'The engine and the mirror agree.');
process.exit(failed ? 1 : 0);

function mirror(action: 'make' | 'check', target: string): void {
  const { status, error } = spawnSync(values.python, ['bridge/compare.py', action, target], {
    stdio: 'inherit',
  });
  if (error)
    throw new Error(`"${values.python}" could not be started; name a Python with PyTorch by --python.`);
  if (status !== 0) throw new Error(`bridge/compare.py ${action} failed.`);
}
