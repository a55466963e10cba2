/** Where a task comes from: the family tree of a stored run of 2,000 tasks, brought in as a zip. */
import { expect, type Page, test } from '@playwright/test';
import { zipSync } from 'fflate';
import { presetConfig } from '../src/config/presets.ts';
import { momentsToHuggingFace, toHuggingFace } from '../src/reasoner/checkpoint.ts';
import { SIZES } from '../src/reasoner/config.ts';
import { initialValues } from '../src/reasoner/parameters.ts';
import { writeSafetensors } from '../src/reasoner/safetensors.ts';
import { runFolder } from '../src/run/folder/write.ts';
import type { Event } from '../src/run/protocol.ts';
import type { Task } from '../src/tasks/task.ts';
import { stepEvent, taskOf } from '../test/builders.ts';
import { openFullBuffer } from './fullBuffer.ts';
import { stepTo, withTeller } from './teller.ts';
import { listen, NOT_OURS, seriousViolations } from './visitor.ts';

const TASKS = 2000;
const A_STEP = 50;
const STEPS = TASKS / A_STEP;
const KINDS = ['deduction', 'abduction', 'induction'] as const;

/** A task that was proposed without references. */
const ALONE = 6;

/**
 * Task 0 is the seed; every other one has a line more than the task of half its number, and knows another one, but for
 * one that was made from nothing.
 */
function taskAt(at: number): Task {
  const lines: string[] = [];
  for (let one = at; one > 0; one = Math.floor(one / 2)) lines.unshift(`    x = x + ${one}`);
  return taskOf(`t${at}`, {
    kind: KINDS[at % 3]!,
    program: ['def f(x):', ...lines, '    return x'].join('\n'),
    step: Math.floor(at / A_STEP),
    parents: at === 0 || at === ALONE ? [] : [`t${Math.floor(at / 7)}`, `t${Math.floor(at / 2)}`],
    solveRate: at % 11 === 0 ? null : (at % 9) / 8,
  });
}

/** A whole run in a zip, as Export makes it. */
function zipOfRun(): Buffer {
  const config = { ...presetConfig('ci'), steps: STEPS };
  const shape = SIZES[config.size];
  const values = initialValues(shape, 5);
  const weights = writeSafetensors(toHuggingFace(shape, values));
  const moments = momentsToHuggingFace(shape, { first: values, second: values, steps: 3 });
  const optimizer = writeSafetensors(moments.tensors, { metadata: moments.metadata });
  const events: Event[] = [];
  for (let step = 0; step < STEPS; step++) {
    const added = Array.from({ length: A_STEP }, (_, at) => taskAt(step * A_STEP + at));
    // One that others descend from leaves the buffer.
    events.push({ type: 'tasks', added, updated: [], evicted: step === 30 ? ['t1'] : [] });
    if (step > 0) events.push(stepEvent(step));
  }
  const state = { step: STEPS - 1 };
  const files = runFolder({
    entry: {
      ...{ id: 'there', name: 'two thousand', note: '', preset: 'ci', config, device: 'wasm' },
      ...{ seedProgram: null, ownBase: null, step: STEPS - 1, parts: 1, created: 1, changed: 2 },
      ...{ score: null, bytes: 3, toldBytes: 4, deleted: null },
    },
    run: { state, weights, optimizer, base: weights },
    events,
  });
  const entries = Object.entries(files).map(([name, content]) => [
    name,
    typeof content === 'string' ? new TextEncoder().encode(content) : content,
  ]);
  return Buffer.from(zipSync(Object.fromEntries(entries), { level: 0 }));
}

async function bringIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Runs/ }).click();
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /^Bring in a run/ }).click();
  const file = { name: 'run.zip', mimeType: 'application/zip', buffer: zipOfRun() };
  await (await chosen).setFiles([file]);
  await expect(page.getByText('“two thousand” is here')).toBeVisible();
  await page.getByRole('button', { name: /^Open two thousand/ }).click();
  // An opened run leads to the lab, and whoever went elsewhere meanwhile with it.
  await expect(page.locator('.app')).toHaveAttribute('data-view', 'lab');
}

