/** Tables of the reports. */
import { brief } from './format.ts';
import type { Spread } from './statistics.ts';
import type { Target } from './targets.ts';

/** In the place of what was not measured. */
export const ABSENT = '–';

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

/** Without the columns in which nothing was measured. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const told = (cells: readonly string[]) =>
    cells.filter((_, i) => rows.length === 0 || rows.some((row) => row[i] !== ABSENT));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [head, head.map(() => '---'), ...rows].map((cells) => line(told(cells))).join('\n');
}

export const integer = (value: number | null): string => (value === null ? ABSENT : String(value));

export function spreadText(spread: Spread | null, unit: string): string {
  if (!spread) return ABSENT;
  return `${brief(spread.median)}${unit} (${brief(spread.min)}–${brief(spread.max)})`;
}
