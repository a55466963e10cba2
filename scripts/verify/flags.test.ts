import { expect, test } from 'vitest';
import { UsageError } from '../common/usageError.ts';
import { readFlags, usage } from './flags.ts';

test('a file alone is judged under the allow-list', () => {
  expect(readFlags(['a.jsonl'])).toMatchObject({
    file: 'a.jsonl',
    stdlib: false,
    steps: null,
    timeoutMs: 10_000,
    json: null,
    limit: null,
    quiet: false,
    help: false,
  });
  expect(readFlags(['a.jsonl']).workers).toBeGreaterThan(0);
});

test('flags come in both spellings and in any order', () => {
  const line = '--stdlib --steps 50 a.jsonl --workers=3 --timeout-ms 2000 --json out.json --limit=7 --quiet';
  expect(readFlags(line.split(' '))).toEqual({
    file: 'a.jsonl',
    stdlib: true,
    steps: 50,
    workers: 3,
    timeoutMs: 2000,
    json: 'out.json',
    limit: 7,
    quiet: true,
    help: false,
  });
});

test('help needs no file, and names every flag', () => {
  expect(readFlags(['--help']).help).toBe(true);
  for (const flag of ['stdlib', 'steps', 'workers', 'timeout-ms', 'json', 'limit', 'quiet', 'help']) {
    expect(usage()).toContain(`--${flag} `);
  }
});

test.each([
  ['', /Which file/],
  ['a b', /One file at a time/],
  ['a --std', /no flag --std;/],
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
  expect(() => readFlags(args)).toThrow(UsageError);
  expect(() => readFlags(args)).toThrow(message);
});
