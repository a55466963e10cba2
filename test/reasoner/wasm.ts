import { expect } from 'vitest';
import type { Heap } from '../../src/reasoner/wasm/heap.ts';

/** Numbers before and after. */
const GUARD = 16;
const MARK = 7;

/**
 * Room full of NaN between two bands of known numbers: a kernel that reads what nobody wrote gives NaN, and one that
 * writes beside its room is found by `expectGuards`.
 */
export function roomBetweenGuards(heap: Heap, count: number) {
  const before = heap.room(GUARD);
  const at = heap.room(count);
  const after = heap.room(GUARD);
  const bands = () => [heap.floats(before, GUARD), heap.floats(after, GUARD)];
  for (const band of bands()) band.fill(MARK);
  const numbers = () => heap.floats(at, count);
  numbers().fill(Number.NaN);
  return {
    at,
    numbers,
    expectGuards: () => {
      for (const band of bands()) expect(band.every((value) => value === MARK)).toBe(true);
    },
  };
}
