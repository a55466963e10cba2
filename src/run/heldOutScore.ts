import type { SuiteScores } from '../benchmark/scores.ts';
import type { Config } from '../config/hyperparameters.ts';

/** The share of an evaluation that is right, all kinds and difficulties alike, and of how many tasks. */
export function heldOutScore(
  heldOut: SuiteScores,
  { evaluationTasks }: Pick<Config, 'evaluationTasks'>,
): { mean: number; tasks: number } {
  const scores = Object.values(heldOut).flatMap((byTier) => Object.values(byTier));
  const mean = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
  return { mean, tasks: scores.length * evaluationTasks };
}
