/** A run leaves as one zip and comes back: from the page, from the folder of the lab, and a base from anywhere. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { unzipSync, type Zippable, zipSync } from 'fflate';
import type { Event } from '../src/run/protocol.ts';
import {
  bringIn,
  dropFolder,
  dropIn,
  exported,
  hearSteps,
  keepFirstStep,
  keptSteps,
  openRuns,
  press,
  said,
  takeStep,
} from './runs.ts';
import { listen, NOT_OURS, seriousViolations, snapshot, stateIs } from './visitor.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A run of seconds that warms its base up, so that the base travels, too. */
const VALUES = {
  preset: 'ci',
  seed: '5',
  steps: '4',
  'warm-up-updates': '80',
  'seeding-target': '4',
  'proposals-per-kind': '4',
  'evaluation-tasks': '2',
  'evaluation-tiers': '2',
  'evaluate-every': '2',
  device: 'wasm',
};
const SHORT = `?${new URLSearchParams(VALUES)}`;

const textOf = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const linesOf = (bytes: Uint8Array | undefined) => textOf(bytes).trim().split('\n');

/** The types of the events that the page is told from now on. */
async function hearTypes(page: Page): Promise<() => Promise<Event['type'][]>> {
  await page.evaluate(() => {
    const types: Event['type'][] = [];
    Object.assign(window, { types });
    window.kelvin!.onEvent(({ type }) => types.push(type));
  });
  return () => page.evaluate(() => (window as unknown as { types: Event['type'][] }).types);
}

/** As a browser does that clears its disk, in the page. */
function forgetAllRuns(): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('kelvin');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const { result: database } = opening;
      const clearing = database.transaction(['runs', 'kept', 'told'], 'readwrite');
      for (const name of ['runs', 'kept', 'told']) clearing.objectStore(name).clear();
      clearing.oncomplete = () => {
        database.close();
        resolve();
      };
    };
  });
}

test('page to zip to page: what is gone on with is the run that it was', async ({ page }) => {
  const heard = listen(page);
  await page.goto(SHORT);
  const whole = await hearSteps(page);
  await press(page, 'Start');
  await stateIs(page, 'finished');
  const unbroken = await whole();
  expect(unbroken).toHaveLength(4);

  await page.reload();
  for (const step of [1, 2]) await takeStep(page, step);
  const shown = await snapshot(page);
  await openRuns(page);
  await keptSteps(page, 2);
  const { name, bytes } = await exported(page, () => press(page, /^Export CI, seed 5/));
  expect(name).toBe('kelvin-ci-seed5-step2.zip');
  const files = unzipSync(bytes);
  expect(linesOf(files['metrics.jsonl'])).toEqual(unbroken.slice(0, 2));
  expect(textOf(files['README.md'])).toContain('library_name: transformers');
  expect(textOf(files['README.md'])).toContain('base forced to think');
  // The menu of the header gives the same.
  await press(page, /^Lab/);
  const menu = await exported(page, async () => {
    await press(page, 'Download');
    await page.getByRole('menuitem', { name: /The run/ }).click();
  });
  expect(Object.keys(unzipSync(menu.bytes)).sort()).toEqual(Object.keys(files).sort());

  // Where it is not, neither in the list nor on the page.
  await page.evaluate(() => window.kelvin!.reset());
  await openRuns(page);
  for (const left of [1, 0]) {
    await press(page, /^Delete CI/);
    await expect(page.locator('.runs-row')).toHaveCount(left);
  }
  await expect(page.getByText('There is none yet')).toBeVisible();
  await page.reload();
  await openRuns(page);
  await bringIn(page, [name, bytes]);
  await expect(said(page)).toContainText('“CI, seed 5” is here, with its 2 steps.');
  expect(await seriousViolations(page)).toEqual([]);
  const rest = await hearSteps(page);
  await press(page, /^Go on: CI, seed 5/);
  await stateIs(page, 'paused');
  const back = await snapshot(page);
  expect([back.step, back.tasks, back.base?.scores]).toEqual([2, shown.tasks, shown.base?.scores]);
  await press(page, 'Resume');
  await stateIs(page, 'finished');
  expect(await rest()).toEqual(unbroken.slice(2));
  expect(heard.filter((line) => !NOT_OURS.test(line))).toEqual([]);
});

test('what is no run is refused in a sentence, and nothing is lost', async ({ page }) => {
  await page.goto(SHORT);
  await takeStep(page, 1);
  await openRuns(page);
  await keptSteps(page, 1);
  const { bytes } = await exported(page, () => press(page, /^Export CI/));
  await bringIn(page, ['half.zip', bytes.subarray(0, bytes.length / 2)]);
  await expect(said(page)).toContainText('damaged or not complete: get it again');
  await bringIn(page, ['cats.zip', zipSync({ 'cat.txt': new Uint8Array(9) })]);
  await expect(said(page)).toContainText('There is no run in it');
  await bringIn(page, ['cat.json', new Uint8Array(9)]);
  await expect(said(page)).toContainText('“cat.json” is neither a zip nor a file of a run');
  // One that is whole comes in beside the one that is here, by dropping it, too.
  await dropIn(page, 'run.zip', bytes);
  await expect(said(page)).toContainText('is here, with its 1 step.');
  await expect(page.locator('.runs-row')).toHaveCount(2);
});

