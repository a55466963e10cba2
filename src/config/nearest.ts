/** Which of a set of names a mistyped one was probably meant to be. */

/** The name as links write it: `learningRate`, `learning_rate` and `Learning-Rate` are all `learning-rate`. */
function plain(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
}

/**
 * The name nearest to `given` when the two look alike, else null: at most one letter in four is wrong, missing, too
 * many or exchanged with its neighbour. Names of fewer than three letters resemble nothing.
 */
export function nearestName(given: string, names: Iterable<string>): string | null {
  const wanted = plain(given);
  const most = wanted.length < 3 ? -1 : Math.max(1, Math.floor(wanted.length / 4));
  let nearest: string | null = null;
  let fewest = most + 1;
  for (const name of names) {
    if (Math.abs(name.length - wanted.length) >= fewest) continue;
    const edits = editDistance(wanted, name);
    if (edits < fewest) {
      fewest = edits;
      nearest = name;
    }
  }
  return nearest;
}

/** Single letters to insert, delete or replace, and neighbours to exchange, until `a` is `b`. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let edits = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1);
      edits = Math.min(edits, (last[j - 1] as number) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        edits = Math.min(edits, (beforeLast[j - 2] as number) + 1);
      }
      row.push(edits);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] as number;
}
