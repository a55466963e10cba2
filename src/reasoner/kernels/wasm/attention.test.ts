import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type AttentionCase,
  attentionCases,
  layoutOf,
  pathOf,
  plainAttention,
} from '../../../../test/reasoner/attentionCases.ts';
import { roomBetweenGuards } from '../../../../test/reasoner/wasm.ts';
import { largestDifference } from '../../../../test/reasoner/weights.ts';
import { scaled } from '../../../../test/scale.ts';
import { Random } from '../../../random.ts';
import { Heap } from '../../wasm/heap.ts';
import { prepare } from '../../wasm/prepared.ts';

const heap = await Heap.open();
const runs = { numRuns: scaled(400, 40) };

/** The kernels' output and gradient; what they do not write is NaN, and they write nowhere else. */
function run({ heads, dim, groups, skips }: AttentionCase, rotated: Float32Array, dy: Float32Array) {
  return heap.scoped(() => {
    const layout = layoutOf(groups);
    const width = heads * dim;
    const skip = skips ? layout.prefixTokens : 0;
    const batch = prepare(
      heap,
      { layout, inputs: new Int32Array(layout.tokens), positions: new Int32Array(layout.tokens) },
      {
        vocabularySize: 1,
        layers: 1,
        width,
        heads,
        feedForward: 1,
        contextLength: 64,
        ropeTheta: 10000,
        rmsNormEpsilon: 1e-5,
        tiedHead: false,
      },
    );
    const { longest, weightCount, table } = batch;
    const from = heap.put(rotated);
    const y = roomBetweenGuards(heap, (layout.tokens - skip) * width);
    const weights = roomBetweenGuards(heap, weightCount);
    const shape = [layout.prefixLength.length, layout.rowLength.length, heads, dim, skip] as const;
    const scratch = roomBetweenGuards(heap, 3 * dim * (longest + 4));
    heap.run.attention(from, y.at, weights.at, table, ...shape, scratch.at);
    const d = roomBetweenGuards(heap, layout.tokens * 3 * width);
    d.numbers().fill(0);
    const up = heap.put(dy.subarray(skip * width));
    const more = roomBetweenGuards(heap, (8 * dim + 2 * longest) * (longest + 4) + layout.rowLength.length);
    heap.run.attentionGradient(from, weights.at, up, d.at, table, ...shape, more.at);
    const out = new Float32Array(layout.tokens * width);
    out.set(y.numbers(), skip * width);
    for (const room of [y, weights, scratch, d, more]) room.expectGuards();
    return { y: out, gradient: d.numbers().slice(), layout };
  });
}

function inputs({ heads, dim, groups, seed }: AttentionCase) {
  const random = new Random(seed);
  const { tokens } = layoutOf(groups);
  const numbers = (count: number) => Float32Array.from({ length: count }, () => 2 * random.unit() - 1);
  return { rotated: numbers(tokens * 3 * heads * dim), dy: numbers(tokens * heads * dim) };
}

it('is softmax over the tokens before, and its gradient', () => {
  fc.assert(
    fc.property(attentionCases, (shape) => {
      const { rotated, dy } = inputs(shape);
      const { y, gradient, layout } = run(shape, rotated, dy);
      const want = plainAttention(shape, layout, rotated, dy);
      expect(largestDifference(y, want.y)).toBeLessThan(2e-6);
      expect(largestDifference(gradient, want.gradient)).toBeLessThan(1e-4);
    }),
    runs,
  );
});

it('gives a row the same bits beside other rows and alone', () => {
  fc.assert(
    fc.property(attentionCases, (shape) => {
      const width = shape.heads * shape.dim;
      const { rotated, dy } = inputs(shape);
      const { y, gradient, layout } = run(shape, rotated, dy);
      for (const [r, context] of layout.rowContext.entries()) {
        const path = pathOf(layout, r);
        const pick = (list: Float32Array, size: number) =>
          Float32Array.from(path.flatMap((at) => [...list.subarray(at * size, (at + 1) * size)]));
        const ofRow = (list: Float32Array, size: number) => pick(list, size).subarray(context * size);
        const rows = [{ tokens: path.length - context, depth: 0 }];
        const single = { ...shape, groups: [{ prefix: context, rows }] };
        const alone = run(single, pick(rotated, 3 * width), pick(dy, width));
        expect(alone.y.subarray(context * width)).toEqual(ofRow(y, width));
        // What others go on from has their gradients, too.
        if (layout.rowContext[r + 1]! > context && layout.rowPrefix[r + 1] === layout.rowPrefix[r]) continue;
        expect(alone.gradient.subarray(context * 3 * width)).toEqual(ofRow(gradient, 3 * width));
      }
    }),
    runs,
  );
});

it('survives scores far beyond the range of the exponential', () => {
  const shape = {
    heads: 1,
    dim: 8,
    groups: [{ prefix: 5, rows: [{ tokens: 4, depth: 0 }] }],
    skips: false,
    seed: 3,
  };
  const { rotated, dy } = inputs(shape);
  const large = rotated.map((value, i) => (i % 24 < 16 ? 30 * value : value));
  const { y, gradient, layout } = run(shape, large, dy);
  const want = plainAttention(shape, layout, large, dy);
  expect(largestDifference(y, want.y)).toBeLessThan(1e-3);
  expect(gradient.every(Number.isFinite)).toBe(true);
});
