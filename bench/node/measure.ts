/** The measurements on Dawn's null backend, each in a process of its own. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Adapter, countFigures, type Entry, NOTHING_MEASURED } from '../results.ts';
import type { EngineName } from '../rivals/engine.ts';
import { FULL, type Shape } from '../workload.ts';
import type { DispatchFigures, NullTask, SampleFigures, StepFigures } from './task.ts';

export const NULL_ADAPTER: Adapter = {
  name: 'Dawn null backend (Node)',
  vendor: '',
  architecture: '',
  description: '',
  isFallbackAdapter: false,
};

/** Sequences that plain TensorFlow.js and jax-js get: at 64 they ask for more than the backend has. */
const FEWER = [4, 8] as const;
const SAMPLED = { kelvin: 256, tfjs: 64, jaxjs: 0 } as const;
const NEW_TOKENS = 48;

export interface NullOptions {
  engines: readonly EngineName[];
  /** Steps whose CPU time is taken, 0 for counts alone. */
  timed: number;
}

/** The full shape, as far as it can be known without a graphics card. */
export async function measureOnNull(
  { engines, timed }: NullOptions,
  say: (line: string) => void,
): Promise<Pick<Entry, 'engines' | 'dispatchMicroseconds'>> {
  const results: Entry['engines'] = {};
  for (const engine of engines) {
    say(`null backend: ${engine} trains`);
    const { counts, gpuBytes, cpuMs } = await trainingStep(engine, timed);
    results[engine] = { ...NOTHING_MEASURED, ...countFigures(counts), gpuBytes, cpuMs };
    const rows = SAMPLED[engine];
    if (rows === 0) continue;
    say(`null backend: ${engine} samples`);
    const task: NullTask = { kind: 'sample', engine, shape: FULL, rows, tokens: NEW_TOKENS };
    const { dispatches, readBacks } = await ask<SampleFigures>(task);
    results[engine].sampleDispatches = dispatches / NEW_TOKENS / FULL.layers;
    results[engine].sampleReadBacks = readBacks / NEW_TOKENS;
  }
  let dispatchMicroseconds: DispatchFigures | null = null;
  if (timed > 0) {
    say('null backend: one dispatch');
    dispatchMicroseconds = await ask<DispatchFigures>({ kind: 'dispatch' });
  }
  return { engines: results, dispatchMicroseconds };
}

/**
 * Kelvin takes the whole batch. The others' memory is measured at two smaller batches and goes on in a straight
 * line (their buffers are as many, and each is as large as the batch); their CPU time is that of the larger of
 * the two, which is in their favour.
 */
async function trainingStep(engine: EngineName, timed: number): Promise<StepFigures> {
  const shapeOf = (batch: number): Shape => ({ ...FULL, batch });
  if (engine === 'kelvin') return ask<StepFigures>({ kind: 'step', engine, shape: FULL, timed });
  const [small, large] = FEWER;
  const less = await ask<StepFigures>({ kind: 'step', engine, shape: shapeOf(small), timed: 0 });
  const more = await ask<StepFigures>({ kind: 'step', engine, shape: shapeOf(large), timed });
  if (JSON.stringify(less.counts) !== JSON.stringify(more.counts)) {
    throw new Error(`${engine} asks for more with a larger batch: its counts cannot be carried over`);
  }
  const perSequence = (more.gpuBytes - less.gpuBytes) / (large - small);
  return { ...more, gpuBytes: less.gpuBytes + perSequence * (FULL.batch - small) };
}

const CHILD = fileURLToPath(new URL('./process.ts', import.meta.url));
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

async function ask<T>(task: NullTask): Promise<T> {
  const child = spawn(process.execPath, ['--import', TSX, CHILD, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`The measurement ${JSON.stringify(task)} failed`);
  return JSON.parse(output.trim().split('\n').at(-1)!) as T;
}
