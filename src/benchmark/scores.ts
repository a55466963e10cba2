import type { TaskKind } from '../tasks/task.ts';

/** Accuracy by kind and tier ("1" … "5"). */
export type SuiteScores = Partial<Record<TaskKind, Record<string, number>>>;
