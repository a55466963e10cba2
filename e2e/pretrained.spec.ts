/** A run that a pretrained model has taken over outside of the page: it is shown, and the page says why not more. */
import { expect, test } from '@playwright/test';
import { unzipSync } from 'fflate';
import { presetConfig } from '../src/config/presets.ts';
import { runFolder } from '../src/run/folder/write.ts';
import { zipFiles } from '../src/run/folder/zip.ts';
import type { RunEntry } from '../src/run/library.ts';
import type { Event } from '../src/run/protocol.ts';
import { stepEvent, taskOf } from '../test/builders.ts';
import { bringIn, exported, openRuns, press, said } from './runs.ts';
import { listen, NOT_OURS, seriousViolations, snapshot } from './visitor.ts';

const SCORES = { deduction: { '1': 0.25 } };
const EVENTS: Event[] = [
  { type: 'engine', backend: 'cpu', device: 'PyTorch 2.15.0, TRL 1.16.0', parameters: 494_032_768 },
  {
    ...{ type: 'base', name: 'Qwen2.5-Coder-0.5B', sha256: null, from: 'measured' },
    ...{ scores: SCORES, forced: {}, thinks: { deduction: 1 } },
  },
  { type: 'tasks', added: [taskOf('d1')], updated: [], evicted: [] },
  stepEvent(1),
  { type: 'tasks', added: [taskOf('d2', { step: 2, parents: ['d1'] })], updated: [], evicted: [] },
  stepEvent(2, { heldOut: SCORES, base: SCORES, baseForced: {} }),
];

function zip(): Promise<Uint8Array> {
  const entry: RunEntry = {
    ...({ id: 'there', name: 'taken over', note: '', preset: 'ci', device: 'auto' } as const),
    ...{ config: { ...presetConfig('ci'), steps: 4 }, seedProgram: null, ownBase: null },
    ...{ step: 2, parts: 1, created: 1, changed: 1, score: null, bytes: 1, toldBytes: 1, deleted: null },
    pretrained: {
      ...{ model: 'Qwen/Qwen2.5-Coder-0.5B', lora: 16, context: 2048, response: 512 },
      ...{ learningRate: 2e-5, since: 1 },
    },
  };
  const run = { state: { step: 2 }, weights: new Uint8Array(), optimizer: new Uint8Array(), base: null };
  return zipFiles(runFolder({ entry, run, events: EVENTS }));
}

test('its curves, buffer and tree are shown, and that it cannot go on here is said', async ({ page }) => {
  const heard = listen(page);
  await page.goto('.');
  await openRuns(page);
  await bringIn(page, ['taken-over.zip', await zip()]);
  await expect(said(page)).toContainText('“taken over” is here, with its 2 steps.');
  const row = page.locator('.runs-row');
  await expect(row).toContainText(
    'After step 1 the pretrained model Qwen/Qwen2.5-Coder-0.5B took over. It cannot run in a tab',
  );
  await expect(row.getByRole('button', { name: 'Go on: taken over' })).toBeDisabled();
  expect(await seriousViolations(page)).toEqual([]);
  const { bytes } = await exported(page, () => press(page, /^Export taken over/));
  const header = JSON.parse(new TextDecoder().decode(unzipSync(bytes)['kelvin.json']));
  expect(header.pretrained.model).toBe('Qwen/Qwen2.5-Coder-0.5B');

  await press(page, /^Open taken over/);
  await expect.poll(async () => (await snapshot(page)).metrics?.step).toBe(2);
  expect((await snapshot(page)).tasks.map(({ parents }) => parents)).toEqual([[], ['d1']]);
  await press(page, 'Resume');
  await expect(page.locator('.transport-refusal')).toContainText(
    'The reasoner of this run is the pretrained model Qwen/Qwen2.5-Coder-0.5B, which cannot run in a tab.',
  );
  expect((await snapshot(page)).state).toBe('paused');
  expect(heard.filter((message) => !NOT_OURS.test(message))).toEqual([]);
});
