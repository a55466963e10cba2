import { expect, test } from 'vitest';
import { UsageError } from '../common/usageError.ts';
import { readVerifyOptions } from './options.ts';

test('a file alone is judged under the allow-list', () => {
  expect(readVerifyOptions(['a.jsonl'])).toMatchObject({
    file: 'a.jsonl',
    stdlib: false,
    steps: null,
    timeoutMs: 10_000,
    json: null,
    limit: null,
    quiet: false,
  });
  expect(readVerifyOptions(['a.jsonl']).workers).toBeGreaterThan(0);
});

test('flags come in both spellings and in any order', () => {
  const line = '--stdlib --steps 50 a.jsonl --workers=3 --timeout-ms 2000 --json out.json --limit=7 --quiet';
  expect(readVerifyOptions(line.split(' '))).toEqual({
    file: 'a.jsonl',
    stdlib: true,
    steps: 50,
    workers: 3,
    timeoutMs: 2000,
    json: 'out.json',
    limit: 7,
    quiet: true,
  });
});

test('help needs no file, and names every flag', () => {
  for (const flag of ['stdlib', 'steps', 'workers', 'timeout-ms', 'json', 'limit', 'quiet', 'help']) {
    expect(() => readVerifyOptions(['--help'])).toThrow(`--${flag} `);
  }
});

test.each([
  ['', /Which file/],
  ['a b', /One file at a time/],
  ['a --std', /no flag --std; did you mean/],
  ['a -q', /no flag -q;/],
  ['a --steps', /needs a value/],
  ['a --json=', /needs a value/],
  ['a --steps 0', /a whole number from 1/],
  ['a --workers 1.5', /a whole number from 1 to 64/],
  ['a --limit x', /not “x”/],
  ['a --stdlib=yes', /takes no value/],
  ['a --limit 1 --limit 2', /given twice/],
])('“%s” is refused in one plain line', (line, message) => {
  const args = line.split(' ').filter(Boolean);
  expect(() => readVerifyOptions(args)).toThrow(UsageError);
  expect(() => readVerifyOptions(args)).toThrow(message);
});
