/** The experiments' page: what is shipped is drawn and tabled, arms start here, runs stand side by side. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { EXPERIMENTS } from '../src/experiments/definitions.ts';
import type { ExperimentIndex } from '../src/experiments/results.ts';
import { listen, NOT_OURS, seriousViolations } from './visitor.ts';

const RUN_FILES = [
  {
    name: 'kelvin.json',
    mimeType: 'application/json',
    buffer: Buffer.from(
      JSON.stringify({ preset: 'ci', config: { size: 'pico', base: 'warm-up', steps: 77, seed: 3 } }),
    ),
  },
  {
    name: 'metrics.jsonl',
    mimeType: 'application/json',
    buffer: Buffer.from(
      [1, 2]
        .map((step) =>
          JSON.stringify({
            step,
            reward: {},
            solveRate: {},
            thinkShare: {},
            responseLength: {},
            validRate: 0.5,
          }),
        )
        .join('\n'),
    ),
  },
];

for (const [name, width, height] of [
  ['wide', 1440, 900],
  ['narrow', 390, 844],
] as const) {
  test(`shipped experiments are listed, drawn and tabled (${name})`, async ({ page }) => {
    const said = listen(page);
    await page.setViewportSize({ width, height });
    await page.goto('');
    const shipped = await page.evaluate(
      async () => (await (await fetch('experiments/index.json')).json()) as ExperimentIndex,
    );
    expect(shipped.experiments.length).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Experiments' }).click();
    const list = page.getByRole('navigation', { name: 'Experiments' });
    await expect(list.getByRole('button')).toHaveCount(EXPERIMENTS.length + 1);

    await list.getByRole('button', { name: /Base to self-play/ }).click();
    await expect(page.getByText('It does not show:')).toBeVisible();
    await expect(page.getByRole('slider', { name: /Held-out, mean of the kinds/ })).toBeVisible();
    await page.getByRole('radio', { name: 'Thinking' }).click();
    await expect(page.getByRole('slider', { name: /Thinking, deduction/ })).toBeVisible();
    await expect(page.getByRole('table').getByRole('row')).not.toHaveCount(1);

    await list.getByRole('button', { name: /^The climb Does/ }).click();
    await page.getByRole('radio', { name: '7–10 lines' }).click();
    await expect(page.getByRole('button', { name: /^Full method/ })).toContainText('0.6');
    expect(await seriousViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(said.filter((text) => !NOT_OURS.test(text))).toEqual([]);
  });
}

test('runs stand over one another with what differs between them; other files are refused in words', async ({
  page,
}) => {
  const said = listen(page);
  await page.goto('');
  await page.getByRole('button', { name: 'Experiments' }).click();
  await page.getByRole('button', { name: /^Compare/ }).click();
  const file = page.getByLabel('Add a run from its files');
  await file.setInputFiles(RUN_FILES.slice(0, 1));
  await expect(page.getByRole('alert')).toContainText('Choose these files together');
  await file.setInputFiles(RUN_FILES);
  await expect(page.getByRole('alert')).toHaveCount(0);
  const runs = page.getByRole('list', { name: 'Compared runs' }).getByRole('listitem');
  await expect(runs).toHaveCount(3);
  await expect(runs.last()).toContainText('ci, seed 3');
  const steps = page.getByRole('region', { name: 'Differences' }).getByRole('row', { name: /steps/ }).first();
  await expect(steps).toContainText('77');
  await page
    .getByRole('button', { name: /^Leave out/ })
    .first()
    .click();
  await expect(runs).toHaveCount(2);
  // The file has no clock beside it, and the shipped curve no tokens.
  const chart = page.locator('.experiment-chart');
  await chart.getByRole('radio', { name: 'Proposals' }).click();
  await chart.getByRole('radio', { name: 'minutes' }).click();
  await expect(chart).toContainText('Kept without minutes, and so not drawn over them: ci, seed 3.');
  await expect(chart.getByRole('slider')).toHaveAttribute('aria-valuetext', /^minute /);
  await chart.getByRole('radio', { name: 'tokens' }).click();
  await expect(chart).toContainText('Kept without tokens');
  await chart.getByRole('radio', { name: 'steps' }).click();
  await expect(chart).not.toContainText('Kept without');
  expect(await seriousViolations(page)).toEqual([]);
  expect(said.filter((text) => !NOT_OURS.test(text))).toEqual([]);
});

test('seeds run one after the other and are one line; a chart is zoomed, and leaves as a file', async ({
  page,
}) => {
  const said = listen(page);
  await page.goto('?preset=ci&steps=2&warm-up-updates=20&evaluate-every=1&seeding-rounds=1&seeding-target=1');
  await page.getByRole('button', { name: /^Runs/ }).click();
  const seeds = page.getByRole('form', { name: 'Several seeds' });
  await seeds.getByRole('textbox').fill('one');
  await seeds.getByRole('button', { name: 'One after the other' }).click();
  await expect(seeds.getByRole('alert')).toContainText('“one” is no seed');
  await seeds.getByRole('textbox').fill('5-6');
  await seeds.getByRole('button', { name: 'One after the other' }).click();
  await expect(seeds.getByRole('status')).toContainText('Seed 6 waits');
  await expect(page.locator('.runs-row')).toHaveCount(2);
  await expect(page.locator('.runs-row').getByText('2 of 2')).toHaveCount(2);
  await page.reload();

  await page.getByRole('button', { name: 'Experiments' }).click();
  await page.getByRole('button', { name: /^Compare/ }).click();
  const runs = page.getByRole('list', { name: 'Compared runs' }).getByRole('listitem');
  await expect(runs.first()).toContainText('seeds 5, 6');
  await page.getByRole('radio', { name: 'Proposals' }).click();
  const chart = page.getByRole('slider', { name: /cursor$/ });
  await chart.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('+');
  const whole = page.getByRole('button', { name: 'Whole run' });
  await expect(whole).toBeVisible();
  await whole.click();
  await expect(whole).toHaveCount(0);
  const box = (await chart.boundingBox()) as NonNullable<Awaited<ReturnType<typeof chart.boundingBox>>>;
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(whole).toBeVisible();

  for (const [item, begins] of [
    ['Values', /^step,/],
    ['Drawing', /^<svg /],
    ['Picture', /^.PNG/],
  ] as const) {
    await page
      .getByRole('button', { name: /^Download (?!$)/ })
      .last()
      .click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: new RegExp(`^${item}`) }).click();
    const path = await (await download).path();
    expect(readFileSync(path).toString('latin1')).toMatch(begins);
  }
  expect(await seriousViolations(page)).toEqual([]);
  expect(said.filter((text) => !NOT_OURS.test(text))).toEqual([]);
});

test('an arm starts in this tab, and replaces a run only when pressed twice', async ({ page }) => {
  await page.goto('?preset=ci');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('button', { name: 'Experiments' }).click();
  const run = page.getByRole('button', { name: /^Run here/ }).first();
  await run.click();
  await expect(page.getByText('running here')).toHaveCount(0);
  await page.getByRole('button', { name: /^Replace the run/ }).click();
  await expect(page.getByText('running here')).toBeVisible();
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
});
