/** The shipped recording: plays without an engine, without Python and without the network, the same way back and forth. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { DIST, serve } from '../scripts/common/server.ts';
import { listen, NOT_OURS, seriousViolations, snapshot, stateIs } from './visitor.ts';

const RECORDING = '#recording=demo';
const STEPS = 24;

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
const slider = (page: Page) => page.getByRole('slider', { name: 'Step of the recording' });
async function seek(page: Page, step: number): Promise<void> {
  await slider(page).fill(String(step));
  await expect(slider(page)).toHaveAttribute('aria-valuetext', `Step ${step} of ${STEPS}`);
}

/** What a visitor sees of the run: the loop, the numbers of the charts, the buffer. */
async function shown(page: Page): Promise<string[]> {
  const { step, metrics, tasks } = await snapshot(page);
  await expect(page.locator('.loop-caption')).toContainText(step > 0 ? `step ${step}` : 'no update yet');
  const texts = await page.locator('.loop, .readouts, .buffer-rail').allInnerTexts();
  return [
    ...texts,
    JSON.stringify({ step, metrics, tasks: tasks.map(({ id, solveRate }) => [id, solveRate]) }),
  ];
}

/** Whatever computes is taken away: graphics card, WebAssembly, workers. */
async function withoutEngines(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'gpu', { value: undefined });
    Object.assign(window, { WebAssembly: undefined, Worker: undefined });
  });
}

