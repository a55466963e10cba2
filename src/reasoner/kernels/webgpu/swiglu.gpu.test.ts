import { describe, expect, it } from 'vitest';
import { numbers, numericGradient, openBenches, untouched } from '../../../../test/reasoner/webgpu.ts';
import { largestDifference } from '../../../../test/reasoner/weights.ts';
import { Random } from '../../../random.ts';
import { groupsFor } from '../../webgpu/gpu.ts';
import { swiglu, swigluGradient } from './swiglu.ts';
import { LIST_GROUP, quads } from './wgsl.ts';

/** Positions, those of prefixes, inner width. */
const SHAPES = [
  [1, 0, 1],
  [67, 5, 7],
  [3, 1, 29],
  [19, 2, 44],
] as const;

const bench = openBenches();

/** One row: gates, then ups. */
function plain(gateUp: Float64Array): Float64Array {
  const inner = gateUp.length / 2;
  return gateUp.slice(0, inner).map((gate, i) => (gate / (1 + Math.exp(-gate))) * gateUp[inner + i]!);
}

describe.each(SHAPES)('SwiGLU, %i positions (%i of prefixes) of %i', (tokens, prefixTokens, inner) => {
  const random = new Random(21);
  const gateUp = numbers(random, tokens * 2 * inner, 3);
  // Where the exponential leaves the range of single precision.
  gateUp.set([-100], 2 * inner * (tokens - 1));
  const dy = numbers(random, tokens * inner);
  const row = (list: Float32Array, width: number, t: number) =>
    Float64Array.from(list.subarray(t * width, (t + 1) * width));
  const grid = (rows: number) => groupsFor(rows * quads(inner), LIST_GROUP);

  it.each(['all', 'rows'] as const)('is SiLU(gate) · up, of %s', async (range) => {
    const first = range === 'rows' ? prefixTokens : 0;
    const inputs = [gateUp, untouched(tokens * inner)];
    const batch = { tokens, prefixTokens };
    const [y] = await bench().run(swiglu(inner, range), batch, inputs, grid(tokens - first), [1]);
    const want = untouched(tokens * inner);
    for (let t = first; t < tokens; t++) want.set(plain(row(gateUp, 2 * inner, t)), t * inner);
    expect(largestDifference(y!, want)).toBeLessThan(1e-5);
  });

  it.each(['all', 'rows'] as const)('gives its gradient and itself in place, of %s', async (range) => {
    const first = range === 'rows' ? prefixTokens : 0;
    const batch = { tokens, prefixTokens };
    const program = swigluGradient(inner, range);
    const [gradient, activation] = await bench().run(
      program,
      batch,
      [gateUp, dy],
      grid(tokens - first),
      [0, 1],
    );
    const [wantedGradient, wantedActivation] = [gateUp.slice(), dy.slice()];
    for (let t = first; t < tokens; t++) {
      const point = row(gateUp, 2 * inner, t);
      wantedActivation.set(plain(point), t * inner);
      const slopes = row(dy, inner, t);
      const along = () => plain(point).reduce((sum, value, i) => sum + value * slopes[i]!, 0);
      wantedGradient.set(numericGradient(point, along), t * 2 * inner);
    }
    expect(largestDifference(gradient!, wantedGradient)).toBeLessThan(1e-5);
    expect(largestDifference(activation!, wantedActivation)).toBeLessThan(1e-5);
  });

  it('runs over groups along a second axis too', async () => {
    const inputs = [gateUp, untouched(tokens * inner)];
    const [groups] = grid(tokens);
    const batch = { tokens };
    const program = swiglu(inner, 'all');
    const [along] = await bench().run(program, batch, inputs, [groups], [1]);
    const [across] = await bench().run(program, batch, inputs, [2, Math.ceil(groups / 2)], [1]);
    expect(across).toEqual(along);
  });
});
