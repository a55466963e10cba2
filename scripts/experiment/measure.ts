/** What the tables report: accuracy on suites that nobody trains on, before the first step and after the last. */
import { evaluate } from '../../src/benchmark/evaluate.ts';
import { type BenchmarkTask, buildSuite } from '../../src/benchmark/suites.ts';
import { type Config, DEFAULTS } from '../../src/config/hyperparameters.ts';
import type { Scores } from '../../src/experiments/results.ts';
import type { Reasoner } from '../../src/reasoner/reasoner.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { KINDS } from '../../src/tasks/task.ts';
import { fingerprint } from './store.ts';

export interface SuitesAsked {
  level: number;
  /** Held-out tasks by kind and tier. */
  tasks: number;
}

export interface BaseScores {
  start: Scores;
  forced: Scores;
}

const TIERS = [1, 2, 3, 4, 5, 6];
/** The same tasks as on the curves, and more of them. */
const SUITE_SEED = 1;

/** Names a measurement; another name as soon as the tasks are others. */
export function suitesName({ level, tasks }: SuitesAsked): string {
  const sample = KINDS.flatMap((kind) => TIERS.map((tier) => heldOut(level, kind, tier, Math.min(3, tasks))));
  return `scores-${tasks}-${fingerprint(JSON.stringify(sample))}`;
}

/** Greedy answers, as the reasoner chooses or forced to think. */
export async function measure(
  reasoner: Reasoner,
  sandbox: Sandbox,
  { level, tasks }: SuitesAsked,
  { forceThink, maxNewTokens }: { forceThink: boolean; maxNewTokens: Config['maxSolveTokens'] },
): Promise<Scores> {
  const suite = KINDS.flatMap((kind) => TIERS.flatMap((tier) => heldOut(level, kind, tier, tasks)));
  const { scores, thinks } = await evaluate(reasoner, sandbox, suite, { maxNewTokens, forceThink });
  return { heldOut: scores, thinks };
}

function heldOut(level: number, kind: BenchmarkTask['kind'], tier: number, count: number): BenchmarkTask[] {
  const { inductionExamples } = DEFAULTS;
  return buildSuite({ level, kind, tier, count, seed: SUITE_SEED, inductionExamples });
}