const lookAt = async (page: Page, what: string) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await seriousViolations(page), `${what}, ${colorScheme}`).toEqual([]);
  }
};
const panelOf = (page: Page) => page.getByRole('region', { name: 'Chosen task' });
const treeOf = (page: Page) => page.getByRole('application', { name: 'Family tree of 2,000 tasks' });

/** How many pixels of the tree have something on them. */
const drawn = (page: Page) =>
  page.locator('.family-stage canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    let pixels = 0;
    for (let at = 3; at < data.length; at += 4) if (data[at]! > 0) pixels++;
    return pixels;
  });

test('the tree of a stored run of 2,000 tasks is walked to the seed by keyboard', async ({ page }) => {
  const said = listen(page);
  await page.goto('?preset=ci');
  await bringIn(page);
  await page.getByRole('button', { name: /^Buffer/ }).click();
  await page.getByRole('button', { name: 'Family tree' }).click();
  await expect(page).toHaveURL(/view=family/);
  const [tree, panel] = [treeOf(page), panelOf(page)];
  await expect(tree).toBeVisible();
  await expect.poll(() => drawn(page)).toBeGreaterThan(10_000);
  await lookAt(page, 'nothing chosen');

  // From the latest back to the first, one task at a time: 1999, 999, 499, … 1, 0.
  await tree.focus();
  await page.keyboard.press('End');
  await expect(panel.getByRole('heading', { level: 2 })).toContainText('Task t');
  const latest = ((await panel.getByRole('heading', { level: 2 }).textContent()) ?? '').replace('Task t', '');
  const line: number[] = [];
  for (let at = Number(latest); at > 0; at = Math.floor(at / 2)) line.push(at);
  await expect(panel.getByRole('listitem')).toHaveCount(line.length + 1);
  for (const at of [...line.slice(1), 0]) {
    await page.keyboard.press('ArrowLeft');
    await expect(panel.getByRole('heading', { level: 2 })).toHaveText(`Task t${at}`);
  }
  await expect(panel).toContainText('Its line begins here');
  await expect(page.getByRole('status').filter({ hasText: 'first of its line' })).toHaveCount(1);
  await expect(page).toHaveURL(/task=t0/);
  // Down again the same way, and by Home at once.
  for (const at of [...line].reverse()) {
    await page.keyboard.press('ArrowRight');
    await expect(panel.getByRole('heading', { level: 2 })).toHaveText(`Task t${at}`);
  }
  const parent = Math.floor(Number(latest) / 2);
  await expect(panel).toContainText(`What changed from t${parent}`);
  await expect(panel.locator('[data-is="added"]')).toHaveText(new RegExp(`x = x \\+ ${latest}`));
  await expect(panel.locator('[data-is="removed"]')).toHaveCount(0);
  await lookAt(page, 'a task with its line');
  await panel.getByRole('button', { name: `t${Math.floor(Number(latest) / 7)}`, exact: true }).click();
  await expect(panel).toContainText(`What changed from t${Math.floor(Number(latest) / 7)}`);
  await tree.focus();
  await page.keyboard.press('Home');
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText('Task t0');

  // The other line: what begins it is said, and that no seed does.
  await expect(panel).toContainText('t0 begins it: it has the first program of the run.');
  await panel.getByRole('button', { name: 'Sibling below' }).click();
  await expect(panel).toContainText(`t${ALONE} begins it: that task was made without references.`);
  await panel.getByRole('button', { name: 'Sibling above' }).click();
  await panel.getByRole('button', { name: 'Child' }).click();
  await expect(panel).toContainText('It has left the buffer');
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText('Task t1');
  expect(said.filter((text) => !NOT_OURS.test(text))).toEqual([]);
});

