/**
 * One run from hand to hand: the page exports it, the engine goes on with it on TRL, and the page opens the result and
 * goes on. KELVIN_PYTHON names the Python that has the engine's packages.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { unzipSync, zipSync } from 'fflate';
import { bringIn, exported, keptSteps, openRuns, press, said, takeStep } from './runs.ts';
import { listen, NOT_OURS, snapshot, stateIs } from './visitor.ts';

const engine = fileURLToPath(new URL('../engine', import.meta.url));
const PYTHON = process.env.KELVIN_PYTHON ?? 'python3';
const RUN = `?${new URLSearchParams({
  preset: 'demo-nano',
  seed: '5',
  steps: '2',
  'seeding-target': '6',
  'proposals-per-kind': '6',
  'attempts-per-task': '4',
  'buffer-tasks-per-kind': '2',
  'evaluation-tasks': '1',
  'evaluation-tiers': '2',
  'pass-k': '0',
  device: 'wasm',
})}`;

const python = (...command: string[]) => spawnSync(PYTHON, command, { cwd: engine, encoding: 'utf8' });

test('page to zip to engine to zip to page', async ({ page }) => {
  const isThere = python('-c', 'import torch, trl, transformers').status === 0;
  const missing = `“${PYTHON}” has no TRL (engine/requirements-cpu.txt); KELVIN_PYTHON names one that has.`;
  if (!isThere) console.log(`A run on the engine skipped: ${missing}`);
  test.skip(!isThere, missing);

  const heard = listen(page);
  await page.goto(RUN);
  await press(page, 'Start');
  await stateIs(page, 'finished');
  await openRuns(page);
  await keptSteps(page, 2);
  const { bytes } = await exported(page, () => press(page, /^Export /));
  const before = (await snapshot(page)).tasks.map(({ id }) => id);

  const folder = mkdtempSync(join(tmpdir(), 'kelvin-engine-'));
  try {
    const files = unzipSync(bytes);
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const { status, stdout, stderr } = python('-m', 'kelvin_engine', 'continue', folder, '--steps', '2');
    expect(status, stdout + stderr).toBe(0);
    const after = readdirSync(folder).map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]);

    await page.goto('about:blank');
    await page.goto(RUN);
    await openRuns(page);
    await bringIn(page, ['engine.zip', zipSync(Object.fromEntries(after))]);
    await expect(said(page)).toContainText('is here, with its 4 steps.');
    await press(page, /^50 more steps/);
    await stateIs(page, 'paused');
    const opened = await snapshot(page);
    expect(opened.step).toBe(4);
    expect(opened.tasks.map(({ id }) => id)).toEqual(expect.arrayContaining(before));
    await takeStep(page, 5);
    await press(page, /^Buffer/);
    await press(page, 'Family tree');
    const count = (await snapshot(page)).tasks.length;
    await expect(page.getByRole('application', { name: `Family tree of ${count} tasks` })).toBeVisible();
    await openRuns(page);
    await keptSteps(page, 5);
    const back = unzipSync((await exported(page, () => press(page, /^Export /))).bytes);
    const linesOf = (metrics: Uint8Array) => new TextDecoder().decode(metrics).trim().split('\n');
    const engines = readFileSync(join(folder, 'metrics.jsonl'));
    expect(linesOf(back['metrics.jsonl']!).slice(0, 4)).toEqual(linesOf(engines));
    expect(heard.filter((text) => !NOT_OURS.test(text))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
