import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  numbers,
  numericGradient,
  openBenches,
  UNTOUCHED,
  untouched,
} from '../../../../test/reasoner/webgpu.ts';
import { largestDifference, ODD_CONFIG, oddSequences } from '../../../../test/reasoner/weights.ts';
import { Random } from '../../../random.ts';
import { type Layout, packSequences, prefixBatch, type TokenBatch } from '../../batch.ts';
import { attention, keyGradient, queryGradient, spansOf } from './attention.ts';
import type { Range } from './matmul.ts';
import { rotaryAngles } from './rotary.ts';
import { LIST_GROUP } from './wgsl.ts';

const THETA = 10_000;
/** Heads, the numbers of each, and rows that answer a prompt. */
const SHAPES = [
  [1, 2, 5],
  [3, 6, 5],
  [2, 16, 2],
] as const;

const ragged = (prompts: number[], copies: number): TokenBatch =>
  packSequences(oddSequences(ODD_CONFIG, 51, prompts, copies), { style: 'ragged', tokenBudget: 1e4 })[0]!;

const LAYOUTS = {
  'a single position': () => ragged([1], 1),
  // With five copies more positions than a workgroup has.
  'several rows to prefixes of 0, 1 and 5': (copies: number) => ragged([1, 2, 6], copies),
  'prefixes only': () => prefixBatch([[1, 2, 3, 4, 5], [], [6], [7, 8]]),
} as const;
const RANGES = [
  ['a single position', 'all'],
  ['several rows to prefixes of 0, 1 and 5', 'all'],
  ['several rows to prefixes of 0, 1 and 5', 'rows'],
  ['prefixes only', 'all'],
] as const;

const bench = openBenches();

/** The positions that each position sees, in order. */
function visible({ tokens, prefixOffset, prefixLength, rowOffset, rowLength, rowPrefix }: Layout) {
  const sees: number[][] = Array.from({ length: tokens }, () => []);
  const run = (start: number, length: number) => Array.from({ length }, (_, i) => start + i);
  for (const [g, start] of prefixOffset.entries()) {
    for (const t of run(start, prefixLength[g]!)) sees[t] = run(start, t - start + 1);
  }
  for (const [r, start] of rowOffset.entries()) {
    const g = rowPrefix[r]!;
    const prefix = run(prefixOffset[g]!, prefixLength[g]!);
    for (const t of run(start, rowLength[r]!)) sees[t] = [...prefix, ...run(start, t - start + 1)];
  }
  return sees;
}

/** One head: `q`, `k`, `v` are `[tokens, dim]`, one after the other. */
function plainHead(qkv: Float64Array, sees: readonly number[][], dim: number) {
  const part = sees.length * dim;
  const out = new Float64Array(part);
  const logSums = new Float64Array(sees.length);
  for (const [t, keys] of sees.entries()) {
    let sum = 0;
    for (const key of keys) {
      let score = 0;
      for (let i = 0; i < dim; i++) score += qkv[t * dim + i]! * qkv[part + key * dim + i]!;
      const weight = Math.exp(score / Math.sqrt(dim));
      sum += weight;
      for (let i = 0; i < dim; i++) out[t * dim + i]! += weight * qkv[2 * part + key * dim + i]!;
    }
    for (let i = 0; i < dim; i++) out[t * dim + i]! /= sum;
    logSums[t] = Math.log(sum);
  }
  return { out, logSums };
}

/** Turns queries and keys of one head to their positions. */
function turner(positions: Int32Array, dim: number): (qkv: Float64Array) => Float64Array {
  const half = dim / 2;
  const angles = Float64Array.from(
    { length: positions.length * half },
    (_, i) => positions[Math.floor(i / half)]! * THETA ** (-(i % half) / half),
  );
  const [cos, sin] = [angles.map(Math.cos), angles.map(Math.sin)];
  return (qkv) => {
    const turned = qkv.slice();
    for (let row = 0; row < 2 * positions.length; row++) {
      for (let i = 0; i < half; i++) {
        const angle = (row % positions.length) * half + i;
        const [low, high] = [qkv[row * dim + i]!, qkv[row * dim + half + i]!];
        turned[row * dim + i] = low * cos[angle]! - high * sin[angle]!;
        turned[row * dim + half + i] = high * cos[angle]! + low * sin[angle]!;
      }
    }
    return turned;
  };
}

/** Between one head's part of `[tokens, parts, heads, dim]` and `[parts, tokens, dim]`. */
function heading(tokens: number, parts: number, heads: number, dim: number) {
  const place = (i: number, head: number) => {
    const [part, t] = [Math.floor(i / (tokens * dim)), Math.floor(i / dim) % tokens];
    return ((t * parts + part) * heads + head) * dim + (i % dim);
  };
  return {
    take: (flat: Float32Array, head: number) =>
      Float64Array.from({ length: parts * tokens * dim }, (_, i) => flat[place(i, head)]!),
    put: (flat: Float32Array, head: number, values: Float64Array) => {
      for (const [i, value] of values.entries()) flat[place(i, head)] = value;
    },
  };
}

