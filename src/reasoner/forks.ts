/**
 * Responses to one prompt that begin alike, as a tree. Attempts at a task mostly do: they are drawn from the same policy and
 * part where it is not sure. What they share is then computed once, and what is learned from it is the sum over all.
 */
import type { TrainingSequence } from './reasoner.ts';

/** A part of one or more responses: the tokens from `start` to before `end`, which all of these have and none parts from. */
export interface Row {
  /** Places of the sequences that it is a part of. */
  through: readonly number[];
  start: number;
  end: number;
}

/**
 * The tree of the sequences `indices`, which have the same prompt, in rows of which none is empty: each is followed by
 * those that go on from it. Sequences with positions of their own share nothing.
 */
export function forkedRows(sequences: readonly TrainingSequence[], indices: readonly number[]): Row[] {
  const of = (index: number) => sequences[index] as TrainingSequence;
  const alone = indices.filter((index) => of(index).positions);
  const rows: Row[] = alone.map((index) => ({ through: [index], start: 0, end: of(index).response.length }));
  const grow = (through: readonly number[], start: number) => {
    const [first] = through as [number];
    const { response } = of(first);
    let end = start;
    while (end < response.length && through.every((index) => of(index).response[end] === response[end]))
      end++;
    if (end > start) rows.push({ through, start, end });
    const byToken = new Map<number, number[]>();
    for (const index of through) {
      const next = of(index).response[end];
      // Where it ends, nothing goes on.
      if (next === undefined) continue;
      if (!byToken.get(next)?.push(index)) byToken.set(next, [index]);
    }
    for (const some of byToken.values()) grow(some, end);
  };
  const sharing = indices.filter((index) => !of(index).positions);
  if (sharing.length > 0) grow(sharing, 0);
  return rows;
}

/** Sequences in an order in which those that begin alike are neighbours. */
export function inOrder(sequences: readonly TrainingSequence[], indices: readonly number[]): number[] {
  const of = (index: number) => (sequences[index] as TrainingSequence).response;
  return [...indices].sort((a, b) => {
    const at = shared(of(a), of(b));
    return (of(a)[at] ?? -1) - (of(b)[at] ?? -1) || a - b;
  });
}

/** Tokens with which both begin. */
export function shared(a: readonly number[], b: readonly number[]): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}
