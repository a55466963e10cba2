/**
 * One measurement of several engines side by side: the same process, the same adapter, the same weights and
 * batch, their steps taken in turn, so that whatever else the machine does falls on all of them alike.
 */
import { type Counts, difference, GpuCounter } from './counting.ts';
import type { Engine, EngineName } from './rivals/engine.ts';
import { openEngine } from './rivals/open.ts';
import { median } from './statistics.ts';
import { promptsOf, type Shape, workloadOf } from './workload.ts';

export interface SessionPlan {
  shape: Shape;
  engines: readonly EngineName[];
  /** Steps whose losses are compared and, from the fourth on, whose requests are counted. */
  warmUp: number;
  /** Rounds of timed steps; see {@link ROUND_MS}. */
  rounds: number;
  /** What to sample, how often; null for no sampling. */
  sampling: { rows: number; tokens: number; rounds: number } | null;
}

export interface SessionResult {
  losses: number[];
  /** Most that a step after the third asked for; null with fewer than four steps of warm-up. */
  counts: Counts | null;
  gpuBytes: number;
  /** Milliseconds of a step in each round. */
  steps: number[];
  /** Tokens per second of each round of sampling. */
  sampled: number[];
}

export type SessionResults = Partial<Record<EngineName, SessionResult>>;

/** Runs the plan; `say` hears of its progress. */
export async function runSession(plan: SessionPlan, say: (line: string) => void): Promise<SessionResults> {
  const { shape, warmUp, rounds, sampling } = plan;
  const workload = workloadOf(shape);
  const results: SessionResults = {};
  const open: Engine[] = [];
  for (const name of plan.engines) {
    say(`${shape.name}: ${name} warms up`);
    const counter = new GpuCounter();
    const engine = await openEngine(name, workload);
    open.push(engine);
    const losses: number[] = [];
    let counts: Counts | null = null;
    for (let step = 0; step < warmUp; step++) {
      const before = counter.counts;
      losses.push(await engine.step());
      if (step >= 3) counts = larger(counts, difference(counter.counts, before));
    }
    counter.stop();
    results[name] = { losses, counts, gpuBytes: counter.peakBytes, steps: [], sampled: [] };
  }
  for (let round = 0; round < rounds; round++) {
    for (const engine of inTurn(open, round)) results[engine.name]!.steps.push(await timeSteps(engine));
    say(`${shape.name}: step ${round + 1} of ${rounds}`);
  }
  if (sampling) {
    const prompts = promptsOf(shape, sampling.rows);
    const able = open.filter(({ sample }) => sample !== null);
    // The first round of each compiles and is left out.
    for (let round = -1; round < sampling.rounds; round++) {
      for (const engine of inTurn(able, round + 1)) {
        const start = performance.now();
        const tokens = await engine.sample!(prompts, sampling.tokens);
        if (round >= 0) results[engine.name]!.sampled.push((1000 * tokens) / (performance.now() - start));
      }
      say(`${shape.name}: sampling ${round + 1} of ${sampling.rounds}`);
    }
  }
  for (const engine of open) engine.dispose();
  return results;
}

/** A round is as many steps as fill this time, one at least, and counts as the middle one of them. */
const ROUND_MS = 400;

async function timeSteps(engine: Engine): Promise<number> {
  const times: number[] = [];
  const start = performance.now();
  do times.push(await time(() => engine.step()));
  while (performance.now() - start < ROUND_MS);
  return median(times);
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The list, beginning elsewhere in every round. */
function inTurn<T>(list: readonly T[], round: number): T[] {
  return list.map((_, i) => list[(i + round) % list.length]!);
}

/** The larger of each count. */
export function larger(a: Counts | null, b: Counts): Counts {
  if (!a) return b;
  const keys = Object.keys(b) as (keyof Counts)[];
  return Object.fromEntries(keys.map((key) => [key, Math.max(a[key], b[key])])) as unknown as Counts;
}
