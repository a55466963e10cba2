/** What changed from one program to another, line by line. */

export interface DiffLine {
  text: string;
  is: 'same' | 'removed' | 'added';
}

/**
 * The lines of both, in order: without the removed ones it is `after`, without the added ones `before`. As many lines
 * as can be are the same (longest common subsequence); what was removed stands before what came in its place.
 */
export function lineDiff(before: string, after: string): DiffLine[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  /** Longest common subsequence of what is left from i and j on. */
  const common = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const left = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      (common[i] as number[])[j] =
        a[i] === b[j] ? left(i + 1, j + 1) + 1 : Math.max(left(i + 1, j), left(i, j + 1));
    }
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [removed, added] = [a[i], b[j]];
    if (removed !== undefined && removed === added) {
      lines.push({ text: removed, is: 'same' });
      i++;
      j++;
    } else if (removed !== undefined && (added === undefined || left(i + 1, j) >= left(i, j + 1))) {
      lines.push({ text: removed, is: 'removed' });
      i++;
    } else if (added !== undefined) {
      lines.push({ text: added, is: 'added' });
      j++;
    }
  }
  return lines;
}
