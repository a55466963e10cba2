/** The ladder: what is drawn for programs of each length. */
import { linesOfTier, TIERS, tierOfLines } from '../../language/grammar.ts';
import type { MetricColumns } from '../../run/columns.ts';
import type { BaseScores } from '../../run/store.ts';
import type { TaskKind } from '../../tasks/task.ts';
import { type HeldOutSeries, heldOutSeries } from '../charts/heldOut.ts';

/** The kind whose programs the ladder climbs. */
export const LADDER_KIND: TaskKind = 'deduction';
/** Steps are put together where there are more than this many. */
const MOST_BINS = 60;
const NEW_TASKS = 'newTaskLines:';

export interface Rung extends Pick<HeldOutSeries, 'x' | 'latest' | 'baseline' | 'ceiling'> {
  tier: number;
  /** Lines between `def` and `return`, e.g. `7–8`. */
  lines: string;
  /** Longer than all that the base was shown. */
  isBeyondWarmUp: boolean;
  /** Held-out accuracy at each position of x; null where it was not measured. */
  accuracy: readonly (number | null)[];
  /** Stretches of x, and the share of the new tasks in them that are this long. */
  newTasks: readonly { from: number; to: number; share: number }[];
  /** The same share over the last stretch; null before the first new task. */
  newTasksNow: number | null;
}

/**
 * A rung for every measured tier and for every tier that has new tasks, the shortest first. `positions` are the x
 * values of all steps; the base was shown programs up to `lastShown`.
 */
export function rungsOf(
  columns: MetricColumns,
  positions: readonly number[],
  base: BaseScores | null,
  measuredTiers: number,
  lastShown: number,
  xSpan: number,
): Rung[] {
  const bins = newTasksByTier(columns, positions);
  const longest = Math.max(measuredTiers, ...bins.flatMap(({ shares }) => [...shares.keys()]));
  return Array.from({ length: longest }, (_, i): Rung => {
    const tier = i + 1;
    const tiers = [String(tier)];
    const { run, x, latest, baseline, ceiling } = heldOutSeries(
      columns,
      positions,
      base,
      LADDER_KIND,
      tiers,
      xSpan,
    );
    const newTasks = bins.map(({ from, to, shares }) => ({ from, to, share: shares.get(tier) ?? 0 }));
    return {
      x,
      latest,
      baseline,
      ceiling,
      tier,
      lines: linesText(tier),
      isBeyondWarmUp: tier > lastShown,
      accuracy: run,
      newTasks,
      newTasksNow: newTasks.at(-1)?.share ?? null,
    };
  });
}

/** How many lines programs of a tier have; beyond the last tier “so many or more”. */
export function linesText(tier: number): string {
  const last = TIERS.at(-1) as number;
  return tier > last ? `${linesOfTier(last)[1] + 1}+` : linesOfTier(tier).join('–');
}

interface Bin {
  from: number;
  to: number;
  /** By tier. */
  shares: ReadonlyMap<number, number>;
}

/** Stretches of steps with new tasks; those without any are left out. */
function newTasksByTier(columns: MetricColumns, positions: readonly number[]): Bin[] {
  const byLines = columns
    .names()
    .filter((name) => name.startsWith(NEW_TASKS))
    .map((name) => ({ tier: tierOfLines(Number(name.slice(NEW_TASKS.length))), column: columns.get(name) }));
  const width = Math.max(1, Math.ceil(positions.length / MOST_BINS));
  const bins: Bin[] = [];
  for (let first = 0; first < positions.length; first += width) {
    const end = Math.min(first + width, positions.length);
    const counts = new Map<number, number>();
    for (const { tier, column } of byLines) {
      for (let at = first; at < end; at++) counts.set(tier, (counts.get(tier) ?? 0) + (column[at] ?? 0));
    }
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    if (total === 0) continue;
    const shares = [...counts].flatMap(([tier, count]) =>
      count > 0 ? [[tier, count / total] as const] : [],
    );
    bins.push({
      from: positions[first - 1] ?? 0,
      to: positions[end - 1] as number,
      shares: new Map(shares),
    });
  }
  return bins;
}
