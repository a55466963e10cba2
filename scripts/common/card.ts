/** The card of a shipped base, `card.json` beside its weights: how it was made and what it can do. */
import type { SuiteScores } from '../../src/benchmark/scores.ts';
import type { TaskKind } from '../../src/tasks/task.ts';

export interface BaseScores {
  tasksPerTier: number;
  tiers: number[];
  /** Greedy, as the base chooses to answer. */
  atOnce: SuiteScores;
  /** Share of those answers that think, per kind. */
  thinks: Partial<Record<TaskKind, number>>;
  /** The same when sampled at temperature 1: the prior CoT rate. */
  priorCotRate: Partial<Record<TaskKind, number>>;
  forcedToThink: SuiteScores;
}
