/** Every view, drawer, menu and question there is, by axe, light and dark, wide and on a phone. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { zipSync } from 'fflate';
import { keepNothing } from './runs.ts';
import { stepTo, withTeller } from './teller.ts';
import { seriousViolations, snapshot } from './visitor.ts';

/** A text is the whole name of the button. */
const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true }).first().click();
const view = (page: Page, name: string) =>
  page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click();

const base = (name: string) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: readFileSync(fileURLToPath(new URL(`../public/bases/nano/${name}`, import.meta.url))),
});
const zipOf = (name: string, buffer: Uint8Array) => ({
  name,
  mimeType: 'application/zip',
  buffer: Buffer.from(buffer),
});

async function bringIn(page: Page, ...files: ReturnType<typeof base>[]): Promise<void> {
  const chosen = page.waitForEvent('filechooser');
  await press(page, /^Bring in a run/);
  await (await chosen).setFiles(files);
}

for (const [name, width, height] of [
  ['wide', 1440, 900],
  ['on a phone', 390, 844],
] as const) {
  test(`everything that can be opened is accessible, light and dark (${name})`, async ({ page }) => {
    /** What is open now, in both colours; colours that are on their way are no colours yet. */
    const look = async (what: string) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        expect(await seriousViolations(page), `${what}, ${colorScheme}`).toEqual([]);
      }
    };
    await page.setViewportSize({ width, height });
    await withTeller(page);
    await page.goto('?preset=ci&seed=3&steps=4&temperature=99#run=nowhere');
    await expect(page.getByText('One value in the link is wrong.')).toBeVisible();
    await look('before Start, with what is wrong in the link');

    await press(page, 'Settings');
    await look('settings');
    await page.keyboard.press('Escape');
    await press(page, /^Seed program/);
    await page.getByRole('dialog').getByRole('textbox').fill('def f(x)');
    await look('the editor of the seed program');
    await page.keyboard.press('Escape');
    await press(page, 'Glossary');
    await expect(page.getByRole('dialog')).toContainText('Policy');
    await look('glossary');
    await page.keyboard.press('Escape');
    for (const menu of [/^(Preset )?CI/, 'Download']) {
      await press(page, menu);
      await expect(page.getByRole('menu')).toBeVisible();
      await look(`the menu ${menu}`);
      await page.keyboard.press('Escape');
    }

    await stepTo(page, 2);
    await look('the lab between two steps');
    await press(page, 'Download Reward by role');
    await look('the menu of a chart');
    await page.keyboard.press('Escape');
    await press(page, 'About Held-out accuracy');
    await look('what a chart says about itself');
    await page.keyboard.press('Escape');
    for (const charts of ['Policy', 'Machine', 'Verifier']) {
      await page.getByRole('radio', { name: charts, exact: true }).click();
      await look(charts);
    }
    await page.locator('.rail-list button').first().click();
    await expect(page.getByRole('dialog')).toContainText('Grew from');
    await look('a task beside the lab');
    await page.keyboard.press('Escape');

    await view(page, 'Buffer');
    await look('buffer');
    await page
      .getByRole('textbox', { name: /search/i })
      .or(page.getByRole('searchbox'))
      .fill('nothing like it');
    await expect(page.getByText('No task is like this.')).toBeVisible();
    await look('a search without a hit');

    await view(page, 'Runs');
    await expect(page.locator('.runs-row')).toHaveCount(1);
    const seeds = page.getByRole('form', { name: 'Several seeds' });
    await seeds.getByRole('textbox').fill('one');
    await seeds.getByRole('button', { name: 'One after the other' }).click();
    await expect(seeds.getByRole('alert')).toBeVisible();
    await look('runs, with a seed that is none');
    await bringIn(page, zipOf('cats.zip', zipSync({ 'cat.txt': new Uint8Array(9) })));
    await expect(page.getByText('There is no run in it')).toBeVisible();
    await look('a zip without a run');
    await bringIn(page, base('config.json'), base('model.safetensors'));
    await expect(page.getByText('begins from the base that you brought')).toBeVisible();
    await look('a bare model');
    await press(page, /^Delete CI, seed 3/);
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
    await look('a run that was deleted');

    await view(page, 'Experiments');
    const list = page.getByRole('navigation', { name: 'Experiments' });
    for (const title of await list.getByRole('button').allInnerTexts()) {
      const [first = ''] = title.split('\n');
      await list
        .getByRole('button', { name: new RegExp(`^${first}\\b`) })
        .first()
        .click();
      await expect(page.getByText(/^Loading/)).toHaveCount(0);
      await look(first);
    }
  });
}

test('the question before steps are lost, and seeds that wait, are accessible in both colours', async ({
  page,
}) => {
  await keepNothing(page);
  await withTeller(page);
  await page.goto('?preset=ci&seed=3&steps=9');
  await view(page, 'Runs');
  const seeds = page.getByRole('form', { name: 'Several seeds' });
  await seeds.getByRole('textbox').fill('5-6');
  await seeds.getByRole('button', { name: 'One after the other' }).click();
  await expect(seeds.getByRole('status')).toContainText('Seed 6 waits');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await seriousViolations(page), `seeds that wait, ${colorScheme}`).toEqual([]);
  }
  await page.goto('about:blank');
  await page.goto('?preset=ci&seed=3&steps=9');
  await stepTo(page, 2);
  await press(page, 'Reset');
  await expect(page.getByRole('alertdialog')).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await seriousViolations(page), `the question, ${colorScheme}`).toEqual([]);
  }
  expect((await snapshot(page)).step).toBe(2);
});
