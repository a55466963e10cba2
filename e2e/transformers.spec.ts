/**
 * One reasoner from hand to hand: the page exports it, transformers loads it, computes the same and saves it, and the
 * page begins another run from what transformers saved. KELVIN_PYTHON names the Python that has transformers.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { unzipSync, zipSync } from 'fflate';
import { askEngine, differenceFromMirror, writeTexts } from '../scripts/parity/compare.ts';
import { dropIn, exported, keepFirstStep, keptSteps, openRuns, press, said } from './runs.ts';
import { stateIs } from './visitor.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const PYTHON = process.env.KELVIN_PYTHON ?? 'python3';
const RUN =
  '?preset=ci&seed=5&steps=2&warm-up-updates=80&seeding-target=4&proposals-per-kind=4&evaluation-tasks=2&evaluation-tiers=2&evaluate-every=2&device=wasm';

const python = (...command: string[]) => spawnSync(PYTHON, command, { cwd: root, encoding: 'utf8' });

test('page to zip to transformers to zip to page', async ({ page }) => {
  const isThere = python('-c', 'import torch, transformers').status === 0;
  const missing = `“${PYTHON}” has no PyTorch and transformers (bridge/requirements.txt); KELVIN_PYTHON names one that has.`;
  if (!isThere) console.log(`Round trip through transformers skipped: ${missing}`);
  test.skip(!isThere, missing);

  await page.goto(RUN);
  await press(page, 'Start');
  await stateIs(page, 'finished');
  await openRuns(page);
  await keptSteps(page, 2);
  const { bytes } = await exported(page, () => press(page, /^Export CI/));

  const folder = mkdtempSync(join(tmpdir(), 'kelvin-transformers-'));
  try {
    const [ours, theirs] = [join(folder, 'ours'), join(folder, 'theirs')];
    mkdirSync(ours);
    for (const [name, content] of Object.entries(unzipSync(bytes))) writeFileSync(join(ours, name), content);
    // The engine on the very files that the page wrote, and then on those of transformers.
    await askEngine(ours, join(root, 'src/reasoner/fixtures/mirror'), 'wasm');
    writeTexts(ours);
    const { status, stdout, stderr } = python('bridge/hugging_face.py', ours, theirs);
    expect(status, stdout + stderr).toBe(0);
    expect(await differenceFromMirror(theirs, 'wasm')).toBeLessThan(1e-4);

    const saved = readdirSync(theirs).map((name) => [name, new Uint8Array(readFileSync(join(theirs, name)))]);
    await dropIn(page, 'theirs.zip', zipSync(Object.fromEntries(saved)));
    await expect(said(page)).toContainText('begins from the base that you brought');
    await keepFirstStep(page, /^Go on: CI, seed 5/);
    const back = unzipSync((await exported(page, () => press(page, /^Export CI/))).bytes);
    const weights = readFileSync(join(theirs, 'model.safetensors'));
    expect(Buffer.from(back['base.safetensors']!).equals(weights)).toBe(true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
