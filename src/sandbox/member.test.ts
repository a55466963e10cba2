/** The clock that watches one worker, on a machine that falls asleep. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Member } from './member.ts';

let slept = 0;

beforeEach(() => {
  vi.useFakeTimers();
  slept = 0;
  const awake = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => awake() + slept);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function begin(): string[] {
  const late: string[] = [];
  const clock = { timeoutMs: 1000, startTimeoutMs: 60_000, graceMs: 200, bell: 'none' } as const;
  const member = new Member(clock, (detail) => late.push(detail));
  const handle = { post: () => {}, terminate: () => {} };
  member.start(() => handle, { snapshots: { main: null, twin: null }, makeSnapshots: false, mode: 'strict' });
  member.send({ id: 0, jobs: [] });
  return late;
}

test('a worker that hangs is late after its time and the grace', () => {
  const late = begin();
  vi.advanceTimersByTime(1199);
  expect(late).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(late).toEqual(['it ran for more than 1000 ms']);
});

test('a night with the lid closed is no work: the worker has its time again, and not for ever', () => {
  const late = begin();
  vi.advanceTimersByTime(500);
  slept = 8 * 3600_000;
  vi.advanceTimersByTime(1699);
  expect(late).toEqual([]);
  vi.advanceTimersByTime(501);
  expect(late).toEqual(['it ran for more than 1000 ms']);
});
