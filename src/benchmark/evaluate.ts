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

export interface Evaluation {
  scores: SuiteScores;
  /** Share of solutions that think, per kind. */
  thinks: Partial<Record<TaskKind, number>>;
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
  const n = options.samples?.n ?? 1;
  const scores: SuiteScores = {};
  const thinks: Evaluation['thinks'] = {};
  for (const kind of ALL_KINDS) {
    const ofKind = tasks.flatMap((task, i) => (task.kind === kind ? [i] : []));
    if (ofKind.length === 0) continue;
    const byTier: Record<string, number> = {};
    for (const tier of new Set(ofKind.map((i) => tasks[i]?.tier as number))) {
      const ofTier = ofKind.filter((i) => tasks[i]?.tier === tier);
      byTier[tier] = mean(
        ofTier.map((i) => passAtK(n, (answered[i] as Answered).correct, options.samples?.k ?? 1)),
      );
    }
    scores[kind] = byTier;
    thinks[kind] = mean(ofKind.map((i) => (answered[i] as Answered).thinks / n));
  }
  return { scores, thinks, answered };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
