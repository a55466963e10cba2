/** A run as a visitor sees it: real Chromium, real CPython, no part replaced; longer in the long run. */
import { expect, test } from '@playwright/test';
import type { Event } from '../src/run/protocol.ts';
import { isLong, scaled } from '../test/scale.ts';
import { listen, NOT_OURS, seriousViolations, snapshot, stateIs } from './visitor.ts';

const STEPS = scaled(12, 4);
const TASKS = scaled(50, 20);

test(`from one program to ${TASKS} tasks: warm-up, self-play, curves, controls, a clean console`, async ({
  page,
}) => {
  const said = listen(page);
  await page.goto(`?preset=ci&steps=${STEPS}`);
  await expect(page.getByText('hello world').first()).toBeVisible();
  expect(await seriousViolations(page)).toEqual([]);
  await page.evaluate(() => {
    const heard: Event[] = [];
    Object.assign(window, { heard });
    window.kelvin!.onEvent((event) => heard.push(event));
  });

  await page.getByRole('button', { name: 'Start' }).click();
  // Held while it warms up: four steps may be over before a click arrives.
  await stateIs(page, 'warming-up');
  await page.getByRole('button', { name: 'Pause' }).click();
  await stateIs(page, 'paused');
  for (let step = 1; step <= 2; step++) {
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect.poll(async () => (await snapshot(page)).step, { timeout: 1_000_000 }).toBe(step);
    await stateIs(page, 'paused');
  }
  await page.getByRole('button', { name: 'Resume' }).click();
  await stateIs(page, 'finished');

  const { tasks, step, metrics } = await snapshot(page);
  expect(step).toBe(STEPS);
  const seeds = tasks.filter(({ program }) => program.includes('hello world'));
  expect(new Set(seeds.map(({ program }) => program)).size).toBe(1);
  expect(
    new Set(tasks.map(({ kind, program, input }) => `${kind} ${program} ${input}`)).size,
  ).toBeGreaterThanOrEqual(TASKS);
  expect(metrics?.heldOut?.deduction).toBeDefined();

  // Each of the six roles has a curve with points.
  const rewards = await page.evaluate(() => {
    const { heard } = window as unknown as { heard: Event[] };
    return heard.flatMap((event) => (event.type === 'step' ? Object.keys(event.metrics.reward) : []));
  });
  for (const role of ['propose', 'solve']) {
    for (const kind of ['deduction', 'abduction', 'induction']) {
      expect(rewards.filter((name) => name === `${role}:${kind}`).length).toBeGreaterThanOrEqual(
        scaled(5, 2),
      );
    }
  }
  await expect(page.locator('.uplot canvas').first()).toBeVisible();
  const latest = page.getByRole('table', { name: 'Reward by role' }).getByRole('cell');
  await expect(latest).toHaveText(Array.from({ length: 6 }, () => /^[−-]?\d/));
  expect(await seriousViolations(page)).toEqual([]);

  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await stateIs(page, 'idle');
  expect((await snapshot(page)).tasks).toEqual([]);
  expect(said.filter((text) => !NOT_OURS.test(text))).toEqual([]);
});

test('on WebGPU: self-play from the shipped base, and in the long run a warm-up in the tab', async ({
  page,
}) => {
  const said = listen(page);
  if (isLong) {
    await page.goto(
      `?preset=ci&device=webgpu&steps=1&warm-up-updates=20&warm-up-batch=8&evaluation-tasks=1&evaluation-tiers=1` +
        '&max-solve-tokens=16&max-propose-tokens=16&seeding-rounds=1&proposals-per-kind=2',
    );
    await page.getByRole('button', { name: 'Start' }).click();
    await expect.poll(async () => (await snapshot(page)).engine?.backend).toBe('webgpu');
    await stateIs(page, 'finished');
    expect((await snapshot(page)).fatal).toBeNull();
  }

  // Few and short: a software adapter computes about a thousandth of what a GPU does.
  await page.goto(
    `?preset=demo-nano&device=webgpu&steps=${scaled(10, 2)}&proposals-per-kind=4&attempts-per-task=2&buffer-tasks-per-kind=1` +
      `&seeding-target=${scaled(20, 8)}&seeding-rounds=6&evaluation-tasks=1&evaluation-tiers=2&pass-k=0&max-solve-tokens=64`,
  );
  await page.getByRole('button', { name: 'Start' }).click();
  await stateIs(page, 'finished');
  const { metrics, fatal, engine, step, tasks } = await snapshot(page);
  expect(fatal).toBeNull();
  expect(engine?.backend).toBe('webgpu');
  expect(step).toBe(scaled(10, 2));
  expect(
    new Set(tasks.map(({ kind, program, input }) => `${kind} ${program} ${input}`)).size,
  ).toBeGreaterThanOrEqual(TASKS);
  for (const number of [metrics?.loss, metrics?.gradNorm, metrics?.entropy]) {
    expect(Number.isFinite(number)).toBe(true);
  }
  expect(said.filter((text) => !NOT_OURS.test(text))).toEqual([]);
});
