/** Nothing is thrown away without a word: runs that leave the page, that cannot be kept, that another tab has. */
import { expect, type Page, test } from '@playwright/test';
import { unzipSync } from 'fflate';
import { exported, keepNothing } from './runs.ts';
import { stepTo, withTeller } from './teller.ts';
import { seriousViolations, snapshot } from './visitor.ts';

/** A text is the whole name of the button. */
const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true }).first().click();
const isPaused = (page: Page, step: number) =>
  expect
    .poll(async () => {
      const { state, step: at } = await snapshot(page);
      return [state, at];
    })
    .toEqual(['paused', step]);

test('a run that leaves the page is kept, says so, and can be had back', async ({ page }) => {
  await withTeller(page);
  await page.goto('?preset=ci&seed=3&steps=9');
  await stepTo(page, 2);
  await press(page, 'Reset');
  await expect(page.getByText('“CI, seed 3” is kept in Runs, up to step 2.')).toBeVisible();
  expect((await snapshot(page)).state).toBe('idle');
  await press(page, 'Open it again');
  await isPaused(page, 2);
  await expect(page.getByText('is kept in Runs')).toBeHidden();
  await press(page, 'Resume');
  await expect.poll(async () => (await snapshot(page)).state).toBe('running');
  await press(page, 'Pause');
  await stepTo(page, 9);
  await expect.poll(async () => (await snapshot(page)).state).toBe('finished');

  // Step on a finished run begins another; the finished one is a press away.
  await press(page, 'Step');
  await expect.poll(async () => (await snapshot(page)).step).toBe(1);
  await expect(page.getByText('“CI, seed 3” is kept in Runs, up to step 9.')).toBeVisible();
  await press(page, 'Open it again');
  await expect.poll(async () => (await snapshot(page)).step).toBe(9);
  await expect.poll(async () => (await snapshot(page)).state).toBe('finished');
  // Every stored run can be opened without going on with it.
  await press(page, /^Runs/);
  await page.getByRole('button', { name: 'Open CI, seed 3' }).first().click();
  await expect(page.getByRole('heading', { name: 'The loop' })).toBeVisible();
  await expect(page.locator('.uplot canvas').first()).toBeVisible();
});

test('steps that cannot be kept are not lost without a question, neither to a button nor to the browser', async ({
  page,
}) => {
  await keepNothing(page);
  await withTeller(page);
  await page.goto('?preset=ci&seed=3&steps=9');
  await stepTo(page, 2);
  await press(page, 'Reset');
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('2 steps of this run are not kept');
  await expect(question).toContainText('keeps no runs here');
  expect(await seriousViolations(page)).toEqual([]);
  await question.getByRole('button', { name: 'Stay with it' }).click();
  expect((await snapshot(page)).step).toBe(2);

  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  expect((await snapshot(page)).step).toBe(2);

  await press(page, 'Reset');
  await question.getByRole('button', { name: 'Lose the steps' }).click();
  await expect.poll(async () => (await snapshot(page)).state).toBe('idle');
  // Now there is nothing to lose, and nobody asks.
  page.on('dialog', () => {
    throw new Error('Nothing is lost.');
  });
  await page.reload();
});

test('a store that breaks while a run goes on is said, and the run leaves whole', async ({ page }) => {
  await withTeller(page);
  await page.goto('?preset=ci&seed=3&steps=9');
  await stepTo(page, 2);
  await press(page, /^Runs/);
  await expect(page.locator('.runs-facts').first()).toContainText('2 of ');
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('the disk is gone', 'UnknownError');
    };
  });
  await press(page, /^Lab/);
  await stepTo(page, 4);
  await press(page, /^Runs/);
  await expect(page.getByRole('alert')).toContainText('keeps no runs here (the disk is gone)');
  // What was kept before the break and what was not are one run.
  const { bytes } = await exported(page, () => press(page, 'Export CI, seed 3'));
  const files = unzipSync(bytes);
  const steps = new TextDecoder().decode(files['metrics.jsonl']).trim().split('\n');
  expect(steps.map((line) => JSON.parse(line).step)).toEqual([1, 2, 3, 4]);
  expect(JSON.parse(new TextDecoder().decode(files['state.json']))).toMatchObject({ step: 4 });
});

test('a run of another tab is shown read-only, follows its steps, and goes on here once that tab lets go', async ({
  page,
  context,
}) => {
  await withTeller(page);
  await page.goto('?preset=ci&seed=3&steps=9');
  await stepTo(page, 1);
  const other = await context.newPage();
  await withTeller(other);
  await other.goto('?preset=ci');
  await press(other, /^Runs/);
  await other.getByRole('button', { name: 'Open CI, seed 3' }).click();
  await expect(other.getByText('Read-only: this run is open in another tab.')).toBeVisible();
  expect(await seriousViolations(other)).toEqual([]);
  await isPaused(other, 1);
  for (const name of ['Resume', 'Step']) {
    await expect(other.getByRole('button', { name, exact: true })).toBeDisabled();
  }
  await expect(other.locator('.uplot canvas').first()).toBeVisible();
  await stepTo(page, 3);
  await isPaused(other, 3);
  expect((await snapshot(other)).tasks.map(({ id }) => id)).toEqual(['a0', 'a1', 'a2', 'a3']);
  await other.locator('.rail-list button').first().click();
  await expect(other.getByRole('dialog')).toContainText('reward');
  await other.keyboard.press('Escape');

  await page.close();
  await expect(other.getByText('Read-only')).toHaveCount(0);
  await stepTo(other, 4);
  expect((await snapshot(other)).tasks).toHaveLength(5);
  // And the other way round: who had it first now only looks.
  const third = await context.newPage();
  await withTeller(third);
  await third.goto(other.url());
  await expect(third.getByText('Read-only: this run is open in another tab.')).toBeVisible();
});
