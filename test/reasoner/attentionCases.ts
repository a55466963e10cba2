/** Random batches for the attention kernels of WebAssembly, and what attention is in double precision. */
import fc from 'fast-check';
import type { Layout } from '../../src/reasoner/batch.ts';

export interface AttentionCase {
  heads: number;
  dim: number;
  /** Lengths of each prefix and of the rows that follow it, as deep in their tree as they say or as they can be. */
  groups: readonly { prefix: number; rows: readonly { tokens: number; depth: number }[] }[];
  /** Whether the prefixes' own outputs are left out. */
  skips: boolean;
  seed: number;
}

const DIMS = [2, 6, 8, 16, 20, 32, 64];

export const attentionCases: fc.Arbitrary<AttentionCase> = fc.record({
  heads: fc.integer({ min: 1, max: 3 }),
  dim: fc.constantFrom(...DIMS),
  groups: fc.array(
    fc.record({
      prefix: fc.constantFrom(0, 1, 3, 4, 5, 17),
      rows: fc.array(
        fc.record({ tokens: fc.constantFrom(1, 3, 4, 5, 17), depth: fc.constantFrom(0, 0, 1, 2, 3) }),
        { maxLength: 5 },
      ),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  skips: fc.boolean(),
  seed: fc.nat(),
});

/** All prefixes, then all rows, end to end. */
export function layoutOf(groups: AttentionCase['groups']): Layout {
  const prefixLength = Int32Array.from(groups, ({ prefix }) => prefix);
  const rowLength = Int32Array.from(groups.flatMap(({ rows }) => rows.map(({ tokens }) => tokens)));
  const prefixTokens = prefixLength.reduce((sum, length) => sum + length, 0);
  return {
    tokens: rowLength.reduce((sum, length) => sum + length, prefixTokens),
    prefixTokens,
    prefixLength,
    prefixOffset: prefixLength.map((_, g) => sum(prefixLength.subarray(0, g))),
    rowLength,
    rowOffset: rowLength.map((_, r) => prefixTokens + sum(rowLength.subarray(0, r))),
    rowPrefix: Int32Array.from(groups.flatMap(({ rows }, g) => rows.map(() => g))),
    rowContext: Int32Array.from(groups.flatMap(contextsOf)),
    rectangle: null,
  };
}

function contextsOf({ prefix, rows }: AttentionCase['groups'][number]): number[] {
  // Where the rows end that the one in hand could go on from, the prefix first.
  const ends = [prefix];
  return rows.map(({ tokens, depth }) => {
    ends.length = Math.min(depth + 1, ends.length);
    const context = ends.at(-1) as number;
    ends.push(context + tokens);
    return context;
  });
}

/** The positions of a row and all that it sees before it, in order. */
export function pathOf(layout: Layout, row: number): number[] {
  const range = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);
  const own = range(layout.rowOffset[row]!, layout.rowLength[row]!);
  const context = layout.rowContext[row]!;
  const g = layout.rowPrefix[row]!;
  if (context === layout.prefixLength[g]) return [...range(layout.prefixOffset[g]!, context), ...own];
  let before = row - 1;
  while (layout.rowContext[before]! + layout.rowLength[before]! !== context) before--;
  return [...pathOf(layout, before), ...own];
}

function sum(list: Int32Array): number {
  return list.reduce((total, each) => total + each, 0);
}

/**
 * Attention of every token over those it sees, by the textbook: `rotated` `[tokens, 3·width]` holds queries
 * (scaled), keys and values; the output is `[tokens, width]`. With `dy`, shaped like the output, also the gradient
 * with respect to `rotated`.
 */
export function plainAttention(
  { heads, dim, skips }: AttentionCase,
  layout: Layout,
  rotated: ArrayLike<number>,
  dy?: ArrayLike<number>,
): { y: Float64Array; gradient: Float64Array } {
  const width = heads * dim;
  const y = new Float64Array(layout.tokens * width);
  const gradient = new Float64Array(layout.tokens * 3 * width);
  const attend = (query: number, seen: readonly number[]) => {
    for (let h = 0; h < heads; h++) {
      // Places of this head's query, of a key and of a value; a gradient's are the same.
      const q = query * 3 * width + h * dim;
      const keys = seen.map((token) => token * 3 * width + width + h * dim);
      const out = query * width + h * dim;
      const each = (f: (d: number) => number) => Array.from({ length: dim }, (_, d) => f(d)).reduce(add, 0);
      const weights = softmax(keys.map((k) => each((d) => rotated[q + d]! * rotated[k + d]!)));
      for (const [j, k] of keys.entries()) {
        for (let d = 0; d < dim; d++) y[out + d]! += weights[j]! * rotated[k + width + d]!;
      }
      if (!dy) continue;
      const slopes = keys.map((k) => each((d) => dy[out + d]! * rotated[k + width + d]!));
      const mean = slopes.map((slope, j) => slope * weights[j]!).reduce(add, 0);
      for (const [j, k] of keys.entries()) {
        const dScore = weights[j]! * (slopes[j]! - mean);
        for (let d = 0; d < dim; d++) {
          gradient[q + d]! += dScore * rotated[k + d]!;
          gradient[k + d]! += dScore * rotated[q + d]!;
          gradient[k + width + d]! += weights[j]! * dy[out + d]!;
        }
      }
    }
  };
  const range = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);
  for (const [g, from] of layout.prefixOffset.entries()) {
    const prefix = range(from, layout.prefixLength[g]!);
    if (!skips) for (const [i, token] of prefix.entries()) attend(token, prefix.slice(0, i + 1));
    for (const [r, context] of layout.rowContext.entries()) {
      if (layout.rowPrefix[r] !== g) continue;
      const path = pathOf(layout, r);
      for (let i = context; i < path.length; i++) attend(path[i]!, path.slice(0, i + 1));
    }
  }
  return { y, gradient };
}

export function softmax(scores: readonly number[]): number[] {
  const top = Math.max(...scores);
  const weights = scores.map((score) => Math.exp(score - top));
  const total = weights.reduce(add, 0);
  return weights.map((weight) => weight / total);
}

function add(a: number, b: number): number {
  return a + b;
}