test('the recorded run plays, steps and scrubs without an engine and without Python', async ({ page }) => {
  const said = listen(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await withoutEngines(page);
  await page.goto(RECORDING);
  await stateIs(page, 'paused');
  await expect(page.getByText('Demo, seed 1; nothing is computed here')).toBeVisible();
  await expect(page).toHaveURL(/steps=24.*#recording=demo$/);
  const beginning = await shown(page);

  await press(page, 'One step on');
  await press(page, 'One step on');
  const second = await shown(page);
  expect((await snapshot(page)).metrics?.step).toBe(2);
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('16');
  await page.getByRole('button', { name: 'Play', exact: true }).and(page.locator('.transport *')).click();
  await expect.poll(async () => (await snapshot(page)).step).toBeGreaterThan(3);
  await press(page, 'Pause');
  await stateIs(page, 'paused');

  await seek(page, 20);
  const twentieth = await shown(page);
  await press(page, 'One step back');
  expect((await snapshot(page)).metrics?.step).toBe(19);
  await seek(page, 2);
  expect(await shown(page)).toEqual(second);
  await seek(page, 0);
  expect(await shown(page)).toEqual(beginning);
  await seek(page, 20);
  expect(await shown(page)).toEqual(twentieth);

  await seek(page, STEPS);
  await expect(page.getByRole('button', { name: 'Play again' })).toBeVisible();
  expect(await seriousViolations(page)).toEqual([]);
  // A task has all its attempts, also one of long ago.
  await press(page, /^Buffer/);
  await page.getByRole('option').last().click();
  await expect(page.getByRole('region', { name: 'Task', exact: true })).toContainText('Attempts');
  await page.keyboard.press('Escape');
  await press(page, 'Lab');

  // In slow motion the same buttons go from stage to stage.
  await seek(page, 5);
  await press(page, /^Slow/);
  await press(page, 'One stage on');
  await expect(page.locator('.stage-head[data-lit="true"]')).toHaveAttribute('data-stage', 'propose');
  await press(page, /^Slow/);
  await press(page, 'Close');
  await stateIs(page, 'idle');
  await expect(page).not.toHaveURL(/recording/);
  expect(asked.filter((url) => /pyodide|bases\//.test(url))).toEqual([]);
  expect(said.filter((line) => !NOT_OURS.test(line))).toEqual([]);
});

test('who does not want to wait watches it from the first screen, at 390 px, too', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('.');
  await press(page, 'Watch a recorded run');
  await stateIs(page, 'running');
  await press(page, 'Pause');
  await seek(page, 12);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await press(page, /^Slow/);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await press(page, /^Slow/);
  expect(await seriousViolations(page)).toEqual([]);
  // Reloaded, the recording is there again, at its step.
  await page.reload();
  await stateIs(page, 'paused');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', `Step 12 of ${STEPS}`);
});

test('the address keeps the step, without an entry each, and a copied link leads to it', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await withoutEngines(page);
  await page.goto(`?hide=buffer${RECORDING}&step=12`);
  await stateIs(page, 'paused');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', `Step 12 of ${STEPS}`);
  await expect(page.locator('.loop-caption')).toContainText('A task from step 12');
  await expect(page).toHaveURL(/hide=buffer#recording=demo&step=12$/);
  const entries = await page.evaluate(() => history.length);

  await press(page, 'One step on');
  await expect(page).toHaveURL(/#recording=demo&step=13$/);
  await seek(page, 0);
  await expect(page).toHaveURL(/#recording=demo$/);
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('16');
  await page.getByRole('button', { name: 'Play', exact: true }).and(page.locator('.transport *')).click();
  await expect(page).toHaveURL(/&step=[2-9]$/);
  await press(page, 'Pause');
  await seek(page, 7);
  await expect(page).toHaveURL(/&step=7$/);
  expect(await page.evaluate(() => history.length)).toBe(entries);

  // The panel that is hidden here is hidden there.
  await press(page, 'Copy link to this set-up');
  await page.getByRole('menuitem', { name: /the recording, at this step/ }).click();
  await expect.poll(copied).toMatch(/steps=24.*&hide=buffer#recording=demo&step=7$/);
  await page.reload();
  await stateIs(page, 'paused');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', `Step 7 of ${STEPS}`);
  // Written by hand; a step that it does not have is its end.
  await page.evaluate(() => location.assign('#recording=demo&step=3'));
  await expect(slider(page)).toHaveAttribute('aria-valuetext', `Step 3 of ${STEPS}`);
  await page.evaluate(() => location.assign('#recording=demo&step=99'));
  await expect(slider(page)).toHaveAttribute('aria-valuetext', `Step ${STEPS} of ${STEPS}`);
  await expect(page).toHaveURL(/&step=24$/);
});

test('a recording that is not to be had is said, and the page goes on', async ({ page }) => {
  await page.goto('#recording=nothing-of-that-name');
  await expect(page.getByText('The recording of this address does not play.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start' })).toBeEnabled();
});

test('a run of this browser is played, leaves as a recording and comes back as one', async ({ page }) => {
  await page.goto(
    '?preset=ci&seed=5&steps=2&warm-up-updates=40&seeding-target=4&proposals-per-kind=4&evaluation-tasks=2&evaluation-tiers=2&device=wasm',
  );
  await press(page, 'Start');
  await stateIs(page, 'finished');
  await press(page, /^Runs/);
  await expect(page.locator('.runs-facts').first()).toContainText('2 of 2');
  await press(page, /^Replay CI, seed 5/);
  await expect(slider(page)).toHaveAttribute('aria-valuetext', 'Step 0 of 2');
  await press(page, 'One step on');
  expect((await snapshot(page)).metrics?.step).toBe(1);
  // With its stages, as they were told.
  await expect(page.locator('.loop-caption')).toContainText('A task from step 1');
  await press(page, /^Runs/);
  const coming = page.waitForEvent('download');
  await press(page, /^Recording CI, seed 5/);
  const download = await coming;
  expect(download.suggestedFilename()).toBe('kelvin-ci-seed5-step2.recording');
  const buffer = readFileSync(await download.path());
  const input = page.locator('input[type=file]').first();
  const file = { name: 'ours.recording', mimeType: 'application/gzip' };
  await input.setInputFiles({ ...file, buffer: buffer.subarray(0, buffer.length - 9) });
  await expect(page.getByRole('alert')).toContainText('The recording is damaged or not complete');
  await input.setInputFiles({ ...file, buffer });
  await expect(slider(page)).toHaveAttribute('aria-valuetext', 'Step 0 of 2');
  await slider(page).fill('2');
  await stateIs(page, 'finished');
});

test.describe('without the network', () => {
  test.use({ serviceWorkers: 'allow' });

  test('after one visit the recording plays without its server', async ({ page, context }) => {
    const folder = mkdtempSync(join(tmpdir(), 'kelvin-recording-'));
    cpSync(DIST, folder, { recursive: true });
    const server = await serve(folder, { port: 0, base: '/class/7b/' });
    try {
      await page.goto(server.url + RECORDING);
      await stateIs(page, 'paused');
      await press(page, 'One step on');
      const isKept = () =>
        page.evaluate(async () => {
          const names = (await caches.keys()).filter((name) => name.startsWith('kelvin-large-'));
          const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
          return keys.flat().some(({ url }) => url.includes('recordings/demo'));
        });
      await expect.poll(isKept).toBe(true);
      await page.close();
      await server.close();
      const second = await context.newPage();
      await withoutEngines(second);
      await second.goto(`${server.url}${RECORDING}&step=5`);
      await stateIs(second, 'paused');
      await expect(slider(second)).toHaveAttribute('aria-valuetext', `Step 5 of ${STEPS}`);
      await seek(second, STEPS);
      await stateIs(second, 'finished');
    } finally {
      await server.close();
      rmSync(folder, { recursive: true });
    }
  });
});
