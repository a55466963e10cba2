import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apart } from './figure.ts';

test('labels stay where they are wanted when there is room', () => {
  expect(apart([10, 50, 90], 0.1, 100)).toEqual([10, 50, 90]);
});

test('labels that touch stand one line apart around the mean of what they name', () => {
  expect(apart([50, 50], 1, 100)).toEqual([57, 43]);
});

test('labels never overlap, stay within the axis and keep their order', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 7 }), (heights) => {
      const placed = apart(heights, 1, 100);
      const down = [...placed].sort((a, b) => b - a);
      for (const [i, height] of down.entries()) {
        expect(height).toBeLessThanOrEqual(100 + 1e-9);
        expect(height).toBeGreaterThanOrEqual(0);
        if (i > 0) expect((down[i - 1] ?? 0) - height).toBeGreaterThanOrEqual(14 - 1e-9);
      }
      for (const [i, a] of heights.entries()) {
        for (const [j, b] of heights.entries()) if (a > b) expect(placed[i]).toBeGreaterThan(placed[j] ?? 0);
      }
    }),
  );
});
