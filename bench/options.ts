/** The command line of `npm run bench`. */
import { type CommandLine, type Given, readCommandLine } from '../scripts/common/commandLine.ts';
import { choice, number, toggle, whole } from '../scripts/common/flag.ts';
import type { BackendName } from '../src/reasoner/backends.ts';
import { SIZES, type SizeName } from '../src/reasoner/config.ts';

const PARTS = [
  'all',
  'engine',
  'arrangements',
  'verifier',
  'cores',
  'tiles',
  'attempts',
  'selfplay',
  'start',
  'interactions',
] as const;
const BACKENDS: readonly BackendName[] = ['webgpu', 'wasm', 'cpu'];

const FLAGS = {
  only: choice(PARTS, `one part: ${PARTS.join(', ')}`, 'all'),
  counts: toggle('only what our engine asks of WebGPU, in a minute'),
  quick: toggle('fewer rounds, a shorter sweep'),
  'peak-tflops': number([0.001, 100_000], 'the card’s speed, to state shares of it'),
  size: choice(Object.keys(SIZES) as SizeName[], 'of the reasoner that plays', 'nano'),
  device: choice(BACKENDS, `that it plays on: ${BACKENDS.join(', ')}`, 'wasm'),
  steps: whole([1, 10_000], 'of self-play', 3),
  reading: whole([0, 600], 'seconds between the page’s first sight and Start', 0),
  prompts: whole([1, 10_000], 'of self-play', 62),
};

const LINE: CommandLine<typeof FLAGS> = {
  usage: 'npm run bench -- [flags]',
  about: `Measures our engine, plain TensorFlow.js and jax-js side by side, the verifier, the threads of the
WebAssembly engine, self-play, the way to the first step and how soon presses are answered, and writes bench/results/engine.{json,md,svg}, verifier.{json,md} and cores.{json,md}.`,
  flags: FLAGS,
};

export type BenchOptions = Given<typeof FLAGS>['values'];

/** Throws a `UsageError` in one plain line, and `HelpAsked` on `--help`. */
export function readBenchOptions(args: readonly string[]): BenchOptions {
  return readCommandLine(args, LINE).values;
}
