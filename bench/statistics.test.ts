import { expect, test } from 'vitest';
import { distance, median, ratios, spread } from './statistics.ts';

test('the median is the middle, or between the two in the middle', () => {
  expect(median([3])).toBe(3);
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 2, 9])).toBe(3);
  expect(() => median([])).toThrow(RangeError);
});

test('the spread of nothing is null', () => {
  expect(spread([])).toBeNull();
  expect(spread([2, 1, 4])).toEqual({ median: 2, min: 1, max: 4 });
});

test('ratios are taken round by round, as far as both were measured', () => {
  expect(ratios([2, 30, 5], [1, 10])).toEqual({ median: 2.5, min: 2, max: 3 });
  expect(ratios([], [1])).toBeNull();
});

test('the distance is relative, and infinite from what is not a number', () => {
  expect(distance([1, 2], [1, 2])).toBe(0);
  expect(distance([100, 1], [101, 1])).toBeCloseTo(1 / 101, 10);
  expect(distance([0], [0])).toBe(0);
  expect(distance([Number.NaN], [1])).toBe(Number.POSITIVE_INFINITY);
});
