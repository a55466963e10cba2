/** Experiments from the command to the document, at the scale of the tests. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXPERIMENTS } from '../../src/experiments/definitions.ts';
import { type ExperimentIndex, type ExperimentResult, resultFile } from '../../src/experiments/results.ts';
import { TIERS } from '../../src/language/grammar.ts';
import { scaled } from '../../test/scale.ts';
import { ROOT } from '../common/build.ts';

/** In `npm test` one experiment stands for all. */
const ASKED = scaled('all', 'emergence');
const CHOSEN = EXPERIMENTS.filter(({ name }) => ASKED === 'all' || name === ASKED);

test(
  `experiments (${ASKED}) run, are shipped and documented, and are not run twice`,
  () => {
    const out = mkdtempSync(join(tmpdir(), 'kelvin-'));
    const experiment = (...args: string[]) =>
      spawnSync(
        process.execPath,
        ['--import', 'tsx', 'scripts/experiment/main.ts', ...args, '--scale', 'ci', '--out', out],
        { cwd: ROOT, encoding: 'utf8' },
      );
    const first = experiment(ASKED);
    expect(first.stderr).toContain('Full method, pico, seed 1: done');
    expect(first.status).toBe(0);

    const read = (path: string) => readFileSync(join(out, 'published', path), 'utf8');
    const overview = read('docs/results.md');
    const index = JSON.parse(read('public/experiments/index.json')) as ExperimentIndex;
    expect(index.experiments.map(({ name }) => name)).toEqual(CHOSEN.map(({ name }) => name));
    for (const { name, title, doesNotShow, arms } of CHOSEN) {
      const result = JSON.parse(read(`public/experiments/${resultFile(name, 1)}`)) as ExperimentResult;
      expect(result.arms.map(({ arm }) => arm)).toEqual(arms.map((arm) => arm.name));
      for (const { start, forced, seeds } of result.arms) {
        expect(seeds.map(({ curve, end }) => [curve.length, end !== null])).toEqual([[2, true]]);
        expect(Object.keys(start.heldOut.deduction ?? {})).toHaveLength(TIERS.length);
        expect(forced.thinks.deduction).toBe(1);
      }
      expect(overview).toContain(`[${title}](experiments/${name}.md)`);
      const page = read(`docs/experiments/${name}.md`).replaceAll('\n', ' ');
      for (const wanted of [
        `npm run experiment -- ${name} --scale ci`,
        'Seed 1; 2 steps',
        'Hardware: ',
        'Time: ',
        doesNotShow,
        ...arms.map(({ label }) => `| ${label} |`),
      ]) {
        expect(page).toContain(wanted);
      }
      expect(read(`docs/experiments/${name}.svg`)).toContain('<svg ');
    }

    const again = experiment(ASKED, '--dry-run');
    expect(again.stderr).toMatch(/^0 of \d+ jobs to do\./);
    expect(experiment(ASKED, '--seeds', '2', '--dry-run').stderr).toContain(
      'Full method, pico, seed 2: 2 steps',
    );
  },
  15 * 60_000,
);
