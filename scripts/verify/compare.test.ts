import { expect, test } from 'vitest';
import type { Outcome, Refusal } from '../../src/sandbox/sandbox.ts';
import { compare, sameValue } from './compare.ts';

const ok = (output: string): Outcome => ({ ok: true, output });
const refused = (refusal: Refusal, detail = 'why'): Outcome => ({ ok: false, refusal, detail });

test('what is equal by type and value agrees', () => {
  expect(compare({ ours: ok('[1]'), expected: ok('[1]') })).toEqual({ verdict: 'agrees', output: '[1]' });
  expect(compare({ ours: ok('1'), expected: ok('1.0') })).toEqual({ verdict: 'disagrees', ours: '1' });
});

test.each(['syntax', 'error', 'budget', 'timeout', 'memory', 'output'] as const)(
  'a program that ends with %s disagrees',
  (refusal) => {
    const verdict = compare({ ours: refused(refusal), expected: ok('1') });
    expect(verdict).toEqual({ verdict: 'disagrees', ours: `${refusal}: why` });
  },
);

test('arguments that do not fit disagree, inputs that are no literals are skipped', () => {
  const input = (detail: string) => compare({ ours: refused('input', detail), expected: ok('1') }).verdict;
  expect(input('2 arguments do not fit the parameters')).toBe('disagrees');
  expect(input('nested deeper than 20')).toBe('disagrees');
  expect(input('not a literal')).toBe('skipped');
  expect(input('not a list of literals')).toBe('skipped');
});

test('what is not for us to judge is skipped with its reason', () => {
  const reason = (ours: Outcome, expected: Outcome) => {
    const verdict = compare({ ours, expected });
    return verdict.verdict === 'skipped' ? verdict.reason : verdict.verdict;
  };
  expect(reason(refused('forbidden'), ok('1'))).toBe('forbidden');
  expect(reason(refused('nondeterministic'), ok('1'))).toBe('nondeterministic');
  expect(reason(ok('1'), refused('input', 'not a literal'))).toBe('expected');
  expect(reason(refused('error'), refused('input', 'not a literal'))).toBe('expected');
  expect(reason(refused('forbidden'), refused('input', 'not a literal'))).toBe('forbidden');
});

test.each([
  [`{'a': 1, 'b': 2}`, `{'b': 2, 'a': 1}`],
  [`[{1: {2: [], 3: ()}, 4: 5}]`, `[{4: 5, 1: {3: (), 2: []}}]`],
  [`{'a, b': "{'", 'c': 'it\\'s }'}`, `{'c': 'it\\'s }', 'a, b': "{'"}`],
  [`({b'\\'x': -1.5}, {1: 2, (3, 4): None})`, `({b'\\'x': -1.5}, {(3, 4): None, 1: 2})`],
  [`frozenset({1, 2})`, `frozenset({2, 1})`],
])('a dict has no order: %s', (a, b) => {
  expect(sameValue(a, b)).toBe(true);
});

test.each([
  ['1', '1.0'],
  ['True', '1'],
  [`{'a': 1, 'b': 2}`, `{'a': 2, 'b': 1}`],
  [`{'a': [1, 2]}`, `{'a': [2, 1]}`],
  [`{'ab': 1}`, `{'ba': 1}`],
  [`"{'a', 'b'}"`, `"{'b', 'a'}"`],
  [`[{1: 2}, {3: 4}]`, `[{3: 4}, {1: 2}]`],
  ['{}', '()'],
])('%s is not %s', (a, b) => {
  expect(sameValue(a, b)).toBe(false);
});
