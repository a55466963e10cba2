import { expect, test } from 'vitest';
import { UsageError } from '../common/usageError.ts';
import { readWarmUpOptions } from './options.ts';

const read = (line: string) => readWarmUpOptions(line.split(' ').filter(Boolean));

test('a size has the recipe of its shipped base', () => {
  expect(read('--python python3')).toEqual({
    size: 'small',
    level: 1,
    seed: 2,
    stages: [22e6],
    priorCotRate: 0.35,
    python: 'python3',
    tasksPerTier: 200,
    scoreOnly: false,
    heldOutOnly: false,
  });
  expect(read('--size medium').stages).toEqual([12e6, 22e6]);
});

test('flags change the recipe', () => {
  const line =
    '--size nano --level 2 --tokens 8e6,9000000 --seed 0 --prior-cot-rate 0.2 --tasks-per-tier 5 --score-only';
  expect(read(line)).toMatchObject({
    level: 2,
    stages: [8e6, 9e6],
    seed: 0,
    priorCotRate: 0.2,
    tasksPerTier: 5,
    scoreOnly: true,
  });
});

test.each([
  [
    '--size pico',
    /no warm-up recipe for size “pico” at level 1; there are nano at level 1, small at level 1/,
  ],
  ['--size medium --level 2', /no warm-up recipe/],
  ['--tokens 2,1', /--tokens must be one number of tokens, or rising ones/],
  ['--tokens many', /--tokens must be/],
  ['--prior-cot-rate 2', /--prior-cot-rate must be a number from 0.01 to 0.99/],
  ['--walks 0.5', /no flag --walks/],
  ['nano', /not a flag/],
])('%s is refused in one plain line', (line, message) => {
  expect(() => read(line)).toThrow(UsageError);
  expect(() => read(line)).toThrow(message);
});
