/** Held-out accuracy for the chart: the run, the frozen base, and the base forced to think. */

import type { SuiteScores } from '../../benchmark/scores.ts';
import { type Column, type MetricColumns, suiteColumn } from '../../run/columns.ts';
import type { BaseScores } from '../../run/store.ts';
import type { TaskKind } from '../../tasks/task.ts';

/** One tier, or the mean of tiers 2 to 4 that the lab reports its gains on. */
export type TierChoice = '2-4' | `${number}`;

export function tiersOf(choice: TierChoice): readonly string[] {
  return choice === '2-4' ? ['2', '3', '4'] : [choice];
}

/** Mean over the tiers; null unless every one of them was measured. */
export function tierMean(
  scores: SuiteScores | undefined,
  kind: TaskKind,
  tiers: readonly string[],
): number | null {
  let sum = 0;
  for (const tier of tiers) {
    const value = scores?.[kind]?.[tier];
    if (value === undefined) return null;
    sum += value;
  }
  return sum / tiers.length;
}

/** Column of the tasks by kind and tier of the quick evaluations. */
const QUICK_TASKS = 'heldOutQuick:tasks';

export interface HeldOutSeries {
  x: number[];
  /** The run's accuracy at each position of x. */
  run: Column;
  /** The same where few tasks were asked. */
  quick: Column;
  base: Column;
  forced: Column;
  /** Latest accuracy, the base's, and the forced base's; null while unknown. */
  latest: number | null;
  /** Tasks by kind and tier that the latest is of, where these are few; null where it is of all. */
  latestTasks: number | null;
  baseline: number | null;
  ceiling: number | null;
}

/**
 * Evaluations of one kind, with quick ones between them where `isQuickShown`. Position 0 is the base itself: before the first update the reasoner is the base.
 * `positions` are the x values of all steps (steps or minutes); the base's lines reach at least to `xSpan`.
 */
export function heldOutSeries(
  columns: MetricColumns,
  positions: readonly number[],
  base: BaseScores | null,
  kind: TaskKind,
  tiers: readonly string[],
  xSpan: number,
  isQuickShown = false,
): HeldOutSeries {
  const baseline = tierMean(base?.scores, kind, tiers) ?? meanAt(columns, 'base', kind, tiers, null);
  const ceiling = tierMean(base?.forced, kind, tiers) ?? meanAt(columns, 'baseForced', kind, tiers, null);
  const x: number[] = [];
  const run: Column = [];
  const quick: Column = [];
  if (baseline !== null) {
    x.push(0);
    run.push(baseline);
    quick.push(null);
  }
  let latestTasks: number | null = null;
  for (let at = 0; at < positions.length; at++) {
    const whole = meanAt(columns, 'heldOut', kind, tiers, at);
    const ofFew = isQuickShown ? meanAt(columns, 'heldOutQuick:scores', kind, tiers, at) : null;
    const value = whole ?? ofFew;
    if (value === null) continue;
    x.push(positions[at] as number);
    run.push(value);
    quick.push(whole === null ? ofFew : null);
    latestTasks = whole === null ? (columns.get(QUICK_TASKS)[at] ?? null) : null;
  }
  // A last position without a value, so that the base's lines cross the whole chart.
  const end = Math.max(xSpan, positions.at(-1) ?? 0);
  if (x.length > 0 && (x.at(-1) as number) < end) {
    x.push(end);
    run.push(null);
    quick.push(null);
  }
  const measured = run.filter((value) => value !== null);
  return {
    x,
    run,
    quick,
    base: x.map(() => baseline),
    forced: x.map(() => ceiling),
    latest: measured.at(-1) ?? null,
    latestTasks,
    baseline,
    ceiling,
  };
}

function meanAt(
  columns: MetricColumns,
  whose: Parameters<typeof suiteColumn>[0],
  kind: TaskKind,
  tiers: readonly string[],
  at: number | null,
): number | null {
  let sum = 0;
  for (const tier of tiers) {
    const name = suiteColumn(whose, kind, tier);
    const value = at === null ? columns.last(name) : columns.get(name)[at];
    if (value == null) return null;
    sum += value;
  }
  return sum / tiers.length;
}
