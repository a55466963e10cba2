import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  expectSlices,
  numbers,
  numericGradient,
  openBenches,
  untouched,
} from '../../../../test/reasoner/webgpu.ts';
import { Random } from '../../../random.ts';
import { groupsFor } from '../../webgpu/gpu.ts';
import { placesOf } from '../../webgpu/training.ts';
import { embed, embedGradient } from './embed.ts';
import { LIST_GROUP, quads } from './wgsl.ts';

/** Positions, vocabulary, width. */
const SHAPES = [
  [1, 1, 1],
  [67, 23, 7],
  [5, 3, 68],
] as const;

const bench = openBenches();

/** Row by row, in doubles. */
function plain(table: ArrayLike<number>, tokens: ArrayLike<number>, width: number): Float64Array {
  return Float64Array.from(
    { length: tokens.length * width },
    (_, i) => table[tokens[Math.floor(i / width)]! * width + (i % width)]!,
  );
}

function expectGradient(tokens: Int32Array, vocabulary: number, width: number, slices: number) {
  const dy = numbers(new Random(31), tokens.length * width);
  const table = new Float64Array(vocabulary * width);
  const want = numericGradient(table, () =>
    plain(table, tokens, width).reduce((sum, value, i) => sum + value * dy[i]!, 0),
  );
  const stride = vocabulary * width + 5;
  const run = async (accumulate: boolean, before: Float32Array) => {
    const [gradient] = await bench().run(
      embedGradient(vocabulary, width, slices, stride),
      { tokens: tokens.length, accumulate },
      [placesOf(tokens, vocabulary), dy, before],
      [...groupsFor(vocabulary * quads(width), LIST_GROUP), slices],
      [2],
    );
    return gradient!;
  };
  return expectSlices(run, want, { slices, stride, tolerance: 1e-5 });
}

describe.each(SHAPES)('embedding, %i positions, %i tokens of %i', (count, vocabulary, width) => {
  const random = new Random(32);
  // The last token of the vocabulary never occurs, unless it is the only one.
  const tokens = Int32Array.from({ length: count }, () => random.integer(0, Math.max(0, vocabulary - 2)));

  it('looks up rows of the table', async () => {
    const table = numbers(random, vocabulary * width);
    const [y] = await bench().run(
      embed(width),
      { tokens: count },
      [Uint32Array.from(tokens), table, untouched(count * width + 3)],
      groupsFor(count * quads(width), LIST_GROUP),
      [2],
    );
    const want = untouched(count * width + 3);
    want.set(plain(table, tokens, width));
    expect(y).toEqual(want);
  });

  it.each([1, 3])('sums the gradient in %i slices', (slices) =>
    expectGradient(tokens, vocabulary, width, slices),
  );
});

it('sums the gradient of any list of tokens', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 22 }), { minLength: 1, maxLength: 90 }),
      async (tokens) => expectGradient(Int32Array.from(tokens), 23, 7, 3),
    ),
    { numRuns: 10, seed: 1 },
  ));
