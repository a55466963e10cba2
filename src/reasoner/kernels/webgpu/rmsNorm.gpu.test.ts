import { describe, expect, it } from 'vitest';
import {
  expectSlices,
  numbers,
  numericGradient,
  openBenches,
  PROFILES,
  untouched,
} from '../../../../test/reasoner/webgpu.ts';
import { largestDifference } from '../../../../test/reasoner/weights.ts';
import { Random } from '../../../random.ts';
import type { Range } from './matmul.ts';
import { gainGradient, rmsNorm, rmsNormGradient } from './rmsNorm.ts';
import { type Profile, rowGroups } from './wgsl.ts';

const EPSILON = 1e-3;
/** Positions, those of prefixes, width. */
const SHAPES = {
  alone: [
    [1, 0, 1],
    [67, 5, 7],
    [5, 2, 68],
  ],
  // The second width is more than the invocations of a row read at once.
  cooperative: [
    [3, 1, 5],
    [2, 1, 263],
  ],
} as const;
const CASES = PROFILES.flatMap(({ name, profile }) =>
  SHAPES[name].map(([tokens, prefixTokens, width]) => ({ name, profile, tokens, prefixTokens, width })),
);

const bench = openBenches();

const scaleOf = (x: Float64Array): number =>
  1 / Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / x.length + EPSILON);

/** One row, in doubles. */
function plain(x: Float64Array, gain: ArrayLike<number>): Float64Array {
  const scale = scaleOf(x);
  return x.map((value, i) => value * scale * gain[i]!);
}

/** Σ dy · y of one row: what the gradients are those of. */
function along(x: Float64Array, gain: ArrayLike<number>, dy: ArrayLike<number>): number {
  return plain(x, gain).reduce((sum, value, i) => sum + value * dy[i]!, 0);
}

function makeCase(tokens: number, width: number) {
  const random = new Random(11);
  const x = numbers(random, tokens * width);
  const dy = numbers(random, tokens * width);
  const row = (list: Float32Array, t: number) => Float64Array.from(list.subarray(t * width, (t + 1) * width));
  const scales = Float32Array.from({ length: tokens }, (_, t) => scaleOf(row(x, t)));
  return { x, dy, row, scales, gain: numbers(random, width), past: numbers(random, tokens * width) };
}

const grid = (profile: Profile, rows: number) => [rowGroups(profile, rows)] as const;
const firstIn = (range: Range, prefixTokens: number) => (range === 'rows' ? prefixTokens : 0);

describe.each(CASES)('RMSNorm, $name, $tokens positions of $width', (shape) => {
  const { profile, tokens, prefixTokens, width } = shape;
  const { x, dy, row, scales, gain, past } = makeCase(tokens, width);

  it.each(['all', 'rows'] as const)('norms %s', async (range) => {
    const first = firstIn(range, prefixTokens);
    const [y, s] = await bench(profile).run(
      rmsNorm(width, EPSILON, range, profile),
      { tokens, prefixTokens },
      [x, gain, untouched(x.length), untouched(tokens)],
      grid(profile, tokens - first),
      [2, 3],
    );
    const want = untouched(x.length);
    for (let t = first; t < tokens; t++) want.set(plain(row(x, t), gain), t * width);
    expect(largestDifference(y!, want)).toBeLessThan(1e-5);
    expect(largestDifference(s!.subarray(first), scales.subarray(first))).toBeLessThan(1e-4);
    expect(s!.subarray(0, first)).toEqual(untouched(first));
  });

  it.each([
    ['rows', 'none'],
    ['all', 'all'],
    ['all', 'rows'],
  ] as const)('gives the gradient of its input at %s, past it that of %s', async (range, skip) => {
    const first = firstIn(range, prefixTokens);
    const [dx] = await bench(profile).run(
      rmsNormGradient(width, range, skip, profile),
      { tokens, prefixTokens },
      [x, gain, scales, dy, past],
      grid(profile, tokens - first),
      [4],
    );
    const want = past.slice();
    const skipFrom = { none: tokens, all: 0, rows: prefixTokens }[skip];
    for (let t = first; t < tokens; t++) {
      const input = row(x, t);
      const slope = row(dy, t);
      const gradient = numericGradient(input, () => along(input, gain, slope));
      want.set(
        gradient.map((value, i) => value + (t >= skipFrom ? past[t * width + i]! : 0)),
        t * width,
      );
    }
    expect(largestDifference(dx!, want)).toBeLessThan(3e-5);
  });
});

describe.each(SHAPES.alone)('the gradient of the gain, %i positions (%i of prefixes) of %i', (...shape) => {
  const [tokens, prefixTokens, width] = shape;
  const { x, dy, row, scales, gain } = makeCase(tokens, width);

  it.each([
    ['all', 1],
    ['rows', 3],
  ] as const)('sums over %s in %i slices', async (range, slices) => {
    const first = firstIn(range, prefixTokens);
    const point = Float64Array.from(gain);
    const want = numericGradient(point, () => {
      let sum = 0;
      for (let t = first; t < tokens; t++) sum += along(row(x, t), point, row(dy, t));
      return sum;
    });
    const stride = width + 3;
    const run = async (accumulate: boolean, before: Float32Array) => {
      const [gradient] = await bench().run(
        gainGradient(width, range, slices, stride),
        { tokens, prefixTokens, accumulate },
        [x, scales, dy, before],
        [Math.ceil(width / 128), 1, slices],
        [3],
      );
      return gradient!;
    };
    await expectSlices(run, want, { slices, stride, tolerance: 3e-5 });
  });
});
