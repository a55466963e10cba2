import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apart } from './apart.ts';

test('names keep their order and their distance, and stay in sight while they fit', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 8 }), (wanted) => {
      const places = apart(wanted, 10, [0, 100]);
      const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
      const sorted = order.map((i) => places[i] as number);
      for (const [i, place] of sorted.entries()) {
        expect(place).toBeGreaterThanOrEqual(-1e-9);
        expect(place).toBeLessThanOrEqual(100 + 1e-9);
        if (i > 0) expect(place - (sorted[i - 1] as number)).toBeGreaterThanOrEqual(10 - 1e-9);
      }
    }),
  );
  expect(apart([50, 20], 10, [0, 100])).toEqual([50, 20]);
});
