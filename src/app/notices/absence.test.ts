import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchAbsence } from './absence.ts';

/** A tab that can be put out of sight. */
class Tab extends EventTarget {
  hidden = false;
  show(isShown: boolean): void {
    this.hidden = !isShown;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

function watch() {
  const tab = new Tab();
  const run = { isWorking: true };
  const told: string[] = [];
  const stop = watchAbsence(
    tab as unknown as Document,
    () => run.isWorking,
    (howLong) => told.push(howLong),
  );
  const leaveFor = (seconds: number) => {
    tab.show(false);
    vi.advanceTimersByTime(seconds * 1000);
    tab.show(true);
  };
  return { tab, run, told, stop, leaveFor };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a long absence during a run is told in words, each on its own', () => {
  const { told, leaveFor } = watch();
  leaveFor(42);
  leaveFor(300);
  expect(told).toEqual(['for about 40 s', 'for about 5 min']);
});

test('a short absence is not worth a word, nor do short ones add up', () => {
  const { told, leaveFor } = watch();
  for (let i = 0; i < 5; i++) leaveFor(19);
  expect(told).toEqual([]);
});

test('an absence without a run is nobody’s business', () => {
  const { run, told, leaveFor } = watch();
  run.isWorking = false;
  leaveFor(600);
  expect(told).toEqual([]);
});

test.each([
  ['ends', true],
  ['begins', false],
])('a run that %s out of sight counts', (_, workedAtFirst) => {
  const { tab, run, told } = watch();
  run.isWorking = workedAtFirst;
  tab.show(false);
  vi.advanceTimersByTime(60_000);
  run.isWorking = !workedAtFirst;
  tab.show(true);
  expect(told).toEqual(['for about 60 s']);
});

test('after the watch was stopped nothing is told', () => {
  const { told, stop, leaveFor } = watch();
  stop();
  leaveFor(60);
  expect(told).toEqual([]);
});
