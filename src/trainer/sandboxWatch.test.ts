import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Event, SandboxReport } from '../run/protocol.ts';
import {
  NO_STATS,
  type RunRequest,
  type RunResult,
  type Sandbox,
  type SandboxStats,
} from '../sandbox/sandbox.ts';
import { SandboxReporter, WatchedSandbox } from './sandboxWatch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const REQUEST: RunRequest = { program: 'def f(x):\n    return x', inputs: ['1', '2'], runs: 2 };

/** A sandbox that takes a given time for each batch. */
function slowSandbox(ms: number): Sandbox {
  const stats: SandboxStats = { ...NO_STATS, workers: 1, ready: 1 };
  return {
    async run(requests) {
      stats.queued += requests.length;
      await new Promise((resolve) => setTimeout(resolve, ms));
      stats.queued -= requests.length;
      for (const { inputs, runs } of requests) stats.runs += inputs.length * runs;
      return requests.map((): RunResult => ({ outcomes: [] }));
    },
    ready: async () => {},
    stats: () => ({ ...stats }),
    close: () => {},
  };
}

/** A reporter of a sandbox and everything it has told. */
function reporting(watched: WatchedSandbox) {
  const told: SandboxReport[] = [];
  const emit = (event: Event) => {
    if (event.type === 'sandbox') told.push(event.sandbox);
  };
  return { reporter: new SandboxReporter(watched, emit), told };
}

test('the first verdict is timed from the page’s call, once', async () => {
  const watched = new WatchedSandbox(slowSandbox(40), Date.now() - 2000);
  expect(watched.report().firstVerdictMs).toBeNull();
  const ready = watched.ready();
  await vi.advanceTimersByTimeAsync(40);
  await ready;
  expect(watched.report().firstVerdictMs).toBe(2040);
  const again = Promise.all([watched.ready(), watched.run([REQUEST])]);
  await vi.advanceTimersByTimeAsync(40);
  await again;
  expect(watched.report()).toMatchObject({ firstVerdictMs: 2040, runs: 1 + 4, busyMs: 80 });
});

test('a sandbox that starts but cannot judge is found out by the first batch, not by the start', async () => {
  const broken = { ...slowSandbox(0), run: async () => Promise.reject(new Error('no worker is left')) };
  const watched = new WatchedSandbox(broken, Date.now());
  await watched.ready();
  await expect(watched.run([REQUEST])).rejects.toThrow('no worker is left');
  expect(watched.report().firstVerdictMs).toBeNull();
});

test('a growing queue is told at once, and its end too, but never more than four times a second', async () => {
  const watched = new WatchedSandbox(slowSandbox(10), Date.now());
  const { told } = reporting(watched);
  const first = watched.run([REQUEST, REQUEST, REQUEST]);
  expect(told.map(({ queued }) => queued)).toEqual([3]);
  await vi.advanceTimersByTimeAsync(10);
  await first;
  expect(told).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(told.map(({ queued, runs }) => [queued, runs])).toEqual([
    [3, 0],
    [0, 12],
  ]);
  for (let i = 0; i < 100; i++) {
    void watched.run([REQUEST]);
    await vi.advanceTimersByTimeAsync(20);
  }
  expect(told.length - 2).toBeLessThanOrEqual(9);
  await vi.advanceTimersByTimeAsync(1000);
  expect(told.at(-1)).toMatchObject({ queued: 0, runs: 12 + 400 });
});

test('a run counts from its own beginning', async () => {
  const watched = new WatchedSandbox(slowSandbox(10), Date.now());
  const before = watched.run([REQUEST]);
  await vi.advanceTimersByTimeAsync(10);
  await before;
  const { reporter } = reporting(watched);
  expect(reporter.report()).toMatchObject({ runs: 0, busyMs: 0 });
  const after = watched.run([REQUEST, REQUEST]);
  await vi.advanceTimersByTimeAsync(10);
  await after;
  expect(reporter.report()).toMatchObject({ runs: 8, busyMs: 10, workers: 1 });
});
