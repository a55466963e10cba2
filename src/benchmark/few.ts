/** Which held-out tasks stand for all of them where there is no time for all. */
import type { BaseEvaluation } from './shipped.ts';
import type { BenchmarkTask } from './suites.ts';

/**
 * Positions of `count` tasks of every kind and tier, or of all where there are fewer: spread evenly over those that the
 * base gets right, only when it is forced to think, or not at all. So the base does on them as it does on all, and what
 * is seen to move is not the choice. (A stratified sample, drawn systematically: nothing of it is random.)
 */
export function fewTasks(
  tasks: readonly BenchmarkTask[],
  { isRight, isForcedRight }: Pick<BaseEvaluation, 'isRight' | 'isForcedRight'>,
  count: number,
): number[] {
  const suites = new Map<string, number[]>();
  tasks.forEach(({ kind, tier }, at) => {
    const name = `${kind} ${tier}`;
    suites.set(name, [...(suites.get(name) ?? []), at]);
  });
  const rank = (at: number) => (isRight[at] ? 0 : 2) + (isForcedRight[at] ? 0 : 1);
  return [...suites.values()].flatMap((suite) => {
    const ordered = suite.toSorted((a, b) => rank(a) - rank(b) || a - b);
    const least = Math.min(count, suite.length);
    const middles = Array.from({ length: least }, (_, i) => Math.floor(((i + 0.5) * suite.length) / least));
    return middles.map((place) => ordered[place] as number).toSorted((a, b) => a - b);
  });
}
