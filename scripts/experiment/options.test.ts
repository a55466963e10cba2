import { expect, test } from 'vitest';
import { EXPERIMENTS } from '../../src/experiments/definitions.ts';
import { UsageError } from '../common/usageError.ts';
import { readExperimentOptions } from './options.ts';

test('a name alone takes everything from the definition', () => {
  const options = readExperimentOptions(['main']);
  expect(options.experiments.map(({ name }) => name)).toEqual(['main']);
  expect(options).toMatchObject({ sizes: null, seeds: null, arms: null, steps: null, tasks: null });
  expect(options).toMatchObject({ level: 1, device: 'wasm', scale: 'full', dryRun: false, publish: null });
});

test('flags narrow it, in both spellings', () => {
  const line =
    'climb-parts --sizes nano,small --seeds=3,1 --arms full,no-references --steps 5 --tasks 20 --level 2 --jobs 3 --dry-run';
  expect(readExperimentOptions(line.split(' '))).toMatchObject({
    sizes: ['nano', 'small'],
    seeds: [3, 1],
    arms: ['full', 'no-references'],
    steps: 5,
    tasks: 20,
    level: 2,
    jobs: 3,
    dryRun: true,
  });
});

test('all names every experiment, report none', () => {
  expect(readExperimentOptions(['all']).experiments).toEqual(EXPERIMENTS);
  expect(readExperimentOptions(['report'])).toMatchObject({ reportOnly: true, experiments: [] });
});

test('help names every experiment', () => {
  for (const { name } of EXPERIMENTS) {
    expect(() => readExperimentOptions(['--help'])).toThrow(`  ${name} `);
  }
});

test.each([
  ['', /Name an experiment: climb,/],
  ['mane', /no experiment “mane”; there are climb,/],
  ['main --stepz 3', /no flag --stepz/],
  ['main --steps', /needs a value/],
  ['main --steps many', /whole number from 1 to 10000, not “many”/],
  ['main --steps 1 --steps 2', /given twice/],
  ['main --sizes huge', /--sizes must be one of pico, nano, .*not “huge”/],
  ['main --sizes ,', /at least one value/],
  ['main --arms no-kl', /no arm “no-kl”; there are full/],
  ['main --level 99', /from 1 to \d/],
  ['main --device tpu', /--device must be one of wasm, webgpu/],
])('“%s” is refused in one plain line', (line, message) => {
  const args = line.split(' ').filter(Boolean);
  expect(() => readExperimentOptions(args)).toThrow(UsageError);
  expect(() => readExperimentOptions(args)).toThrow(message);
});
