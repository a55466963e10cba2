import { expect, test } from 'vitest';
import { Random } from '../../random.ts';
import { Heap } from './heap.ts';
import { orthogonalized } from './orthogonal.ts';

/** The same five steps of Newton-Schulz in double precision, on a matrix that need not be wide. */
function reference(matrix: Float32Array, rows: number, columns: number): number[][] {
  const norm = Math.hypot(...matrix);
  let x = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => matrix[i * columns + j]! / norm),
  );
  for (let step = 0; step < 5; step++) {
    const gram = product(x, transposed(x));
    const square = product(gram, gram);
    const quintic = gram.map((row, i) => row.map((value, j) => -4.775 * value + 2.0315 * square[i]![j]!));
    const turned = product(quintic, x);
    x = x.map((row, i) => row.map((value, j) => 3.4445 * value + turned[i]![j]!));
  }
  return x;
}

function product(a: number[][], b: number[][]): number[][] {
  return a.map((row) => b[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)));
}

function transposed(a: number[][]): number[][] {
  return a[0]!.map((_, j) => a.map((row) => row[j]!));
}

test.each([
  [1, 1],
  [3, 5],
  [17, 33],
  [33, 17],
  [16, 48],
  [40, 40],
])('a matrix of %i × %i is made orthogonal as by the reference', async (rows, columns) => {
  const random = new Random(rows * columns);
  const heap = await Heap.open();
  const matrix = Float32Array.from({ length: rows * columns }, () => random.unit() - 0.5);
  const got = orthogonalized(heap, matrix, rows, columns);
  const want = reference(matrix, rows, columns).flat();
  for (const [i, value] of got.entries()) expect(value).toBeCloseTo(want[i]!, 3);
  // Its singular values are near one, so their squares add up to nearly as many as there are.
  const squares = got.reduce((sum, value) => sum + value * value, 0);
  expect(squares / Math.min(rows, columns)).toBeGreaterThan(0.4);
  expect(squares / Math.min(rows, columns)).toBeLessThan(1.5);
});
