/** The ways out of the lab: the paper, the documents, the source, from where one looks for them, also without the network. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { DIST, serve } from '../scripts/common/server.ts';
import { keptFiles, largeFiles } from './kept.ts';
import { listen, NOT_OURS, seriousViolations } from './visitor.ts';

const about = (page: Page) => page.getByRole('button', { name: 'About Kelvin' });

/** What a link opens beside the lab. */
async function opened(page: Page, name: string): Promise<Page> {
  const other = page.context().waitForEvent('page');
  await page.getByRole('link', { name, exact: true }).first().click();
  const document = await other;
  await document.waitForLoadState();
  return document;
}

test('paper, documents, source and licence are a press away', async ({ page }) => {
  const said = listen(page);
  await page.goto('');
  await about(page).click();
  expect(await seriousViolations(page)).toEqual([]);
  await expect(page.getByRole('link', { name: 'The paper' })).toHaveAttribute(
    'href',
    'https://arxiv.org/abs/2505.03335',
  );
  const readme = await opened(page, 'Documentation');
  await expect(readme.getByRole('heading', { level: 1 })).toHaveText('Kelvin');
  const licence = await opened(page, 'MIT licence');
  await expect(licence.getByText('Permission is hereby granted')).toBeVisible();
  const results = await opened(page, 'results');
  await expect(results.getByRole('heading', { level: 1 })).toHaveText('Results');

  const arriving = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Source code' }).click();
  const files = unzipSync(readFileSync(await (await arriving).path()));
  expect(strFromU8(files['kelvin-source/src/selfplay/loop.ts'] as Uint8Array)).toContain('Algorithm 1');
  expect(said.filter((text) => !NOT_OURS.test(text))).toEqual([]);
});

test('a term, a chart and the settings lead to the place that says more', async ({ page }) => {
  await page.goto('');
  await page.getByRole('button', { name: 'About Held-out accuracy' }).click();
  const metrics = await opened(page, 'More in the documentation');
  await expect(metrics.getByRole('heading', { name: 'metrics.jsonl' })).toBeInViewport();
  await page.getByRole('button', { name: 'Forced chain of thought' }).click();
  const term = page
    .getByRole('dialog', { name: 'Glossary' })
    .getByRole('article')
    .filter({ hasText: 'Zero-std group' });
  const isThere = await term.last().getByRole('link', { name: 'metrics' }).getAttribute('href');
  expect(isThere).toBe('docs/metrics.html#metricsjsonl');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = await opened(page, 'Every setting in the documentation');
  await expect(settings.getByRole('heading', { level: 1 })).toHaveText('Hyper-parameters');
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const)
  test(`documents are accessible and fit, light, dark and in the colours of the lab (${width} px)`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    for (const name of ['index', 'metrics', 'experiments/climb', 'kernels', 'source/src/selfplay/loop.ts']) {
      await page.goto(`docs/${name}.html`);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await seriousViolations(page), `${name}, ${colorScheme}`).toEqual([]);
      }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, name).toBeLessThanOrEqual(width);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    const dark = 'rgb(12, 15, 18)';
    await expect(page.locator('body')).not.toHaveCSS('background-color', dark);
    await page.evaluate(() => localStorage.setItem('kelvin-theme', 'dark'));
    await page.reload();
    await expect(page.locator('body')).toHaveCSS('background-color', dark);
  });

test.describe('with a service worker', () => {
  test.use({ serviceWorkers: 'allow' });

  test('after one visit documents and source are there without the network', async ({ page }) => {
    const folder = mkdtempSync(join(tmpdir(), 'kelvin-documents-'));
    cpSync(DIST, folder, { recursive: true });
    const server = await serve(folder, { port: 0, base: '/class/7b/' });
    try {
      await page.goto(`${server.url}?preset=demo-nano&device=wasm`);
      await expect.poll(async () => (await keptFiles(page)).length).toBe(largeFiles());
    } finally {
      await server.close();
      rmSync(folder, { recursive: true });
    }
    await about(page).click();
    const readme = await opened(page, 'Documentation');
    await readme.getByRole('link', { name: 'architecture' }).last().click();
    await readme.getByRole('link', { name: 'The rooms' }).click();
    await expect(readme.getByRole('heading', { name: 'The rooms' })).toBeInViewport();
    await readme.reload();
    await expect(readme.getByRole('heading', { name: 'The rooms' })).toBeVisible();
    await readme.getByRole('link', { name: 'src/selfplay/loop.ts' }).click();
    await expect(readme.getByText('The Absolute Zero loop')).toBeVisible();
    await readme.getByRole('link', { name: 'To the lab' }).click();
    await expect(readme.getByRole('button', { name: 'Start' })).toBeVisible();

    const arriving = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Source code' }).click();
    expect(statSync(await (await arriving).path()).size).toBe(statSync(join(DIST, 'kelvin-source.zip')).size);
  });
});

test('the README says how much is kept', () => {
  const files = readdirSync(DIST, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  const said = /(\d+) MB are kept/.exec(readFileSync(join(DIST, '../README.md'), 'utf8'))?.[1];
  expect(Math.abs(bytes / 1e6 - Number(said))).toBeLessThan(1);
});
