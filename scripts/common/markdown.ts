/** Markdown tables. */

/** In the place of what was not measured. */
export const ABSENT = '–';

/** Without the columns in which nothing was measured. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const told = (cells: readonly string[]) =>
    cells.filter((_, i) => rows.length === 0 || rows.some((row) => row[i] !== ABSENT));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [head, head.map(() => '---'), ...rows].map((cells) => line(told(cells))).join('\n');
}
