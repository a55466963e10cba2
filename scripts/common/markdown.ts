/** Pieces of Markdown. */
import { ABSENT } from '../../src/experiments/format.ts';

/** Without the columns in which nothing was measured. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const told = (cells: readonly string[]) =>
    cells.filter((_, i) => rows.length === 0 || rows.some((row) => row[i] !== ABSENT));
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [head, head.map(() => '---'), ...rows].map((cells) => line(told(cells))).join('\n');
}

/** A paragraph in lines of at most `width` characters where words allow it; all but the first are indented. */
export function wrapped(text: string, width = 110, indent = ''): string {
  const lines: string[] = [];
  // A number stays beside its spread and its unit.
  for (const word of text.split(/(?<!±)\s+(?![%±])/)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] += ` ${word}`;
    else lines.push(lines.length === 0 ? word : indent + word);
  }
  return lines.join('\n');
}

/** The anchor that GitHub gives a heading, before it numbers those that are there already. */
export function anchorOf(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .replaceAll(' ', '-');
}
