import type { Heap } from './heap.ts';

/** Newton-Schulz steps, and the quintic's coefficients (Jordan et al. 2024). */
const STEPS = 5;
const [A, B, C] = [3.4445, -4.775, 2.0315];

/** A matrix `[rows, columns]` with singular values near one: the nearest orthogonal one, roughly. */
export function orthogonalized(
  heap: Heap,
  matrix: Float32Array,
  rows: number,
  columns: number,
): Float32Array {
  const isTall = rows > columns;
  const [r, c] = isTall ? [columns, rows] : [rows, columns];
  const wide = isTall ? transposed(matrix, rows, columns) : matrix;
  const norm = Math.sqrt(wide.reduce((sum, value) => sum + value * value, 0)) + 1e-7;
  let x = wide.map((value) => value / norm);
  for (let step = 0; step < STEPS; step++) {
    x = heap.scoped(() => {
      const at = heap.put(x);
      const panels = heap.room(16 * c * Math.ceil(Math.max(r, c) / 16) + 16 * r * Math.ceil(c / 16));
      // x·xᵀ, its square, and the quintic in both.
      heap.run.packTransposed(at, r, c, panels);
      const gram = heap.room(r * r);
      heap.run.product(at, panels, 0, gram, r, r, c);
      heap.run.packColumns(gram, r, r, panels);
      const square = heap.room(r * r);
      heap.run.product(gram, panels, 0, square, r, r, r);
      const [g, s] = [heap.floats(gram, r * r), heap.floats(square, r * r)];
      for (let i = 0; i < g.length; i++) g[i] = B * g[i]! + C * s[i]!;
      heap.run.packColumns(at, r, c, panels);
      const scaled = heap.floats(at, r * c);
      for (let i = 0; i < scaled.length; i++) scaled[i] = A * scaled[i]!;
      const next = heap.room(r * c);
      heap.run.product(gram, panels, at, next, r, c, r);
      return heap.floats(next, r * c).slice();
    });
  }
  return isTall ? transposed(x, r, c) : x;
}

function transposed(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const out = new Float32Array(matrix.length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) out[j * rows + i] = matrix[i * columns + j]!;
  return out;
}
