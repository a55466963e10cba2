import fc from 'fast-check';
import { expect, it } from 'vitest';
import { roomBetweenGuards } from '../../../../test/reasoner/wasm.ts';
import { largestDifference } from '../../../../test/reasoner/weights.ts';
import { scaled } from '../../../../test/scale.ts';
import { Random } from '../../../random.ts';
import { Heap } from '../../wasm/heap.ts';

const heap = await Heap.open();
const { run } = heap;
const runs = { numRuns: scaled(300, 50) };

/** Odd shapes, and some beyond a block of rows (64) or of tokens (256). */
const shapes = fc.record({
  m: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 63, max: 67 })),
  n: fc.integer({ min: 1, max: 50 }),
  k: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 255, max: 258 })),
  seed: fc.nat(),
});

function numbers(random: Random, count: number): Float32Array {
  return Float32Array.from({ length: count }, () => 2 * random.unit() - 1);
}

/** a `[m, k]` · b `[k, n]` in double precision, plus `added`. */
function reference(a: Float32Array, b: Float32Array, m: number, n: number, k: number, added?: Float32Array) {
  return Float64Array.from({ length: m * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = added?.[at] ?? 0;
    for (let q = 0; q < k; q++) sum += a[i * k + q]! * b[q * n + j]!;
    return sum;
  });
}

function transposed(x: Float32Array, rows: number, columns: number): Float32Array {
  return Float32Array.from(x, (_, at) => x[(at % rows) * columns + Math.floor(at / rows)]!);
}

function panelsOf(b: Float32Array, k: number, n: number): number {
  const panels = heap.room(16 * k * Math.ceil(n / 16));
  run.packColumns(heap.put(b), k, n, panels);
  return panels;
}

it('multiplies by a matrix or its transposed, and adds what it is given', () => {
  fc.assert(
    fc.property(shapes, ({ m, n, k, seed }) =>
      heap.scoped(() => {
        const random = new Random(seed);
        const [a, b, added] = [numbers(random, m * k), numbers(random, k * n), numbers(random, m * n)];
        const c = roomBetweenGuards(heap, m * n);
        const from = heap.put(a);
        const panels = panelsOf(b, k, n);
        run.product(from, panels, 0, c.at, m, n, k);
        expect(largestDifference(c.numbers(), reference(a, b, m, n, k))).toBeLessThan(1e-4);
        run.product(from, panels, heap.put(added), c.at, m, n, k);
        expect(largestDifference(c.numbers(), reference(a, b, m, n, k, added))).toBeLessThan(1e-4);
        run.packTransposed(heap.put(transposed(b, k, n)), n, k, panels);
        run.product(from, panels, 0, c.at, m, n, k);
        expect(largestDifference(c.numbers(), reference(a, b, m, n, k))).toBeLessThan(1e-4);
        c.expectGuards();
      }),
    ),
    runs,
  );
});

it('adds the product of a transposed left side', () => {
  fc.assert(
    fc.property(shapes, ({ m, n, k, seed }) =>
      heap.scoped(() => {
        const random = new Random(seed);
        const [a, b, old] = [numbers(random, k * m), numbers(random, k * n), numbers(random, m * n)];
        const c = roomBetweenGuards(heap, m * n);
        c.numbers().set(old);
        const scratch = roomBetweenGuards(heap, 256 * (m + 16));
        run.productOfTransposed(heap.put(a), heap.put(b), c.at, m, n, k, scratch.at);
        const want = reference(transposed(a, k, m), b, m, n, k, old);
        expect(largestDifference(c.numbers(), want)).toBeLessThan(1e-4);
        c.expectGuards();
        scratch.expectGuards();
      }),
    ),
    runs,
  );
});

it('gives a row the same bits whatever rows stand beside it', () => {
  fc.assert(
    fc.property(shapes, ({ m, n, k, seed }) =>
      heap.scoped(() => {
        const random = new Random(seed);
        const [a, b] = [numbers(random, m * k), numbers(random, k * n)];
        const [c, alone] = [heap.room(m * n), heap.room(n)];
        const from = heap.put(a);
        const panels = panelsOf(b, k, n);
        run.product(from, panels, 0, c, m, n, k);
        for (let i = 0; i < m; i++) {
          run.product(from + 4 * i * k, panels, 0, alone, 1, n, k);
          expect(heap.floats(alone, n)).toEqual(heap.floats(c + 4 * i * n, n));
        }
      }),
    ),
    { numRuns: scaled(100, 20) },
  );
});
