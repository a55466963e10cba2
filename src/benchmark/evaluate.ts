import type { Reasoner } from '../reasoner/reasoner.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { ALL_KINDS, type TaskKind } from '../tasks/task.ts';
import { type Answered, type AskingOptions, ask } from './answers.ts';
import { passAtK } from './report.ts';
import type { SuiteScores } from './scores.ts';
import type { BenchmarkTask } from './suites.ts';

export interface EvaluationOptions extends AskingOptions {
  /** pass@k from n samples per task; absent = one greedy answer. */
  samples?: { k: number; n: number; temperature: number; seed: number };
}

/** What is counted of the answers to one task. */
export type Counted = Pick<Answered, 'correct' | 'thinks'>;

export interface EvaluationScores {
  scores: SuiteScores;
  /** Share of solutions that think, per kind. */
  thinks: Partial<Record<TaskKind, number>>;
}

export interface Evaluation extends EvaluationScores {
  /** What was answered to each task. */
  answered: readonly Answered[];
}

/** Accuracy (or pass@k) of the reasoner by kind and tier. */
export async function evaluate(
  reasoner: Reasoner,
  sandbox: Sandbox,
  tasks: readonly BenchmarkTask[],
  options: EvaluationOptions,
): Promise<Evaluation> {
  const answered = await ask(reasoner, sandbox, tasks, options);
  return { ...evaluationOf(tasks, answered, options.samples), answered };
}

/** Scores of answers that were given already, n to each task in order; of one greedy answer each by default. */
export function evaluationOf(
  tasks: readonly BenchmarkTask[],
  answered: readonly Counted[],
  { n, k }: { n: number; k: number } = { n: 1, k: 1 },
): EvaluationScores {
  const scores: SuiteScores = {};
  const thinks: EvaluationScores['thinks'] = {};
  for (const kind of ALL_KINDS) {
    const ofKind = tasks.flatMap((task, i) => (task.kind === kind ? [i] : []));
    if (ofKind.length === 0) continue;
    const byTier: Record<string, number> = {};
    for (const tier of new Set(ofKind.map((i) => tasks[i]?.tier as number))) {
      const ofTier = ofKind.filter((i) => tasks[i]?.tier === tier);
      byTier[tier] = mean(ofTier.map((i) => passAtK(n, (answered[i] as Counted).correct, k)));
    }
    scores[kind] = byTier;
    thinks[kind] = mean(ofKind.map((i) => (answered[i] as Counted).thinks / n));
  }
  return { scores, thinks };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
