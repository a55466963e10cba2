/** Without the network: the second visit, a new version that waits, parts that do not come, the page as a file. */
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { DIST, type StaticServer, serve } from '../scripts/common/server.ts';
import { keptFiles, largeFiles } from './kept.ts';
import { listen, NOT_OURS, seriousViolations, snapshot, stateIs } from './visitor.ts';

/** A run of seconds. */
const SHORT =
  '?preset=ci&seed=5&steps=2&warm-up-updates=40&seeding-target=4&proposals-per-kind=4&evaluation-tasks=2&evaluation-tiers=2&device=wasm';
const NANO = '?preset=demo-nano&device=wasm';

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();

test.describe('with a service worker', () => {
  test.use({ serviceWorkers: 'allow' });
  let folder: string;
  let server: StaticServer;

  test.beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kelvin-offline-'));
    cpSync(DIST, folder, { recursive: true });
    server = await serve(folder, { port: 0, base: '/class/7b/' });
  });
  test.afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  test('after one visit the page runs without its server: Python, bases, experiments', async ({
    page,
    context,
  }) => {
    await page.goto(server.url + NANO);
    await expect.poll(async () => (await keptFiles(page)).length).toBe(largeFiles());
    await page.close();
    await server.close();

    const second = await context.newPage();
    const said = listen(second);
    await second.goto(server.url + SHORT);
    await press(second, 'Start');
    await stateIs(second, 'finished');
    await press(second, 'Experiments');
    await expect(second.getByRole('slider', { name: /^Held-out/ }).first()).toBeVisible();
    await press(second, /^Runs/);
    await expect(
      second.getByText('CI, seed 5').or(second.locator('[value="CI, seed 5"]')).first(),
    ).toBeVisible();
    for (const size of ['nano', 'small', 'small-thinking', 'nano-level2']) {
      const bytes = await second.evaluate(
        async (name) => (await (await fetch(`bases/${name}/model.safetensors`)).arrayBuffer()).byteLength,
        size,
      );
      expect(bytes).toBe(readFileSync(join(DIST, `bases/${size}/model.safetensors`)).byteLength);
    }
    // A shipped base, too, is ready for a start.
    await second.goto(server.url + NANO);
    await expect(second.getByText('Python and the nano base are loaded')).toBeVisible();
    expect(said.filter((text) => !NOT_OURS.test(text))).toEqual([]);
  });

  test('where the connection is metered, only what is used is kept', async ({ page }) => {
    await page.addInitScript({
      content: `Object.defineProperty(navigator, 'connection', { value: { saveData: true } });`,
    });
    await page.goto(server.url + SHORT);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
    expect(await keptFiles(page)).toEqual([]);
    await press(page, 'Start');
    await stateIs(page, 'finished');
    const kept = await keptFiles(page);
    expect(kept.map((url) => url.slice(server.url.length)).toSorted()).toEqual([
      'pyodide/pyodide-lock.json',
      'pyodide/pyodide.asm.mjs',
      'pyodide/pyodide.asm.wasm',
      'pyodide/python_stdlib.zip',
    ]);
  });

  test('a new version waits for a yes, and for the other pages of Kelvin', async ({ page, context }) => {
    await page.goto(server.url + NANO);
    await expect.poll(async () => (await keptFiles(page)).length).toBe(largeFiles());
    publishNext(folder);

    // Nothing changes for who comes again; what is opened late comes from the version that is there.
    await page.reload();
    const notice = page.getByText('A new version of Kelvin is here.');
    await expect(notice).toBeVisible();
    expect(await seriousViolations(page)).toEqual([]);
    expect(await page.title()).toBe('Kelvin: self-play from absolute zero');
    await press(page, 'Experiments');
    await expect(page.getByRole('slider', { name: /^Held-out/ }).first()).toBeVisible();

    const other = await context.newPage();
    await other.goto(server.url + NANO);
    expect(await other.title()).toBe('Kelvin: self-play from absolute zero');
    await press(page, 'Update');
    await expect(page.getByText('Kelvin is open in another tab')).toBeVisible();
    await press(other, 'Experiments');
    await expect(other.getByRole('slider', { name: /^Held-out/ }).first()).toBeVisible();
    await other.close();

    await press(page, 'Update');
    await expect(page).toHaveTitle('Kelvin, the next');
    await expect(notice).toBeHidden();
    await expect(page.getByRole('button', { name: 'Start' })).toBeVisible();
    await server.close();
    await page.reload();
    await expect(page).toHaveTitle('Kelvin, the next');
    await expect(page.getByText('Python and the nano base are loaded')).toBeVisible();
    // What only the earlier version had is gone, and the new one is whole.
    await expect.poll(async () => (await keptFiles(page)).length).toBe(largeFiles());
    expect(await page.evaluate(async () => (await fetch('bases/small/card.json')).text())).toContain(
      'of the next version',
    );
  });
});

