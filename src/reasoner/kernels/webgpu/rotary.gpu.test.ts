import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numbers, openBenches } from '../../../../test/reasoner/webgpu.ts';
import { largestDifference } from '../../../../test/reasoner/weights.ts';
import { Random } from '../../../random.ts';
import { groupsFor } from '../../webgpu/gpu.ts';
import { SPAN_FIELDS } from './attention.ts';
import { rotary, rotaryAngles } from './rotary.ts';
import { LIST_GROUP } from './wgsl.ts';

const CONTEXT = 97;
const THETA = 10_000;
/** Positions, width, numbers of a head. */
const SHAPES = [
  [1, 2, 2],
  [67, 18, 6],
  [13, 48, 16],
] as const;

const bench = openBenches();

async function turned(qkv: Float32Array, positions: readonly number[], width: number, headDim: number) {
  const spans = new Uint32Array(positions.length * SPAN_FIELDS);
  for (const [t, position] of positions.entries()) spans[t * SPAN_FIELDS + 3] = position;
  const [result] = await bench().run(
    rotary(width, headDim),
    { tokens: positions.length },
    [spans, rotaryAngles(CONTEXT, headDim, THETA), qkv],
    groupsFor(positions.length * width, LIST_GROUP),
    [2],
  );
  return result!;
}

/** Every pair `i`, `i + headDim / 2` of queries and keys as a complex number times e^(i·position·frequency). */
function plain(qkv: Float32Array, positions: readonly number[], width: number, headDim: number) {
  const out = Float64Array.from(qkv);
  for (const [t, position] of positions.entries()) {
    for (let head = 0; head < 2 * width; head += headDim) {
      for (let i = 0; i < headDim / 2; i++) {
        const angle = position * THETA ** ((-2 * i) / headDim);
        const low = t * 3 * width + head + i;
        const high = low + headDim / 2;
        out[low] = qkv[low]! * Math.cos(angle) - qkv[high]! * Math.sin(angle);
        out[high] = qkv[low]! * Math.sin(angle) + qkv[high]! * Math.cos(angle);
      }
    }
  }
  return out;
}

describe.each(SHAPES)('rotary positions, %i positions of %i, heads of %i', (tokens, width, headDim) => {
  const random = new Random(41);
  const qkv = numbers(random, tokens * 3 * width);

  it('turns queries and keys, not values', async () => {
    const positions = Array.from({ length: tokens }, () => random.integer(0, CONTEXT - 1));
    const got = await turned(qkv, positions, width, headDim);
    expect(largestDifference(got, plain(qkv, positions, width, headDim))).toBeLessThan(1e-5);
  });

  it('lets a query and a key know only how far apart they are', async () => {
    const query = qkv.subarray(0, headDim);
    const key = qkv.subarray(width, width + headDim);
    // Two positions with the same query and key: one asks, the other answers.
    const pair = new Float32Array(2 * 3 * width);
    for (const t of [0, 1]) {
      pair.set(query, t * 3 * width);
      pair.set(key, t * 3 * width + width);
    }
    const score = async (from: number, to: number) => {
      const got = await turned(pair, [from, to], width, headDim);
      const asked = got.subarray(0, headDim);
      const answered = got.subarray(3 * width + width, 3 * width + width + headDim);
      return asked.reduce((sum, value, i) => sum + value * answered[i]!, 0);
    };
    const place = fc.integer({ min: 0, max: 40 });
    await fc.assert(
      fc.asyncProperty(place, place, place, async (from, to, shift) => {
        const difference = (await score(from, to)) - (await score(from + shift, to + shift));
        expect(Math.abs(difference)).toBeLessThan(2e-5);
      }),
      { numRuns: 5, seed: 2 },
    );
  });
});