async function expectForward(batch: TokenBatch, heads: number, dim: number, range: Range) {
  const { layout, positions } = batch;
  const { tokens, prefixTokens } = layout;
  const width = heads * dim;
  const qkv = numbers(new Random(52), tokens * 3 * width, 2);
  const first = range === 'rows' ? prefixTokens : 0;
  const [y, logSums] = await bench().run(
    attention({ width, heads }, range),
    { tokens, prefixTokens },
    [spansOf(layout, positions), qkv, untouched(tokens * width), untouched(tokens * heads)],
    [Math.ceil((tokens - first) / LIST_GROUP), heads],
    [2, 3],
  );
  const [wantedY, wantedSums] = [untouched(tokens * width), untouched(tokens * heads)];
  const sees = visible(layout);
  const [three, one] = [heading(tokens, 3, heads, dim), heading(tokens, 1, heads, dim)];
  for (let head = 0; head < heads; head++) {
    const { out, logSums: sums } = plainHead(three.take(qkv, head), sees, dim);
    one.put(wantedY, head, out);
    for (const [t, sum] of sums.entries()) wantedSums[t * heads + head] = sum;
  }
  wantedY.fill(UNTOUCHED, 0, first * width);
  wantedSums.fill(UNTOUCHED, 0, first * heads);
  expect(largestDifference(y!, wantedY)).toBeLessThan(1e-5);
  expect(largestDifference(logSums!, wantedSums)).toBeLessThan(1e-5);
}

describe.each(SHAPES)('attention, %i heads of %i', (heads, dim, copies) => {
  const width = heads * dim;
  const shape = { width, heads };

  it.each(RANGES)('averages the values of what is seen: %s, %s', (layout, range) =>
    expectForward(LAYOUTS[layout](copies), heads, dim, range),
  );

  it.each(RANGES)('gives the gradients of what was turned to positions: %s, %s', async (name, range) => {
    const { layout, positions } = LAYOUTS[name](copies);
    const { tokens, prefixTokens } = layout;
    const first = range === 'rows' ? prefixTokens : 0;
    const random = new Random(53);
    const qkv = numbers(random, tokens * 3 * width);
    const dy = numbers(random, tokens * width);
    const turned = new Float32Array(tokens * 3 * width);
    const [y, logSums] = [new Float32Array(tokens * width), new Float32Array(tokens * heads)];
    const want = new Float32Array(tokens * 3 * width);
    const sees = visible(layout);
    const turn = turner(positions, dim);
    const [three, one] = [heading(tokens, 3, heads, dim), heading(tokens, 1, heads, dim)];
    for (let head = 0; head < heads; head++) {
      const point = three.take(qkv, head);
      const result = plainHead(turn(point), sees, dim);
      three.put(turned, head, turn(point));
      one.put(y, head, result.out);
      for (const [t, sum] of result.logSums.entries()) logSums[t * heads + head] = sum;
      const slopes = one.take(dy, head).fill(0, 0, first * dim);
      const along = () =>
        plainHead(turn(point), sees, dim).out.reduce((sum, value, i) => sum + value * slopes[i]!, 0);
      three.put(want, head, numericGradient(point, along));
    }
    // What is not part of the range must not be read.
    for (const list of [dy, y]) list.fill(Number.NaN, 0, first * width);
    logSums.fill(Number.NaN, 0, first * heads);
    const spans = spansOf(layout, positions);
    const angles = rotaryAngles(ODD_CONFIG.contextLength, dim, THETA);
    const grid = [Math.ceil(tokens / LIST_GROUP), heads] as const;
    const batch = { tokens, prefixTokens };
    const [half, along] = await bench().run(
      queryGradient(shape, range),
      batch,
      [spans, angles, turned, y, logSums, dy, untouched(want.length), untouched(tokens * heads)],
      grid,
      [6, 7],
    );
    const isQuery = (i: number) => i % (3 * width) < width;
    const queries = want.map((value, i) => (isQuery(i) ? value : UNTOUCHED));
    expect(largestDifference(half!, queries)).toBeLessThan(2e-5);
    const [dQkv] = await bench().run(
      keyGradient(shape, range),
      batch,
      [spans, angles, turned, logSums, dy, along!, half!],
      grid,
      [6],
    );
    expect(largestDifference(dQkv!, want)).toBeLessThan(2e-5);
  });
});

it('lets every position see its prefix and itself, whatever the layout', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.array(fc.integer({ min: 1, max: 9 }))), {
        minLength: 1,
        maxLength: 5,
      }),
      fc.constantFrom('all' as const, 'rows' as const),
      async (groups, range) => {
        const sequences = groups.flatMap(([length, responses], g) =>
          responses.map((response) => ({
            prompt: Array<number>(length).fill(g),
            response: Array<number>(response).fill(1),
            weight: 1,
          })),
        );
        const [batch] = packSequences(sequences, { style: 'ragged', tokenBudget: 1e4 });
        if (batch) await expectForward(batch, 3, 6, range);
      },
    ),
    { numRuns: 15, seed: 3 },
  ));
