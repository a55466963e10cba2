/**
 * One measurement on the null backend, in a process of its own so that no engine inherits another's heap or
 * memory. The argument is a {@link NullTask} in JSON; the answer is the last line of standard output, in JSON.
 */
import './nullBackend.ts';

import { setTimeout } from 'node:timers/promises';
import { type Counts, difference, GpuCounter } from '../counting.ts';
import { openEngine } from '../rivals/open.ts';
import { larger } from '../session.ts';
import { median } from '../statistics.ts';
import { promptsOf, workloadOf } from '../workload.ts';
import { dispatchCost } from './dispatchCost.ts';
import type { DispatchFigures, NullTask, SampleFigures, StepFigures } from './task.ts';

const WARM_UP = 3;
const COUNTED = 5;

async function step({ engine: name, shape, timed }: NullTask & { kind: 'step' }): Promise<StepFigures> {
  const counter = new GpuCounter();
  const engine = await openEngine(name, workloadOf(shape));
  let counts: Counts | null = null;
  for (let i = 0; i < WARM_UP + COUNTED; i++) {
    // What an engine does only now and then is counted too: Kelvin saves its weights after a quarter of a second.
    if (i === WARM_UP + COUNTED - 1) await setTimeout(300);
    const before = counter.counts;
    await engine.step();
    if (i >= WARM_UP) counts = larger(counts, difference(counter.counts, before));
  }
  counter.stop();
  // The compiler of JavaScript takes its time too; it is not the engine's.
  for (let i = 0; i < timed / 2; i++) await engine.step();
  const times: number[] = [];
  for (let i = 0; i < timed; i++) {
    const before = process.cpuUsage();
    await engine.step();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return { counts: counts!, gpuBytes: counter.peakBytes, cpuMs: timed > 0 ? median(times) : null };
}

async function sample(task: NullTask & { kind: 'sample' }): Promise<SampleFigures> {
  const engine = await openEngine(task.engine, workloadOf(task.shape));
  if (!engine.sample) throw new Error(`${task.engine} does not sample`);
  const prompts = promptsOf(task.shape, task.rows);
  await engine.sample(prompts, 2);
  const counter = new GpuCounter();
  await engine.sample(prompts, task.tokens);
  return counter.counts;
}

async function run(task: NullTask): Promise<StepFigures | SampleFigures | DispatchFigures> {
  if (task.kind === 'step') return step(task);
  return task.kind === 'sample' ? sample(task) : dispatchCost();
}

const answer = await run(JSON.parse(process.argv[2]!) as NullTask);
// Dawn keeps Node alive.
process.stdout.write(`\n${JSON.stringify(answer)}\n`, () => process.exit(0));