test('a folder of the lab, zipped by hand, is gone on with; its model alone is a base', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-'));
  try {
    const lab = (out: string, ...flags: string[]) => {
      const values = Object.entries(VALUES).flatMap(([flag, value]) => [`--${flag}`, value]);
      const { status, stderr } = spawnSync(
        process.execPath,
        [
          join(root, 'node_modules/tsx/dist/cli.mjs'),
          join(root, 'scripts/lab/main.ts'),
          ...values,
          ...['--out', join(folder, out)],
          ...flags,
        ],
        { cwd: root, encoding: 'utf8' },
      );
      expect(status, stderr).toBe(0);
      const read = readdirSync(join(folder, out)).map((name) => [
        name,
        readFileSync(join(folder, out, name)),
      ]);
      return Object.fromEntries(read) as Record<string, Buffer>;
    };
    const whole = linesOf(lab('whole')['metrics.jsonl']);
    const parts = lab('parts', '--stop-after', '2');
    expect(textOf(parts['README.md'])).toContain('npm run lab -- --preset ci --seed 5 --steps 4');

    await page.goto(SHORT);
    await openRuns(page);
    const inside = Object.entries(parts).map(([name, bytes]) => [`parts/${name}`, new Uint8Array(bytes)]);
    await bringIn(page, ['parts.zip', zipSync(Object.fromEntries(inside) as Zippable)]);
    await expect(said(page)).toContainText('is here, with its 2 steps.');
    const rest = await hearSteps(page);
    await press(page, /^Go on: CI, seed 5/);
    await stateIs(page, 'paused');
    expect((await snapshot(page)).tasks.length).toBeGreaterThan(0);
    await press(page, 'Resume');
    await stateIs(page, 'finished');
    expect(await rest()).toEqual(whole.slice(2));

    // The model alone, as loose files, begins another run, on a page without one.
    await page.goto('about:blank');
    await page.goto(SHORT);
    await openRuns(page);
    const model = ['config.json', 'model.safetensors'].map((name): [string, Buffer] => [name, parts[name]!]);
    await bringIn(page, ...model);
    await expect(said(page)).toContainText('begins from the base that you brought');
    await keepFirstStep(page, /^Go on: CI, seed 5/);
    const { bytes } = await exported(page, () => press(page, /^Export CI/));
    const files = unzipSync(bytes);
    expect(Buffer.from(files['base.safetensors']!).equals(parts['model.safetensors']!)).toBe(true);
    expect(Buffer.from(files['model.safetensors']!).equals(parts['model.safetensors']!)).toBe(false);
    expect(textOf(files['README.md'])).toMatch(/^base_model: "base-[0-9a-f]{8}"$/m);
    const foreign = JSON.parse(textOf(parts['config.json']));
    await bringIn(
      page,
      ['config.json', Buffer.from(JSON.stringify({ ...foreign, num_hidden_layers: 9 }))],
      model[1]!,
    );
    await expect(said(page)).toContainText('no shape of a reasoner');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a duplicate and other seeds begin from the base that was brought in', async ({ page }) => {
  const folder = join(root, 'public/bases/nano');
  const weights = readFileSync(join(folder, 'model.safetensors'));
  await page.goto(SHORT.replace('steps=4', 'steps=1'));
  await openRuns(page);
  // A folder is taken as it lies on the disk.
  await dropFolder(page, folder);
  await expect(said(page)).toContainText('begins from the base that you brought');
  await expect(page.locator('.runs-row')).toContainText('from the base “nano”');
  await press(page, /^Duplicate CI/);
  await expect(said(page)).toContainText('and begins from the base “nano”');
  // The tab remembers it: no link can carry it.
  await page.reload();
  await openRuns(page);
  const heard = await hearTypes(page);
  const seeds = page.getByRole('form', { name: 'Several seeds' });
  await seeds.getByRole('textbox').fill('6');
  await seeds.getByRole('button', { name: 'One after the other' }).click();
  await stateIs(page, 'finished');
  expect(await heard()).toContain('step');
  expect(await heard()).not.toContain('warm-up');
  const { bytes } = await exported(page, () => press(page, /^Export CI, seed 6/));
  const files = unzipSync(bytes);
  expect(Buffer.from(files['base.safetensors']!).equals(weights)).toBe(true);
  expect(textOf(files['README.md'])).toMatch(/^base_model: "nano"$/m);

  // Where no run that began from it is left, that is said, and nothing else begins.
  await press(page, /^Reset$/);
  await page.evaluate(forgetAllRuns);
  await press(page, /^Start$/);
  const refusal = page.locator('.transport').getByRole('alert');
  await expect(refusal).toContainText('The base “nano” is not in this browser any more. Bring it in again');
  expect((await snapshot(page)).state).toBe('idle');
});
