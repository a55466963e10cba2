/** The page as a visitor meets it: real Chromium, real CPython, no part replaced. */
import { expect, test } from '@playwright/test';
import { listen, NOT_OURS, seriousViolations, snapshot, stateIs } from './visitor.ts';

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
  await page.goto('?preset=demo-nano&warm-up-batch=8');
  await page.getByRole('button', { name: 'Start' }).click();
  const panel = page.getByRole('alert');
  await expect(panel).toContainText('The nano base arrived damaged');
  await panel.getByRole('button', { name: 'Warm up in the tab instead' }).click();
  await stateIs(page, 'warming-up');
});
