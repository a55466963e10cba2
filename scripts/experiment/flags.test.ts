import { expect, test } from 'vitest';
import { EXPERIMENTS } from '../../src/experiments/definitions.ts';
import { UsageError } from '../common/usageError.ts';
import { experimentUsage, readExperimentFlags } from './flags.ts';

test('a name alone takes everything from the definition', () => {
  const options = readExperimentFlags(['main']);
  expect(options.experiments.map(({ name }) => name)).toEqual(['main']);
  expect(options).toMatchObject({ sizes: null, seeds: null, arms: null, steps: null, tasks: null });
  expect(options).toMatchObject({ level: 1, device: 'wasm', scale: 'full', dryRun: false, publish: null });
});

test('flags narrow it, in both spellings', () => {
  const line =
    'collapse --sizes nano,small --seeds=3,1 --arms full,no-kl --steps 5 --tasks 20 --level 2 --jobs 3 --dry-run';
  expect(readExperimentFlags(line.split(' '))).toMatchObject({
    sizes: ['nano', 'small'],
    seeds: [3, 1],
    arms: ['full', 'no-kl'],
    steps: 5,
    tasks: 20,
    level: 2,
    jobs: 3,
    dryRun: true,
  });
});

test('all names every experiment, report none', () => {
  expect(readExperimentFlags(['all']).experiments).toEqual(EXPERIMENTS);
  expect(readExperimentFlags(['report'])).toMatchObject({ reportOnly: true, experiments: [] });
});

test('help names every experiment', () => {
  for (const { name } of EXPERIMENTS) expect(experimentUsage()).toContain(`  ${name} `);
  expect(readExperimentFlags(['--help']).help).toBe(true);
});

test.each([
  ['', /Name an experiment: main,/],
  ['mane', /no experiment “mane”; there are main,/],
  ['main --stepz 3', /no flag --stepz/],
  ['main --steps', /needs a value/],
  ['main --steps many', /whole number from 1 to 10000, not “many”/],
  ['main --steps 1 --steps 2', /given twice/],
  ['main --sizes huge', /no size “huge”/],
  ['main --sizes ,', /at least one value/],
  ['main --arms no-kl', /no arm “no-kl”; there are full/],
  ['main --level 3', /from 1 to 2/],
  ['main --device tpu', /--device must be one of wasm, webgpu/],
])('“%s” is refused in one plain line', (line, message) => {
  const args = line.split(' ').filter(Boolean);
  expect(() => readExperimentFlags(args)).toThrow(UsageError);
  expect(() => readExperimentFlags(args)).toThrow(message);
});
