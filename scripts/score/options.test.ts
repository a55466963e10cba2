import { expect, test } from 'vitest';
import { UsageError } from '../common/usageError.ts';
import { readScoreOptions } from './options.ts';

const read = (line: string) => readScoreOptions(line.split(' '));

test('a shipped base is measured on two hundred tasks each, without sampling', () => {
  expect(read('--base small')).toEqual({
    weights: { base: 'small', variant: 'shipped' },
    level: 1,
    suite: null,
    tasks: 200,
    passK: null,
    errors: false,
    maxNewTokens: 192,
    seed: 1,
    device: 'wasm',
    out: 'runs/score.json',
  });
});

test('flags are read in both spellings', () => {
  const options = read(
    '--checkpoint=a.safetensors --level 2 --suite s.jsonl --pass-k 4 --samples=8 --seed 3',
  );
  expect(options).toMatchObject({
    weights: { checkpoint: 'a.safetensors' },
    level: 2,
    suite: 's.jsonl',
    tasks: Number.POSITIVE_INFINITY,
    passK: { k: 4, n: 8 },
    seed: 3,
  });
  expect(read('--base nano --pass-k 2').passK).toEqual({ k: 2, n: 2 });
});

test.each([
  ['--level 1', /Which weights/],
  ['--base small --checkpoint a', /not both/],
  ['--base smal', /no size “smal”/],
  ['--base small --level 99', /--level must be a whole number from 1 to \d/],
  ['--base small --tasks many', /--tasks must be a whole number/],
  ['--base small --samples 4', /give --pass-k too/],
  ['--base small --pass-k 4 --samples 2', /at least --pass-k, which is 4/],
  ['--base small --device tpu', /--device must be one of/],
  ['--base small --base nano', /given twice/],
  ['--base small --errors --suite s.jsonl', /leave out one of both/],
  ['--base', /needs a value/],
  ['small', /“small” is not a flag/],
])('%s is refused in one plain line', (line, message) => {
  expect(() => read(line)).toThrow(UsageError);
  expect(() => read(line)).toThrow(message);
});

test('--help needs nothing else, and names every flag', () => {
  for (const flag of [
    'checkpoint',
    'base',
    'level',
    'suite',
    'tasks',
    'pass-k',
    'samples',
    'errors',
    'seed',
    'out',
  ]) {
    expect(() => read('--help')).toThrow(`--${flag} `);
  }
});