test('it has an address, opens from a task, zooms, and is a list as well', async ({ page }) => {
  await page.goto('?preset=ci');
  await bringIn(page);
  await page.getByRole('button', { name: /^Buffer/ }).click();
  await page.getByRole('searchbox').fill('x + 1234');
  await page.getByRole('listbox', { name: 'Tasks' }).getByRole('option').first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Family' }).click();
  const panel = panelOf(page);
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText('Task t1234');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.reload();
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText('Task t1234');

  const tree = treeOf(page);
  await tree.focus();
  const all = page.getByRole('button', { name: 'All', exact: true });
  await expect(all).toBeDisabled();
  await page.keyboard.press('+');
  await expect(all).toBeEnabled();
  await tree.hover();
  await page.mouse.wheel(0, -300);
  const { x, y } = (await tree.boundingBox())!;
  await page.mouse.move(x + 200, y + 200);
  await page.mouse.down();
  await page.mouse.move(x + 260, y + 230, { steps: 4 });
  await page.mouse.up();
  // Dragging is no choice.
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText('Task t1234');
  await page.keyboard.press('0');
  await expect(all).toBeDisabled();

  await page.getByRole('radio', { name: 'List' }).click();
  const list = page.getByRole('tree', { name: 'Family tree of 2,000 tasks' });
  const chosen = list.getByRole('treeitem', { selected: true });
  await expect(chosen).toContainText('x = x + 1234');
  await expect(chosen).toHaveAttribute('aria-level', '12');
  await lookAt(page, 'the list');
  await list.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText('Task t617');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('Task t617');
  await page.goBack();
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText('Task t617');

  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('radio', { name: 'Tree' }).click();
  await expect.poll(() => drawn(page)).toBeGreaterThan(3000);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await lookAt(page, 'on a phone');
});

test('the tree of a run that goes on grows with it', async ({ page }) => {
  await withTeller(page);
  await page.goto('?preset=ci&seed=3&steps=9#view=family');
  await expect(page.getByText('There is no task yet.')).toBeVisible();
  await stepTo(page, 2);
  const tree = page.getByRole('application', { name: 'Family tree of 3 tasks' });
  await tree.focus();
  await page.keyboard.press('End');
  const panel = panelOf(page);
  await expect(panel).toContainText('What changed from a1');
  await stepTo(page, 3);
  await expect(page.getByRole('application', { name: 'Family tree of 4 tasks' })).toBeVisible();
  await expect(panel).toContainText('Task a2');
  await expect(panel).toContainText('One task descends from it at once.');
});

test('ten thousand tasks are drawn once a frame, however fast they are zoomed', async ({ page }) => {
  await openFullBuffer(page);
  await page.getByRole('button', { name: 'Family tree' }).click();
  const tree = page.getByRole('application', { name: 'Family tree of 10,000 tasks' });
  await expect(tree).toBeVisible();
  await expect.poll(() => drawn(page)).toBeGreaterThan(10_000);
  await tree.focus();
  await page.keyboard.press('End');
  const counted = await tree.evaluate(async (stage) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const { prototype } = CanvasRenderingContext2D;
    const { clearRect, stroke, fill } = prototype;
    const calls = { drawings: 0, paths: 0 };
    prototype.clearRect = function (...box) {
      calls.drawings++;
      clearRect.apply(this, box);
    };
    for (const [name, act] of [['stroke', stroke] as const, ['fill', fill] as const]) {
      Object.assign(prototype, {
        [name](this: CanvasRenderingContext2D) {
          calls.paths++;
          (act as () => void).call(this);
        },
      });
    }
    const { x, y } = stage.getBoundingClientRect();
    const turn = () =>
      stage.dispatchEvent(
        new WheelEvent('wheel', { deltaY: -9, clientX: x + 300, clientY: y + 200, cancelable: true }),
      );
    for (let times = 0; times < 5; times++) {
      for (let turns = 0; turns < 10; turns++) turn();
      await frame();
      await frame();
    }
    await frame();
    Object.assign(prototype, { clearRect, stroke, fill });
    return calls;
  });
  expect(counted.drawings).toBeGreaterThan(2);
  expect(counted.drawings).toBeLessThanOrEqual(11);
  // Edges and marks go together into few paths, whatever their number.
  expect(counted.paths / counted.drawings).toBeLessThan(200);
});
