import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { availableBell, Bell, type BellPlan, BellRope } from './bell.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const bellOf = (rope: BellRope) => new Bell(rope.plan as BellPlan);

test('a shared bell rings for the chunk that it was rung for, and for no other', () => {
  const rope = new BellRope('shared', 500);
  const bell = bellOf(rope);
  expect(bell[0]).toBe(0);
  bell.begin(7);
  expect(bell[0]).toBe(0);
  rope.ring(7);
  expect(bell[0]).toBe(2);
  // Too late for 7, and not for 8.
  bell.begin(8);
  expect(bell[0]).toBe(0);
  rope.ring(7);
  expect(bell[0]).toBe(0);
  rope.ring(8);
  bell.rest();
  expect(bell[0]).toBe(0);
});

test('without shared memory the worker’s own clock rings', () => {
  const bell = bellOf(new BellRope('clock', 500));
  vi.advanceTimersByTime(1000);
  expect(bell[0]).toBe(0);
  bell.begin(0);
  vi.advanceTimersByTime(499);
  expect(bell[0]).toBe(0);
  vi.advanceTimersByTime(1);
  expect(bell[0]).toBe(2);
  bell.begin(1);
  vi.advanceTimersByTime(499);
  expect(bell[0]).toBe(0);
  bell.rest();
  vi.advanceTimersByTime(1000);
  expect(bell[0]).toBe(0);
});

test('it rings again after a pause, in which Python can do what it does at a signal', () => {
  const rope = new BellRope('shared', 500);
  const bell = bellOf(rope);
  bell.begin(0);
  rope.ring(0);
  expect(bell[0]).toBe(2);
  bell[0] = 0;
  expect(bell[0]).toBe(0);
  vi.advanceTimersByTime(10);
  expect(bell[0]).toBe(2);
});

test('there may be none', () => {
  expect(new BellRope('none', 500).plan).toBeNull();
  expect(availableBell()).toBe('shared');
  vi.stubGlobal('crossOriginIsolated', false);
  expect(availableBell()).toBe('clock');
  vi.unstubAllGlobals();
});
