import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AbandonedError, RunControl, yieldToMessages } from './control.ts';

/** A run of steps with three stages each, as the loop behaves. */
function run(control: RunControl, mayHold = true) {
  const log: string[] = [];
  const done = (async () => {
    for (let step = 1; step <= 5; step++) {
      await control.beforeStep();
      for (const stage of ['a', 'b', 'c']) {
        log.push(`${step}${stage}`);
        await control.checkpoint(mayHold);
      }
    }
  })();
  return { log, done };
}

/** Long enough for a run of five steps to reach its next wait. */
async function settle(): Promise<void> {
  for (let i = 0; i < 60; i++) await yieldToMessages();
}

test('a run that nobody holds runs through', async () => {
  const { log, done } = run(new RunControl(false, () => {}));
  await done;
  expect(log).toHaveLength(15);
});

test('started paused it waits before its first step, and each step is exactly one', async () => {
  const holds: boolean[] = [];
  const control = new RunControl(true, (isHeld) => holds.push(isHeld));
  const { log } = run(control);
  await settle();
  expect(log).toEqual([]);
  control.step();
  await settle();
  expect(log).toEqual(['1a', '1b', '1c']);
  control.step();
  await settle();
  expect(log.at(-1)).toBe('2c');
  expect(holds).toEqual([true, false, true, false, true]);
  control.resume();
  await settle();
  expect(log.at(-1)).toBe('5c');
});

test('pause holds within a step; step then finishes that step only', async () => {
  const control = new RunControl(false, () => {});
  const { log } = run(control);
  while (log.length < 5) await yieldToMessages();
  control.pause();
  await settle();
  const held = [...log];
  expect(held.length).toBeLessThan(9);
  await settle();
  expect(log).toEqual(held);
  control.step();
  await settle();
  const last = held.at(-1)?.[0];
  expect(log.at(-1)).toBe(`${last}c`);
});

test('a pause at full speed lets the step finish', async () => {
  const control = new RunControl(false, () => {});
  const { log } = run(control, false);
  while (log.length < 5) await yieldToMessages();
  control.pause();
  await settle();
  expect(log.at(-1)).toMatch(/c$/);
  const steps = log.length / 3;
  control.step();
  await settle();
  expect(log).toHaveLength(3 * (steps + 1));
});

test('abandon ends a running and a waiting run', async () => {
  for (const isPaused of [true, false]) {
    const control = new RunControl(isPaused, () => {});
    const { done } = run(control);
    control.abandon();
    await expect(done).rejects.toThrow(AbandonedError);
  }
});

test('errands run between stages and while held, never inside one', async () => {
  const control = new RunControl(true, () => {});
  const { log, done } = run(control);
  await settle();
  let visits = 0;
  control.whenIdle(async () => {
    visits++;
  });
  await settle();
  expect(visits).toBe(1);
  control.resume();
  control.whenIdle(async () => {
    visits += 10;
  });
  await done;
  expect([visits, log.length]).toEqual([11, 15]);
});

describe('lingering', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  test('lasts as long as asked', async () => {
    const control = new RunControl(false, () => {});
    const lingering = control.linger(60);
    await vi.advanceTimersByTimeAsync(60_000);
    await lingering;
    expect(control.heldMs).toBe(60_000);
  });

  test('ends early when a command arrives', async () => {
    const control = new RunControl(false, () => {});
    const lingering = control.linger(60);
    await vi.advanceTimersByTimeAsync(1_000);
    control.resume();
    await lingering;
    expect(control.heldMs).toBe(1_000);
    expect(vi.getTimerCount()).toBe(0);
  });
});
