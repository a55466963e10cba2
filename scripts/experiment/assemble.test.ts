import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Arm, type Experiment, experimentNamed } from '../../src/experiments/definitions.ts';
import type { ExperimentResult } from '../../src/experiments/results.ts';
import { scoresOf } from '../../test/experiment/results.ts';
import { assemble } from './assemble.ts';
import { suitesName, suitesOf } from './measure.ts';
import { runsOf, type Scope } from './plan.ts';
import { finishRun, partialFolder, writeAtomically } from './store.ts';

const experiment = experimentNamed('climb-parts') as Experiment;
const scope: Scope = {
  experiment,
  arms: experiment.arms.slice(0, 2),
  sizes: ['nano'],
  seeds: [2, 1],
  steps: 3,
  level: 1,
  tasks: 2,
};

function place() {
  return { out: mkdtempSync(join(tmpdir(), 'kelvin-')), scale: 'full' as const };
}

/** Finishes the runs of a scope without running them; `diverged` leaves out the weights and their scores. */
function finish(out: string, part: Scope, diverged: string | null = null): void {
  const suites = suitesName(suitesOf(part.level, part.tasks));
  for (const { config, base } of runsOf(part, { out, scale: 'full' })) {
    const scores = { start: scoresOf(0.2, 0.3, 0.1), forced: scoresOf(0.9, 0.2, 0.1) };
    writeAtomically(join(base.folder, `${suites}.json`), JSON.stringify(scores));
    const spec = { config, base: base.id };
    const folder = partialFolder(out, spec);
    mkdirSync(folder, { recursive: true });
    const info = {
      minutes: 1.25,
      steps: 3,
      diverged,
      backend: 'wasm',
      hardware: 'a machine',
      created: '2025-01-31',
    };
    const files = {
      config: spec,
      info,
      detections: [],
      examples: [],
      ...(diverged ? {} : { [suites]: scoresOf(1, 1, 1) }),
    };
    for (const [name, value] of Object.entries(files)) {
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(value));
    }
    writeFileSync(join(folder, 'curve.jsonl'), '{"step":1}\n');
    finishRun(out, spec, folder);
  }
}

test('finished runs become arms with their seeds in order, and a command that repeats them', () => {
  const here = place();
  finish(here.out, scope);
  const result = assemble(scope, here, []);
  expect(result?.arms.map(({ arm, seeds }) => [arm, ...seeds.map(({ seed }) => seed)])).toEqual([
    ['full', 1, 2],
    ['solver-only', 1, 2],
  ]);
  expect(result?.arms[1]?.config).toMatchObject({ abduction: false, induction: false });
  expect(result).toMatchObject({
    minutes: 5.2,
    created: '2025-01-31',
    budget: { level: 1, steps: 3, seeds: [1, 2], tasks: 2 },
    command:
      'npm run experiment -- climb-parts --arms full,solver-only --sizes nano --seeds 1,2 --steps 3 --tasks 2',
  });
});

test('a run that diverged is a result without scores, an unmeasured one is none yet', () => {
  const here = place();
  finish(here.out, { ...scope, seeds: [1] }, 'At step 2 it broke.');
  const seeds = assemble(scope, here, [])?.arms[0]?.seeds;
  expect(seeds).toMatchObject([{ seed: 1, diverged: 'At step 2 it broke.', end: null }]);
  expect(assemble({ ...scope, tasks: 3 }, here, [])).toBeNull();
});

test('what was shipped from elsewhere stays while nothing about it has changed', () => {
  const elsewhere = place();
  finish(elsewhere.out, scope);
  const shipped = assemble(scope, elsewhere, []) as ExperimentResult;
  const here = place();
  finish(here.out, { ...scope, arms: scope.arms.slice(0, 1), seeds: [3, 2] }, 'At step 1 it broke.');
  const merged = assemble({ ...scope, seeds: [3] }, here, [shipped]);
  expect(
    merged?.arms.map(({ arm, seeds }) => [arm, ...seeds.map((s) => (s.diverged ? -s.seed : s.seed))]),
  ).toEqual([
    ['full', 1, -2, -3],
    ['solver-only', 1, 2],
  ]);
  expect(assemble({ ...scope, steps: 4 }, here, [shipped])).toBeNull();
  const rebased = { ...shipped, arms: shipped.arms.map((arm) => ({ ...arm, base: 'another' })) };
  expect(assemble(scope, place(), [rebased])).toBeNull();
});

test('what another experiment has shipped of the same runs is taken over', () => {
  const elsewhere = place();
  finish(elsewhere.out, scope);
  const other = { ...(assemble(scope, elsewhere, []) as ExperimentResult), name: 'another' };
  const [first] = scope.arms as [Arm];
  const renamed = { ...scope, arms: [{ ...first, name: 'the-same' }] };
  renamed.experiment = { ...scope.experiment, arms: renamed.arms };
  const result = assemble(renamed, place(), [other]);
  expect(result?.arms.map(({ arm, seeds }) => [arm, seeds.length])).toEqual([['the-same', 2]]);
  expect(result?.hardware).toBe(other.hardware);
});

test('sizes without a base of the level are left out', () => {
  const here = place();
  const main = experimentNamed('main') as Experiment;
  const second: Scope = { ...scope, experiment: main, arms: main.arms, level: 2 };
  finish(here.out, second);
  expect(assemble(second, here, [])?.arms.map(({ size }) => size)).toEqual(['nano']);
});
