/** The keys of the whole page: what the buttons do, never while one types, listed by a question mark. */
import { expect, test } from '@playwright/test';
import { withTeller } from './teller.ts';
import { seriousViolations, snapshot, stateIs } from './visitor.ts';

/** A run of seconds. */
const SHORT =
  '?preset=ci&seed=5&steps=2&warm-up-updates=40&seeding-target=4&proposals-per-kind=4&evaluation-tasks=2&evaluation-tiers=2&device=wasm';

test('Space, S and R do what the buttons do, and rest in a field and while they are off', async ({
  page,
}) => {
  await withTeller(page);
  await page.goto('?preset=ci&seed=3&steps=9');
  const step = async () => (await snapshot(page)).metrics?.step;
  await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeVisible();
  await page.keyboard.press('s');
  await expect.poll(step).toBe(1);
  await stateIs(page, 'paused');
  await page.keyboard.press(' ');
  await stateIs(page, 'running');
  // A run that goes on takes no single step.
  await page.keyboard.press('s');
  await page.keyboard.press(' ');
  await stateIs(page, 'paused');
  await page.keyboard.press('Control+s');
  await page.keyboard.press('S');
  await expect.poll(step).toBe(2);
  await stateIs(page, 'paused');

  await page.getByRole('button', { name: /^Buffer/ }).click();
  await page.getByRole('searchbox').fill('');
  await page.keyboard.type('r s?');
  await expect(page.getByRole('searchbox')).toHaveValue('r s?');
  expect(await step()).toBe(2);
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.getByRole('searchbox').blur();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  for (const key of ['Space', 'S', 'R', '?']) {
    await expect(dialog.getByText(key, { exact: true })).toBeVisible();
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await seriousViolations(page), colorScheme).toEqual([]);
  }
  await page.keyboard.press('r');
  await dialog.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.keyboard.press('r');
  await page.keyboard.press('?');
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Close' }).click();
  // Neither in the list nor while they were off.
  expect((await snapshot(page)).state).toBe('paused');
  await page.keyboard.press('r');
  await stateIs(page, 'idle');
});

test('a recording goes by the same keys, and by arrows where no slider takes them', async ({ page }) => {
  const step = async () => (await snapshot(page)).step;
  await page.goto('#recording=demo');
  await stateIs(page, 'paused');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('s');
  await expect.poll(step).toBe(3);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(step).toBe(2);
  // A slider goes its own way, a step and not two; a choice does not move the recording at all.
  await page.getByRole('slider', { name: 'Step of the recording' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(step).toBe(3);
  await page.getByRole('combobox', { name: 'Speed' }).focus();
  await page.keyboard.press('ArrowRight');
  expect(await step()).toBe(3);
  await page.getByRole('button', { name: 'One step back' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(step).toBe(2);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('→Takes a recording one step on');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+ArrowRight');
  expect(await step()).toBe(2);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press(' ');
  await stateIs(page, 'running');
  await page.keyboard.press(' ');
  await stateIs(page, 'paused');
  await page.keyboard.press('r');
  await stateIs(page, 'idle');
});

test('a run in slow motion goes back a stage and on again, held meanwhile, and then goes on', async ({
  page,
}) => {
  const lit = () => page.locator('.stage-head[data-lit="true"]').getAttribute('data-stage');
  const back = page.getByRole('button', { name: 'One stage back' });
  const on = page.getByRole('button', { name: 'One stage on' });
  await page.goto(SHORT);
  await page.getByRole('button', { name: /^Slow/ }).click();
  await page.getByRole('slider', { name: 'Seconds a stage is shown' }).fill('2');
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(page.locator('.stage-head[data-lit="true"]')).toHaveAttribute('data-stage', 'judge');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('ArrowLeft');
  await stateIs(page, 'paused');
  const { step } = await snapshot(page);
  await expect(page.getByText('Shown again; the run waits.')).toBeVisible();
  // Back to the first stage of the step, which has no tries yet, and not beyond it.
  for (let press = 0; press < 12 && (await back.isEnabled()); press++) await back.click();
  await expect(back).toBeDisabled();
  expect(await lit()).toBe('propose');
  await expect(page.locator('.attempts td')).toHaveCount(0);
  expect(await seriousViolations(page)).toEqual([]);
  for (let press = 0; press < 12 && (await on.isEnabled()); press++) await on.click();
  await expect(page.getByText('Shown again; the run waits.')).toBeHidden();
  expect(['judge', 'update']).toContain(await lit());
  expect(await snapshot(page)).toMatchObject({ step, state: 'paused' });
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByText('Shown again; the run waits.')).toBeHidden();
  await page.getByRole('button', { name: /^Slow/ }).click();
  await stateIs(page, 'finished');
});

test('R asks before steps are lost, as Reset does', async ({ page }) => {
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException('no storage here', 'SecurityError');
    };
  });
  await withTeller(page);
  await page.goto('?preset=ci&seed=3&steps=9');
  await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeVisible();
  await page.keyboard.press('s');
  await expect.poll(async () => (await snapshot(page)).metrics?.step).toBe(1);
  await page.keyboard.press('r');
  const question = page.getByRole('alertdialog');
  await expect(question).toBeVisible();
  await page.keyboard.press('s');
  await question.getByRole('button', { name: 'Stay with it' }).click();
  expect((await snapshot(page)).metrics?.step).toBe(1);
});
