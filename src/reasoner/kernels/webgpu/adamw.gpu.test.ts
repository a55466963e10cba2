import { describe, expect, it } from 'vitest';
import { numbers, openBenches } from '../../../../test/reasoner/webgpu.ts';
import { largestDifference } from '../../../../test/reasoner/weights.ts';
import { Random } from '../../../random.ts';
import { groupsFor } from '../../webgpu/gpu.ts';
import { adamw, gradientNorm, PARTIAL_SUMS, STEP_FIELDS, sumSlices } from './adamw.ts';
import { LIST_GROUP } from './wgsl.ts';

const RATE = 0.01;
const DECAY = 0.1;
const BETA1 = 0.9;
const BETA2 = 0.95;
const EPSILON = 1e-8;

/** Size of the flat vectors, where decay ends, slices of the gradient; the last has more numbers than are summed at once. */
const SHAPES: readonly (readonly [size: number, decayEnd: number, slices: number])[] = [
  [4, 0, 1],
  [260, 196, 3],
  [4 * PARTIAL_SUMS + 68, 4 * PARTIAL_SUMS, 2],
];

interface State {
  parameters: Float32Array;
  first: Float32Array;
  second: Float32Array;
}

const bench = openBenches();

/** What a step's uniform says, as `struct Step` has it. */
function stepNumbers(step: number, maxGradNorm: number): Float32Array {
  const words = new Float32Array(STEP_FIELDS);
  words.set([RATE / (1 - BETA1 ** step), 1 / (1 - BETA2 ** step), RATE * DECAY, BETA1, BETA2, maxGradNorm]);
  return words;
}

/** All three kernels, as they follow each other. */
async function update(
  state: State,
  gradient: Float32Array,
  shape: (typeof SHAPES)[number],
  step: Float32Array,
) {
  const [size, decayEnd, slices] = shape;
  const [summed, partials] = await bench().run(
    sumSlices(size, slices),
    step,
    [gradient, new Float32Array(PARTIAL_SUMS)],
    [PARTIAL_SUMS / LIST_GROUP],
    [0, 1],
  );
  const [norm] = await bench().run(gradientNorm(), step, [partials!, new Float32Array(4)], [1], [1]);
  const [parameters, first, second] = await bench().run(
    adamw(size, decayEnd),
    step,
    [summed!, norm!, state.parameters, state.first, state.second],
    groupsFor(size / 4, LIST_GROUP),
    [2, 3, 4],
  );
  return { summed: summed!, norm: norm!, parameters: parameters!, first: first!, second: second! };
}

function startState(size: number, random: Random): State {
  return {
    parameters: numbers(random, size),
    first: new Float32Array(size),
    second: new Float32Array(size),
  };
}

describe.each(SHAPES)('AdamW on %i numbers, the first %i decaying, %i slices', (...shape) => {
  const [size, decayEnd, slices] = shape;

  it('does what a plain loop does, with and without clipping', async () => {
    const random = new Random(71);
    let state = startState(size, random);
    const want = Float64Array.from(state.parameters);
    const [m, v] = [new Float64Array(size), new Float64Array(size)];
    // Clipped, just not, and clipped again.
    for (const [i, clip] of [0.3, 1.01, 0.9].entries()) {
      const step = i + 1;
      const gradient = numbers(random, slices * size, 0.2 * step);
      const sum = Float64Array.from({ length: size }, (_, k) => {
        let total = 0;
        for (let slice = 0; slice < slices; slice++) total += gradient[slice * size + k]!;
        return total;
      });
      const norm = Math.sqrt(sum.reduce((total, value) => total + value * value, 0));
      const maxGradNorm = clip * norm;
      const scale = Math.min(1, clip);
      for (let k = 0; k < size; k++) {
        const g = sum[k]! * scale;
        m[k] = BETA1 * m[k]! + (1 - BETA1) * g;
        v[k] = BETA2 * v[k]! + (1 - BETA2) * g * g;
        const move = m[k]! / (1 - BETA1 ** step) / (Math.sqrt(v[k]! / (1 - BETA2 ** step)) + EPSILON);
        want[k] = want[k]! - RATE * (move + (k < decayEnd ? DECAY * want[k]! : 0));
      }
      const got = await update(state, gradient, shape, stepNumbers(step, maxGradNorm));
      expect(largestDifference(got.summed.subarray(0, size), sum)).toBeLessThan(1e-6);
      expect(Math.abs(got.norm[0]! / norm - 1)).toBeLessThan(1e-5);
      expect(Math.abs(got.norm[1]! / scale - 1)).toBeLessThan(1e-5);
      expect(got.norm[2]).toBe(1);
      expect(largestDifference(got.parameters, want)).toBeLessThan(1e-5);
      expect(largestDifference(got.first, m)).toBeLessThan(1e-6);
      expect(largestDifference(got.second, v)).toBeLessThan(1e-6);
      state = got;
    }
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e30])(
    'changes nothing when a number of the gradient is %d',
    async (bad) => {
      const random = new Random(72);
      const state = startState(size, random);
      const gradient = numbers(random, slices * size);
      gradient[slices * size - 1] = bad;
      const { norm, parameters, first, second } = await update(state, gradient, shape, stepNumbers(1, 1));
      expect(Number.isFinite(norm[0])).toBe(false);
      expect(norm[2]).toBe(0);
      expect({ parameters, first, second }).toEqual(state);
    },
  );

  it('leaves numbers without a gradient where they are, but for decay', async () => {
    const state = startState(size, new Random(73));
    const { norm, parameters } = await update(
      state,
      new Float32Array(slices * size),
      shape,
      stepNumbers(1, 1),
    );
    expect([...norm]).toEqual([0, 1, 1, 0]);
    expect(parameters.subarray(decayEnd)).toEqual(state.parameters.subarray(decayEnd));
    const decayed = state.parameters.map((value) => value * (1 - RATE * DECAY)).subarray(0, decayEnd);
    expect(largestDifference(parameters.subarray(0, decayEnd), decayed)).toBeLessThan(1e-6);
  });
});
