/** The few numbers that a list of measurements comes down to. */

export interface Spread {
  median: number;
  min: number;
  max: number;
}

/** The middle value, or the mean of the two in the middle. Throws a RangeError on an empty list. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('Nothing was measured');
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(half)]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Null for an empty list. */
export function spread(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/** How many times `ours` `theirs` is, round by round: measurements of one round saw the same weather. */
export function ratios(theirs: readonly number[], ours: readonly number[]): Spread | null {
  const rounds = Math.min(theirs.length, ours.length);
  return spread(Array.from({ length: rounds }, (_, i) => theirs[i]! / ours[i]!));
}

/** Largest relative distance between two lists, position by position; 0 when nothing can be compared. */
export function distance(a: readonly number[], b: readonly number[]): number {
  const length = Math.min(a.length, b.length);
  let worst = 0;
  for (let i = 0; i < length; i++) {
    const gap = Math.abs(a[i]! - b[i]!) / Math.max(Math.abs(a[i]!), Math.abs(b[i]!), Number.MIN_VALUE);
    // A number that is none is as far away as can be.
    worst = Math.max(worst, Number.isFinite(gap) ? gap : Number.POSITIVE_INFINITY);
  }
  return worst;
}