/** Puts another version of the page into the folder: another title, another base, other names of what is loaded late. */
function publishNext(folder: string): void {
  const path = (name: string) => join(folder, name);
  const rename = (text: string) => text.replaceAll(/ExperimentsView-/g, 'ExperimentsNext-');
  for (const name of readdirSync(path('assets'))) {
    const text = readFileSync(path(`assets/${name}`));
    if (name.startsWith('ExperimentsView-')) {
      rmSync(path(`assets/${name}`));
      writeFileSync(path(`assets/${rename(name)}`), text);
    }
    // The one that names them changes with them.
    if (name.startsWith('index-') && name.endsWith('.js')) {
      rmSync(path(`assets/${name}`));
      writeFileSync(path(`assets/next-${name}`), rename(text.toString()));
      edit(path('index.html'), (html) =>
        html.replaceAll(name, `next-${name}`).replace(/<title>[^<]*/, '<title>Kelvin, the next'),
      );
      edit(path('serviceWorker.js'), (worker) => rename(worker).replaceAll(name, `next-${name}`));
      // Parts import what they share from it.
      for (const part of readdirSync(path('assets')).filter((each) => each.endsWith('.js')))
        edit(path(`assets/${part}`), (script) => script.replaceAll(`./${name}`, `./next-${name}`));
    }
  }
  const config = 'bases/small/card.json';
  const before = digest('sha256', readFileSync(path(config)));
  edit(path(config), (json) => json.replace('{', '{ "_comment": "of the next version",'));
  edit(path('serviceWorker.js'), (worker) =>
    worker
      .replace(before, digest('sha256', readFileSync(path(config))))
      .replace(
        /(?<="revision":")\w+(?=","url":"index.html")/,
        digest('md5', readFileSync(path('index.html'))),
      ),
  );
}

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

const digest = (kind: string, bytes: Buffer) => createHash(kind).update(bytes).digest('hex');

test('experiments that do not come leave page and run alone, and Retry brings them', async ({
  page,
  context,
}) => {
  await page.goto(SHORT.replace('steps=2', 'steps=10000'));
  await press(page, 'Start');
  await stateIs(page, 'running');
  await context.setOffline(true);
  await press(page, 'Experiments');
  const failed = page.getByRole('alert').filter({ hasText: 'The experiments could not be loaded' });
  await expect(failed).toContainText('Check the connection');
  expect(await seriousViolations(page)).toEqual([]);
  const { step } = await snapshot(page);
  await expect.poll(async () => (await snapshot(page)).step).toBeGreaterThan(step);
  await failed.getByRole('button', { name: 'Retry' }).click();
  await expect(failed).toBeVisible();
  await context.setOffline(false);
  await failed.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByRole('slider', { name: /^Held-out/ }).first()).toBeVisible();
  // With its styles, which did not come either.
  await expect(page.locator('.experiments')).toHaveCSS('display', 'grid');
  await stateIs(page, 'running');
});

test('a start without the network names the network', async ({ page, context }) => {
  await page.addInitScript({
    content: `Object.defineProperty(navigator, 'connection', { value: { saveData: true } });`,
  });
  await page.goto(SHORT);
  await expect(page.getByText(/Press Start/).first()).toBeVisible();
  await context.setOffline(true);
  await press(page, 'Start');
  const panel = page.getByRole('alert');
  await expect(panel).toContainText('A part of the page did not arrive');
  await expect(panel).toContainText('Check the connection');
  await expect(panel.getByRole('button')).toHaveText([/Start again/]);
  await context.setOffline(false);
  await panel.getByRole('button', { name: 'Start again' }).click();
  await stateIs(page, 'finished');
});

test('opened as a file the page says why it cannot run, and what to do', async ({ page }) => {
  await page.goto(pathToFileURL(join(DIST, 'index.html')).href);
  const said = page.getByRole('alert');
  await expect(said).toContainText('opened as a file');
  await expect(said).toContainText('python3 -m http.server 8000');
  await expect(page.getByText('Loading the page')).toBeHidden();
  expect(await seriousViolations(page)).toEqual([]);
});

test('before its scripts have come the page says what it is', async ({ page }) => {
  let letCome = () => {};
  const mayCome = new Promise<void>((resolve) => {
    letCome = resolve;
  });
  await page.route('**/assets/*.js', async (route) => {
    await mayCome;
    await route.continue();
  });
  await page.goto('.', { waitUntil: 'commit' });
  await expect(page.getByText('A small AI that teaches itself')).toBeVisible();
  await expect(page.getByText('Loading the page')).toBeVisible();
  expect(await page.evaluate(() => document.getElementById('first-file')?.hidden)).toBe(true);
  letCome();
  await expect(page.getByRole('button', { name: 'Start' })).toBeVisible();
  await expect(page.getByText('Loading the page')).toHaveCount(0);
});
