import fc from 'fast-check';
import { expect, test } from 'vitest';
import { smooth } from './smoothing.ts';

test('a constant stays a constant from its first value on', () => {
  expect(smooth([2, 2, null, 2], 0.9)).toEqual([2, 2, null, 2]);
});

test('weight 0 changes nothing', () => {
  const values = [1, null, 3];
  expect(smooth(values, 0)).toBe(values);
});

test('never leaves the range of what it has seen, and keeps gaps where they were', () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { nil: null })),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (values, weight) => {
        const seen: number[] = [];
        smooth(values, weight).forEach((value, at) => {
          const raw = values[at];
          if (raw == null) expect(value).toBeNull();
          else {
            seen.push(raw);
            expect(value).toBeGreaterThanOrEqual(Math.min(...seen) - 1e-6);
            expect(value).toBeLessThanOrEqual(Math.max(...seen) + 1e-6);
          }
        });
      },
    ),
  );
});
