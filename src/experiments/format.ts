/** How results are written: accuracies in percent, gains in percentage points. */
import type { Spread } from './summary.ts';

/** In the place of what was not measured. */
export const ABSENT = '–';

export function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? ABSENT : (100 * share).toFixed(1);
}

/** With a sign. */
export function points(difference: number): string {
  const text = (100 * difference).toFixed(1);
  return difference < 0 && text !== '-0.0' ? text.replace('-', '−') : `+${text.replace('-', '')}`;
}

export function percentSpread(spread: Spread | null): string {
  return spread ? withDeviation(percent(spread.mean), spread) : ABSENT;
}

export function pointsSpread(spread: Spread | null): string {
  return spread ? withDeviation(points(spread.mean), spread) : ABSENT;
}

/** `one`, `one and two`, `one, two and three`. */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

function withDeviation(text: string, { deviation, n }: Spread): string {
  return n > 1 ? `${text} ± ${(100 * deviation).toFixed(1)}` : text;
}
