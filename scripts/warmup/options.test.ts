import { expect, test } from 'vitest';
import { UsageError } from '../common/usageError.ts';
import { readWarmUpOptions } from './options.ts';

const read = (line: string) => readWarmUpOptions(line.split(' ').filter(Boolean));

test('a base has the recipe of its level', () => {
  expect(read('')).toMatchObject({
    size: 'small',
    variant: 'shipped',
    level: 1,
    seed: 2,
    priorCotRate: 0.35,
  });
  expect(read('--base thinking').priorCotRate).toBe(0.9);
  expect(read('--base short').tiers).toHaveLength(3);
});

test('flags change the recipe', () => {
  const line =
    '--size nano --level 2 --tokens 8e6 --seed 0 --prior-cot-rate 0.2 --tasks-per-tier 5 --held-out-only';
  expect(read(line)).toMatchObject({
    level: 2,
    tokens: [8e6],
    seed: 0,
    priorCotRate: 0.2,
    tasksPerTier: 5,
    heldOutOnly: true,
  });
});

test.each([
  [
    '--size pico',
    /no recipe of a “shipped” base of size “pico” at level 1; there are “thinking” of nano at level 1/,
  ],
  ['--base short --level 2', /no recipe of a “short” base/],
  ['--base odd', /--base/],
  ['--tokens many', /--tokens must be/],
  ['--prior-cot-rate 2', /--prior-cot-rate must be a number from 0.01 to 0.99/],
  ['--walks 0.5', /no flag --walks/],
  ['nano', /not a flag/],
])('%s is refused in one plain line', (line, message) => {
  expect(() => read(line)).toThrow(UsageError);
  expect(() => read(line)).toThrow(message);
});
