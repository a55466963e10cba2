import { describe, expect, it } from 'vitest';
import { numbers, openBenches, untouched } from '../../../../test/reasoner/webgpu.ts';
import { largestDifference } from '../../../../test/reasoner/weights.ts';
import { Random } from '../../../random.ts';
import { decodeAttention, ROW_FIELDS } from './decodeAttention.ts';
import { rotaryAngles } from './rotary.ts';
import { LIST_GROUP } from './wgsl.ts';

const THETA = 10_000;
const CONTEXT = 32;
/** Of a row's cache. */
const COLUMNS = 7;
/** Where each prompt's prefix lies in the prompts' cache: start and length. */
const PREFIXES = [
  [0, 5],
  [5, 0],
  [5, 1],
  [6, 13],
] as const;
const PREFIX_POSITIONS = 19;
/** Rows, heads, numbers of a head. */
const SHAPES = [
  [1, 1, 2],
  [67, 3, 6],
  [5, 2, 16],
] as const;

interface Row {
  slot: number;
  prefix: (typeof PREFIXES)[number];
  time: number;
  finished: boolean;
}

const bench = openBenches();

function turned(x: Float64Array, position: number, heads: number): Float64Array {
  const dim = x.length / heads;
  const half = dim / 2;
  return x.map((value, i) => {
    const pair = i % dim;
    const angle = position * THETA ** (-(pair % half) / half);
    const other = pair < half ? -x[i + half]! : x[i - half]!;
    return value * Math.cos(angle) + other * Math.sin(angle);
  });
}

/** softmax(q · keys / √dim) · values of each head, in doubles. */
function plain(q: Float64Array, keys: Float64Array[], values: Float64Array[], heads: number): Float64Array {
  const dim = q.length / heads;
  const out = new Float64Array(q.length);
  for (let head = 0; head < heads; head++) {
    const inside = Array.from({ length: dim }, (_, i) => head * dim + i);
    const weights = keys.map((key) => {
      const score = inside.reduce((sum, i) => sum + q[i]! * key[i]!, 0);
      return Math.exp(score / Math.sqrt(dim));
    });
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (const i of inside) {
      out[i] = values.reduce((sum, value, k) => sum + (weights[k]! / total) * value[i]!, 0);
    }
  }
  return out;
}

describe.each(SHAPES)('attention of one new position, %i rows, %i heads of %i', (count, heads, dim) => {
  const width = heads * dim;
  const random = new Random(81);
  const qkv = numbers(random, count * 3 * width, 2);
  const prefix = numbers(random, PREFIX_POSITIONS * 3 * width, 2);
  // A slot more than rows, and rows in another order than their slots.
  const cache = numbers(random, (count + 1) * COLUMNS * 2 * width, 2);
  const slots = random.shuffle(Array.from({ length: count + 1 }, (_, i) => i));
  const rows = Array.from(
    { length: count },
    (_, r): Row => ({
      slot: slots[r]!,
      prefix: PREFIXES[r % PREFIXES.length]!,
      time: r === 0 ? COLUMNS - 1 : random.integer(0, COLUMNS - 1),
      finished: r % 5 === 3,
    }),
  );
  const numbersOf = (list: Float32Array, at: number, parts: number, part: number) =>
    Float64Array.from(list.subarray((at * parts + part) * width, (at * parts + part + 1) * width));

  it('sees the prefix, the cache and itself, and keeps its own key and value there', async () => {
    const words = Uint32Array.from(
      rows.flatMap(({ slot, prefix: [start, length], time, finished }, r) => [
        ...[slot, start, length, r],
        ...[COLUMNS, time, Number(finished), 0],
      ]),
    );
    expect(words).toHaveLength(count * ROW_FIELDS);
    const [newCache, y] = await bench().run(
      decodeAttention({ width, heads }),
      { tokens: count, columns: COLUMNS },
      [words, rotaryAngles(CONTEXT, dim, THETA), qkv, prefix, cache, untouched(count * width)],
      [Math.ceil(count / LIST_GROUP), heads],
      [4, 5],
    );
    const wantedCache = cache.slice();
    const want = untouched(count * width);
    for (const [r, { slot, prefix: place, time, finished }] of rows.entries()) {
      if (finished) continue;
      const [start, length] = place;
      const q = turned(numbersOf(qkv, r, 3, 0), length + time, heads);
      const key = turned(numbersOf(qkv, r, 3, 1), length + time, heads);
      const value = numbersOf(qkv, r, 3, 2);
      const before = Array.from({ length }, (_, i) => start + i);
      const own = Array.from({ length: time }, (_, i) => slot * COLUMNS + i);
      const keys = [
        ...before.map((at) => numbersOf(prefix, at, 3, 1)),
        ...own.map((at) => numbersOf(cache, at, 2, 0)),
        key,
      ];
      const values = [
        ...before.map((at) => numbersOf(prefix, at, 3, 2)),
        ...own.map((at) => numbersOf(cache, at, 2, 1)),
        value,
      ];
      want.set(plain(q, keys, values, heads), r * width);
      wantedCache.set([...key, ...value], (slot * COLUMNS + time) * 2 * width);
    }
    expect(largestDifference(y!, want)).toBeLessThan(1e-5);
    expect(largestDifference(newCache!, wantedCache)).toBeLessThan(1e-5);
  });
});
