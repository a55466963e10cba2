import { SPECIAL } from '../language/tokenizer.ts';
import type { Reasoner } from '../reasoner/reasoner.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { SuiteScores } from '../selfplay/metrics.ts';
import { SPECS } from '../tasks/index.ts';
import { judgeAll } from '../tasks/judging.ts';
import { KINDS, type TaskKind } from '../tasks/task.ts';
import type { BenchmarkTask } from './suites.ts';

export interface EvaluationOptions {
  maxNewTokens: number;
  /** Writes `<think>` for the reasoner: what elicitation alone gives. */
  forceThink?: boolean;
  /** pass@k from n samples per task; absent = one greedy answer. */
  samples?: { k: number; n: number; temperature: number; seed: number };
  onProgress?: (done: number, total: number) => void;
}

export interface Evaluation {
  scores: SuiteScores;
  /** Share of solutions that think, per kind. */
  thinks: Partial<Record<TaskKind, number>>;
}

/** Accuracy (or pass@k) of the reasoner by kind and tier. */
export async function evaluate(
  reasoner: Reasoner,
  sandbox: Sandbox,
  tasks: readonly BenchmarkTask[],
  { maxNewTokens, forceThink = false, samples, onProgress }: EvaluationOptions,
): Promise<Evaluation> {
  const n = samples?.n ?? 1;
  const attempted = tasks.flatMap((task) => Array.from({ length: n }, () => task));
  const opening = forceThink ? [SPECIAL.think] : [];
  const rollouts = await reasoner.sample(
    attempted.map((task) => [...SPECS[task.kind].solvePrompt(task), ...opening]),
    {
      maxNewTokens,
      temperature: samples?.temperature ?? 1,
      greedy: !samples,
      seed: samples?.seed ?? 0,
      onProgress,
    },
  );
  const judged = await judgeAll(
    rollouts.map(({ tokens, finished }, i) => ({
      task: attempted[i] as BenchmarkTask,
      rollout: { tokens: [...opening, ...tokens], finished },
    })),
    sandbox,
  );
  const correct = tasks.map((_, i) =>
    judged.slice(i * n, (i + 1) * n).reduce((sum, { verdict }) => sum + (verdict === 'correct' ? 1 : 0), 0),
  );
  const scores: SuiteScores = {};
  const thinks: Evaluation['thinks'] = {};
  for (const kind of KINDS) {
    const ofKind = tasks.flatMap((task, i) => (task.kind === kind ? [i] : []));
    if (ofKind.length === 0) continue;
    const byTier: Record<string, number> = {};
    for (const tier of new Set(ofKind.map((i) => tasks[i]?.tier as number))) {
      const ofTier = ofKind.filter((i) => tasks[i]?.tier === tier);
      byTier[tier] = mean(ofTier.map((i) => passAtK(n, correct[i] as number, samples?.k ?? 1)));
    }
    scores[kind] = byTier;
    thinks[kind] = mean(
      ofKind
        .flatMap((i) => rollouts.slice(i * n, (i + 1) * n))
        .map(({ tokens }) => (forceThink || tokens[0] === SPECIAL.think ? 1 : 0)),
    );
  }
  return { scores, thinks };
}

/**
 * Unbiased estimate of the chance that one of k samples is correct, when c of n were (Chen et al. 2021, Eq 1):
 * 1 − C(n − c, k) / C(n, k), as a product to stay exact. Needs 1 ≤ k ≤ n.
 */
export function passAtK(n: number, c: number, k: number): number {
  if (k < 1 || k > n) throw new RangeError(`pass@k needs 1 ≤ k ≤ n, not k = ${k} of n = ${n}`);
  if (n - c < k) return 1;
  let allWrong = 1;
  for (let i = n - c + 1; i <= n; i++) allWrong *= 1 - k / i;
  return 1 - allWrong;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
