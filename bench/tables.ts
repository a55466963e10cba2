/** Tables of the reports. */
import { table } from '../scripts/common/markdown.ts';
import { ABSENT } from '../src/experiments/format.ts';
import { brief } from './format.ts';
import type { Spread } from './statistics.ts';
import type { Target } from './targets.ts';

export function targetTable(targets: readonly Target[]): string {
  const verdict = (met: boolean | null) => (met === null ? ABSENT : met ? 'met' : '**missed**');
  return table(
    ['figure', 'where', 'target', 'measured', ''],
    targets.map(({ figure, where, wanted, measured, met }) => [
      figure,
      where,
      wanted,
      measured,
      verdict(met),
    ]),
  );
}

export const integer = (value: number | null): string => (value === null ? ABSENT : String(value));

export function spreadText(spread: Spread | null, unit: string): string {
  if (!spread) return ABSENT;
  return `${brief(spread.median)}${unit} (${brief(spread.min)}–${brief(spread.max)})`;
}
