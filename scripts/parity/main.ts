/**
 * `npm run parity -- --python python3`: the page's engine and the PyTorch mirror on each other's checkpoints, and on
 * every shipped base; and transformers on the engine's files, there and back.
 * Needs PyTorch and transformers (bridge/requirements.txt). Exit code 1 when they differ by more than 1e-4.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../common/command.ts';
import { readCommandLine } from '../common/commandLine.ts';
import { text } from '../common/flag.ts';
import { UsageError } from '../common/usageError.ts';
import { differenceFromMirror, writeForMirror, writeTokenizer } from './compare.ts';

const TOLERANCE = 1e-4;
const BASES = 'public/bases';

await runCommand('The engine and the mirror do not agree', async () => {
  const { values } = readCommandLine(process.argv.slice(2), {
    usage: 'npm run parity -- [flags]',
    about: `Compares the page's engine and the PyTorch mirror (bridge/README.md says what it needs) on each other's checkpoints
and on every shipped base.`,
    flags: { python: text('FILE', 'a Python with PyTorch', process.env.KELVIN_PYTHON ?? 'python3') },
    notes: `Exit code: 0 when log-probabilities agree to ${TOLERANCE}, else 1.`,
  });
  const folder = mkdtempSync(join(tmpdir(), 'kelvin-parity-'));
  try {
    python(values.python, '-m', 'unittest', '--quiet', 'bridge/tests/test_config.py');
    await compare(
      folder,
      (action, target) => python(values.python, 'bridge/compare.py', action, target),
      (from, to) => python(values.python, 'bridge/hugging_face.py', from, to),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log('The engine and the mirror agree.');
});
// The engine's threads would keep the process alive.
process.exit();

type Mirror = (action: 'make' | 'check', target: string) => void;

/** Both ways, with files below `folder`. Throws when the largest difference is above the tolerance. */
async function compare(
  folder: string,
  mirror: Mirror,
  transformers: (from: string, to: string) => void,
): Promise<void> {
  const fromMirror = join(folder, 'mirror');
  const fromEngine = join(folder, 'engine');
  mirror('make', fromMirror);
  const differences: number[] = [];
  for (const device of ['wasm', 'cpu'] as const) {
    const difference = await differenceFromMirror(fromMirror, device);
    console.log(`mirror → engine (${device}): largest difference ${difference.toExponential(1)}`);
    differences.push(difference);
  }
  await writeForMirror(fromEngine, fromMirror, 'wasm');
  mirror('check', fromEngine);
  writeTokenizer(fromEngine);
  const saved = join(folder, 'saved');
  transformers(fromEngine, saved);
  const there = await differenceFromMirror(saved, 'wasm');
  console.log(`transformers → engine (wasm): largest difference ${there.toExponential(1)}`);
  differences.push(there);
  for (const name of readdirSync(BASES).sort()) {
    console.log(`${name}:`);
    await writeForMirror(join(folder, name), fromMirror, 'wasm', join(BASES, name));
    mirror('check', join(folder, name));
  }
  const isSmall = differences.every((difference) => difference <= TOLERANCE);
  if (!isSmall) throw new Error(`a difference above is more than ${TOLERANCE}.`);
}

/** Throws a UsageError when Python cannot be started, and an Error when what it runs fails. */
function python(executable: string, ...command: string[]): void {
  const { status, error } = spawnSync(executable, command, { stdio: 'inherit' });
  if (error)
    throw new UsageError(`“${executable}” could not be started; name a Python with PyTorch by --python.`);
  if (status !== 0) throw new Error(`python ${command.join(' ')} failed (see above).`);
}
