import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Config, DEFAULTS } from '../../src/config/hyperparameters.ts';
import {
  findRun,
  finishedRuns,
  finishRun,
  outdatedSentence,
  partialFolder,
  type RunInfo,
  type RunSpec,
  readRecord,
  writeAtomically,
} from './store.ts';

const info: RunInfo = {
  minutes: 1,
  steps: 2,
  diverged: null,
  backend: 'wasm',
  hardware: 'a machine',
  created: '2025-01-31',
};

function specOf(changes: Partial<Config> = {}, base = 'small-1'): RunSpec {
  return { config: { ...DEFAULTS, ...changes }, base };
}

/** A store with one finished run. */
function storeWith(spec: RunSpec): string {
  const out = mkdtempSync(join(tmpdir(), 'kelvin-'));
  finishRun(out, spec, begin(out, spec));
  return out;
}

function begin(out: string, spec: RunSpec): string {
  const folder = partialFolder(out, spec);
  mkdirSync(folder, { recursive: true });
  const files = { config: spec, info, detections: [], examples: [] };
  for (const [name, value] of Object.entries(files)) {
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(value));
  }
  writeFileSync(join(folder, 'curve.jsonl'), '{"step":1}\n{"step":2}\n');
  return folder;
}

test('a finished run is found by what decides its outcome, and by nothing else', () => {
  const runs = finishedRuns(storeWith(specOf()));
  expect(findRun(runs, specOf())).toMatchObject(info);
  expect(findRun(runs, specOf({ sandboxWorkers: 7 }))).toBeDefined();
  expect(findRun(runs, specOf({ seed: 2 }))).toBeUndefined();
  expect(findRun(runs, specOf({ klPropose: 0 }))).toBeUndefined();
  expect(findRun(runs, specOf({}, 'small-2'))).toBeUndefined();
});

test('a run of an older Kelvin is read under the names of its time', () => {
  const [run] = finishedRuns(storeWith(specOf()));
  if (!run) throw new Error('There is no run.');
  writeFileSync(join(run.folder, 'curve.jsonl'), '{"step":1,"zeroSignal":0.5,"behaviours":4}\n');
  const found = { name: 'zero signal', step: 1, sentence: 'Seen.', cure: 'Do this.' };
  writeFileSync(join(run.folder, 'detections.json'), JSON.stringify([found]));
  const { curve, detections } = readRecord(run);
  expect(curve).toEqual([{ step: 1, zeroStdGroups: 0.5, fingerprints: 4 }]);
  expect(detections).toEqual([{ ...found, name: 'zero-std groups' }]);
});

test('a switch that came later counts as standing at its default', () => {
  const { composition: _, ...before } = DEFAULTS;
  const runs = finishedRuns(storeWith({ config: before as Config, base: 'small-1' }));
  expect(findRun(runs, specOf())).toBeDefined();
  expect(findRun(runs, specOf({ composition: 0.75 }))).toBeUndefined();
});

test('a switch that is gone counts only where it stood as things are now', () => {
  const past = (changes: object): RunSpec => ({ config: { ...DEFAULTS, ...changes }, base: 'small-1' });
  const same = finishedRuns(storeWith(past({ weightDecay: 0.01, solverBand: 'all' })));
  expect(findRun(same, specOf())).toBeDefined();
  const other = finishedRuns(storeWith(past({ weightDecay: 0.01, solverBand: 'between' })));
  expect(findRun(other, specOf())).toBeUndefined();
  expect(outdatedSentence(same)).toBe('');
  expect(outdatedSentence([...same, ...other])).toBe(
    '1 older run is left alone, because it moved switches that are gone (solverBand).',
  );
});

test('a run counts only once it is finished', () => {
  const out = mkdtempSync(join(tmpdir(), 'kelvin-'));
  const partial = begin(out, specOf());
  expect(finishedRuns(out)).toEqual([]);
  finishRun(out, specOf(), partial);
  const [run] = finishedRuns(out);
  expect(run && readRecord(run).curve.map(({ step }) => step)).toEqual([1, 2]);
});

test('of two that finish the same run the first stays', () => {
  const out = storeWith(specOf());
  const again = begin(out, specOf());
  finishRun(out, specOf(), again);
  expect(existsSync(again)).toBe(false);
  expect(finishedRuns(out)).toHaveLength(1);
});

test('files are written whole', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kelvin-'));
  writeAtomically(join(folder, 'deep/file.json'), '{}');
  expect(readdirSync(join(folder, 'deep'))).toEqual(['file.json']);
});
