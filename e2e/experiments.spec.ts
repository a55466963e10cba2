/** The experiments' page: what is shipped is drawn and tabled, arms start here, runs stand side by side. */
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

    await list.getByRole('button', { name: /ablations/ }).click();
    const full = page.getByRole('button', { name: /^Full method/ });
    const atSmall = (await full.textContent()) ?? '';
    await page.getByRole('radio', { name: 'nano' }).click();
    await expect(full).not.toHaveText(atSmall);
    expect(await seriousViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(said.filter((text) => !NOT_OURS.test(text))).toEqual([]);
  });
}

test('two runs stand side by side with what differs between them; other files are refused in words', async ({
  page,
}) => {
  await page.goto('');
  await page.getByRole('button', { name: 'Experiments' }).click();
  await page.getByRole('button', { name: /^Side by side/ }).click();
  const file = page.getByLabel('Add a run from its files');
  await file.setInputFiles(RUN_FILES.slice(0, 1));
  await expect(page.getByRole('alert')).toContainText('Choose two files together');
  await file.setInputFiles(RUN_FILES);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByLabel('B', { exact: true })).toContainText('ci, seed 3');
  await expect(
    page.getByRole('region', { name: 'Differences' }).getByRole('row', { name: /steps/ }).first(),
  ).toContainText('77');
  expect(await seriousViolations(page)).toEqual([]);
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
