/** Runs that the browser keeps: through a reload and through a killed page, by name, and never silently lost. */
import { expect, test } from '@playwright/test';
import { unzipSync } from 'fflate';
import { exported, hearSteps, keepNothing, keptSteps, openRuns, press, takeStep } from './runs.ts';
import { listen, NOT_OURS, seriousViolations, snapshot, stateIs } from './visitor.ts';

/** A run of seconds that warms its base up in the tab, so that the base must be kept, too. */
const SHORT =
  '?preset=ci&seed=5&steps=6&warm-up-updates=80&seeding-target=4&proposals-per-kind=4&evaluation-tasks=2&evaluation-tiers=2&evaluate-every=3&device=wasm';

test('a run is the same run after a reload and after its page was killed', async ({ page, context }) => {
  const said = listen(page);
  await page.goto(SHORT);
  const whole = await hearSteps(page);
  await press(page, 'Start');
  await stateIs(page, 'finished');
  const unbroken = await whole();
  expect(unbroken).toHaveLength(6);

  // What was warmed up is kept before there is a step.
  await page.reload();
  await press(page, /^Slow/);
  await press(page, 'Start');
  await openRuns(page);
  await keptSteps(page, 0);
  await page.reload();
  await openRuns(page);
  await press(page, /Go on: CI, seed 5/);
  await stateIs(page, 'paused');
  await press(page, /^Lab/);
  const first = await hearSteps(page);
  for (const step of [1, 2]) await takeStep(page, step);
  expect(await first()).toEqual(unbroken.slice(0, 2));
  await openRuns(page);
  await keptSteps(page, 2);
  expect(await seriousViolations(page)).toEqual([]);

  await page.reload();
  const second = await hearSteps(page);
  await openRuns(page);
  await press(page, /Go on: CI, seed 5/);
  await stateIs(page, 'paused');
  // The page is drawn as it was.
  const shown = await snapshot(page);
  expect([shown.step, shown.metrics?.step]).toEqual([2, 2]);
  expect(shown.tasks.length).toBeGreaterThan(0);
  await takeStep(page, 3);
  expect(await second()).toEqual(unbroken.slice(2, 3));
  await openRuns(page);
  await keptSteps(page, 3);
  await press(page, /^Lab/);

  // Killed in the middle of a step, it does that step again.
  await press(page, /^Slow/);
  await press(page, 'Resume');
  await expect.poll(async () => (await snapshot(page)).step, { timeout: 120_000 }).toBe(4);
  const crashed = page.waitForEvent('crash');
  const cdp = await context.newCDPSession(page);
  void cdp.send('Page.crash').catch(() => {});
  await crashed;
  const third = await context.newPage();
  const saidThird = listen(third);
  await third.goto(SHORT);
  const rest = await hearSteps(third);
  await openRuns(third);
  await press(third, /Go on: CI, seed 5/);
  await stateIs(third, 'paused');
  expect((await snapshot(third)).step).toBe(3);
  await press(third, 'Resume');
  await stateIs(third, 'finished');
  expect(await rest()).toEqual(unbroken.slice(3));
  for (const all of [said, saidThird]) expect(all.filter((line) => !NOT_OURS.test(line))).toEqual([]);
});

test('a run has a name and a note, and is deleted with a way back', async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(window, { asked: 0 });
    navigator.storage.persist = async () => {
      (window as unknown as { asked: number }).asked++;
      return true;
    };
  });
  const asked = () => page.evaluate(() => (window as unknown as { asked: number }).asked);
  await page.goto(SHORT);
  await openRuns(page);
  await expect(page.getByText('There is none yet')).toBeVisible();
  await expect(page.locator('.runs')).toContainText(/[\d.]+ MB of [\d.]+ [MG]B are used/);
  expect(await asked()).toBe(0);
  await press(page, /^Lab/);
  await press(page, 'Start');
  await stateIs(page, 'finished');
  await openRuns(page);
  await keptSteps(page, 6);
  // The browser is asked once to keep them, however often something is kept.
  expect(await asked()).toBe(1);
  const name = page.getByRole('textbox', { name: 'Name' });
  await name.fill('the first of the class');
  await name.press('Enter');
  await page.getByRole('textbox', { name: 'Note' }).fill('seed five');
  await expect(page.getByRole('button', { name: 'Delete the first of the class' })).toBeVisible();
  await page.reload();
  await openRuns(page);
  await expect(name).toHaveValue('the first of the class');
  await press(page, /Delete the first of the class/);
  await expect(page.getByText('There is none yet')).toBeVisible();
  await press(page, 'Undo');
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue('seed five');
  // Its settings can be had for another run.
  await page.goto('?preset=demo');
  await openRuns(page);
  await press(page, /Duplicate the first of the class/);
  await expect(page.getByRole('alert')).toContainText('The next start has the settings');
  await expect(page).toHaveURL(/preset=ci&.*seed=5/);
  // What is finished can be gone on with.
  await press(page, /50 more steps/);
  await stateIs(page, 'paused');
  await takeStep(page, 7);
});

test('two tabs never write one run', async ({ page, context }) => {
  await page.goto(SHORT);
  await takeStep(page, 1);
  const other = await context.newPage();
  await other.goto(SHORT);
  await openRuns(other);
  await keptSteps(other, 1);
  await press(other, /Go on: CI, seed 5/);
  await expect(other.getByRole('alert')).toContainText('on the page of another tab');
  // What one tab keeps, the other shows.
  await takeStep(page, 2);
  await keptSteps(other, 2);
  await page.close();
  // The browser lets go of it in its own time.
  const held = () => other.evaluate(async () => (await navigator.locks.query()).held?.length);
  await expect.poll(held).toBe(0);
  await press(other, /Go on: CI, seed 5/);
  await stateIs(other, 'paused');
  await takeStep(other, 3);
});

test('a store that is full is said, the run goes on, and is kept whole when there is room', async ({
  page,
  context,
}) => {
  await page.goto(SHORT);
  const cdp = await context.newCDPSession(page);
  const origin = new URL(page.url()).origin;
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 100_000 });
  await takeStep(page, 1);
  await openRuns(page);
  await expect(page.getByRole('alert')).toContainText('room for runs is full');
  await cdp.send('Storage.overrideQuotaForOrigin', { origin });
  await takeStep(page, 2);
  await keptSteps(page, 2);
  await expect(page.getByRole('alert')).toBeHidden();
  // Without a hole: what could not be kept was kept with what came next.
  await page.reload();
  await openRuns(page);
  await press(page, /Go on: CI, seed 5/);
  await stateIs(page, 'paused');
  const { step, tasks } = await snapshot(page);
  expect(step).toBe(2);
  expect(tasks.length).toBeGreaterThan(0);
});

test('a browser that keeps nothing says so, and the run goes on', async ({ page }) => {
  await keepNothing(page);
  await page.goto(SHORT);
  const steps = await hearSteps(page);
  await press(page, 'Start');
  await stateIs(page, 'finished');
  await openRuns(page);
  await expect(page.getByRole('alert')).toContainText('keeps no runs here');
  // It leaves from memory, whole.
  await press(page, /^Lab/);
  const { bytes } = await exported(page, async () => {
    await press(page, 'Download');
    await page.getByRole('menuitem', { name: /The run/ }).click();
  });
  const lines = new TextDecoder().decode(unzipSync(bytes)['metrics.jsonl']).trim().split('\n');
  expect(lines).toEqual(await steps());
});
