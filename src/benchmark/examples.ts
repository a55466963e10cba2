/** Which held-out tasks are shown to people: one of every length on which something was learned. */
import { isTraced } from './errors.ts';
import type { Counted } from './evaluate.ts';
import type { BenchmarkTask } from './suites.ts';

/**
 * Positions of one task a tier that the interpreter can trace: the first that the base, forced to think, gets wrong and
 * the reasoner right by thinking; else the first that the base gets wrong; else the first.
 */
export function exampleTasks(
  tasks: readonly BenchmarkTask[],
  answered: readonly Counted[],
  isBaseRight: readonly boolean[],
): number[] {
  const best = new Map<number, { rank: number; at: number }>();
  tasks.forEach((task, at) => {
    if (!isTraced(task)) return;
    // What was answered at once was guessed: there is no thought to look at.
    const { correct = 0, thinks = 0 } = answered[at] ?? {};
    const rank = isBaseRight[at] ? 2 : correct > 0 && thinks > 0 ? 0 : 1;
    if (rank < (best.get(task.tier)?.rank ?? Number.POSITIVE_INFINITY)) best.set(task.tier, { rank, at });
  });
  return [...best.values()].map(({ at }) => at);
}
