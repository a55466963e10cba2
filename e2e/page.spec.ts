/** The page as a visitor meets it: real Chromium, real CPython, no part replaced. */
import { expect, test } from '@playwright/test';
import type { Event } from '../src/run/protocol.ts';
import { listen, NOT_OURS, seriousViolations, snapshot, stateIs } from './visitor.ts';

test('from one program to fifty tasks: warm-up, self-play, curves, controls, a clean console', async ({
  page,
}) => {
  const said = listen(page);
  await page.goto('?preset=ci&steps=12');
  await expect(page.getByText('hello world').first()).toBeVisible();
  expect(await seriousViolations(page)).toEqual([]);
  await page.evaluate(() => {
    const heard: Event[] = [];
    Object.assign(window, { heard });
    window.kelvin!.onEvent((event) => heard.push(event));
  });

  await page.getByRole('button', { name: 'Start' }).click();
  await stateIs(page, 'warming-up');
  await stateIs(page, 'running');

  await page.getByRole('button', { name: 'Pause' }).click();
  await stateIs(page, 'paused');
  const paused = (await snapshot(page)).step;
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(async () => (await snapshot(page)).step).toBe(paused + 1);
  await stateIs(page, 'paused');
  await page.getByRole('button', { name: 'Resume' }).click();
  await stateIs(page, 'finished');

  const { tasks, step, metrics } = await snapshot(page);
  expect(step).toBe(12);
  const seeds = tasks.filter(({ program }) => program.includes('hello world'));
  expect(new Set(seeds.map(({ program }) => program)).size).toBe(1);
  expect(
    new Set(tasks.map(({ kind, program, input }) => `${kind} ${program} ${input}`)).size,
  ).toBeGreaterThanOrEqual(50);
  expect(metrics?.heldOut?.deduction).toBeDefined();

  // Each of the six roles has a curve with points.
  const rewards = await page.evaluate(() => {
    const { heard } = window as unknown as { heard: Event[] };
    return heard.flatMap((event) => (event.type === 'step' ? Object.keys(event.metrics.reward) : []));
  });
  for (const role of ['propose', 'solve']) {
    for (const kind of ['deduction', 'abduction', 'induction']) {
      expect(rewards.filter((name) => name === `${role}:${kind}`).length).toBeGreaterThanOrEqual(5);
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

test('on WebGPU: a warm-up in the tab, then ten steps of self-play from the shipped base', async ({
  page,
}) => {
  const said = listen(page);
  // Few and short: a software adapter computes about a thousandth of what a GPU does.
  await page.goto(
    '?preset=ci&device=webgpu&steps=1&warm-up-updates=20&warm-up-batch=8&evaluation-tasks=1&evaluation-tiers=1' +
      '&max-solve-tokens=16&max-propose-tokens=16&seeding-rounds=1&proposals-per-kind=2',
  );
  await page.getByRole('button', { name: 'Start' }).click();
  await expect.poll(async () => (await snapshot(page)).engine?.backend).toBe('webgpu');
  await stateIs(page, 'finished');
  expect((await snapshot(page)).fatal).toBeNull();

  await page.goto(
    '?preset=demo-nano&device=webgpu&steps=10&proposals-per-kind=4&attempts-per-task=2&buffer-tasks-per-kind=1' +
      '&seeding-target=20&seeding-rounds=6&evaluation-tasks=1&evaluation-tiers=2&pass-k=0&max-solve-tokens=64',
  );
  await page.getByRole('button', { name: 'Start' }).click();
  await stateIs(page, 'finished');
  const { metrics, fatal, engine, step, tasks } = await snapshot(page);
  expect(fatal).toBeNull();
  expect(engine?.backend).toBe('webgpu');
  expect(step).toBe(10);
  expect(
    new Set(tasks.map(({ kind, program, input }) => `${kind} ${program} ${input}`)).size,
  ).toBeGreaterThanOrEqual(50);
  for (const number of [metrics?.loss, metrics?.gradNorm, metrics?.entropy]) {
    expect(Number.isFinite(number)).toBe(true);
  }
  expect(said.filter((text) => !NOT_OURS.test(text))).toEqual([]);
});

test('a link restores the configuration; a wrong value is named and replaced', async ({ page }) => {
  await page.goto(
    '?preset=demo-nano&seed=42&proposals-per-kind=9&temperature=99&learning_rate=1&utm_source=x',
  );
  await expect(page.getByText(/temperature/i).first()).toBeVisible();
  await expect(page.getByText(/did you mean “learning-rate”/).first()).toBeVisible();
  await expect(page.getByText(/utm/)).toHaveCount(0);
  await expect.poll(() => new URL(page.url()).searchParams.get('proposals-per-kind')).toBe('9');
  const { searchParams } = new URL(page.url());
  expect(searchParams.get('preset')).toBe('demo-nano');
  expect(searchParams.get('seed')).toBe('42');
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('textbox', { name: 'Proposals per kind' })).toHaveValue('9');
  await expect(page.getByRole('textbox', { name: 'Temperature', exact: true })).toHaveValue('1');
});

test('the first screen fits a laptop without scrolling and a phone without sideways scrolling', async ({
  page,
}) => {
  const overflow = () =>
    page.evaluate(() => {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
      return { sideways: scrollWidth - clientWidth, down: scrollHeight - clientHeight };
    });
  await page.goto('.');
  await expect(page.getByRole('button', { name: 'Start' })).toBeVisible();
  expect(await overflow()).toEqual({ sideways: 0, down: 0 });
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByRole('button', { name: 'Start' })).toBeVisible();
  expect((await overflow()).sideways).toBe(0);
  expect(await seriousViolations(page)).toEqual([]);
});

test('the shipped nano base loads and self-play starts at once', async ({ page }) => {
  const said = listen(page);
  await page.goto(
    '?preset=demo-nano&steps=2&seeding-target=2&proposals-per-kind=2&evaluation-tasks=2&pass-k=0',
  );
  await page.getByRole('button', { name: 'Start' }).click();
  await stateIs(page, 'finished');
  const { engine, base } = await snapshot(page);
  expect(engine?.parameters).toBeGreaterThan(200_000);
  expect(base?.scores.deduction).toBeDefined();
  expect(said.filter((text) => !NOT_OURS.test(text))).toEqual([]);
});

test('without Python there is a plain sentence and a way on', async ({ page }) => {
  await page.route('**/pyodide/**', (route) => route.abort());
  await page.goto('?preset=ci');
  await page.getByRole('button', { name: 'Start' }).click();
  const panel = page.getByRole('alert');
  await expect(panel).toContainText(/Python/);
  await expect(panel.getByRole('button', { name: 'Start again' })).toBeVisible();
  await page.unroute('**/pyodide/**');
  await panel.getByRole('button', { name: 'Start again' }).click();
  await stateIs(page, 'warming-up');
});

test('a base that does not arrive whole is refused by its checksum, and warming up is offered', async ({
  page,
}) => {
  await page.route('**/bases/nano/model.safetensors', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.body()).subarray(0, 1000) });
  });
  await page.goto('?preset=demo-nano');
  await page.getByRole('button', { name: 'Start' }).click();
  const panel = page.getByRole('alert');
  await expect(panel).toContainText('The nano base arrived damaged');
  await panel.getByRole('button', { name: 'Warm up in the tab instead' }).click();
  await stateIs(page, 'warming-up');
});
