import { expect, test } from 'vitest';
import { lineOf, whatTheSandboxDid } from '../text.ts';
import { verdictRows } from './verdicts.ts';

test('accepted comes first, then every refusal there is, most frequent first', () => {
  const { accepted, refused } = verdictRows({
    propose: { accepted: 20, budget: 3, error: 4 },
    solve: { accepted: 5, budget: 2 },
  });
  expect(accepted).toEqual({ verdict: 'accepted', propose: 20, solve: 5, total: 25 });
  expect(refused.slice(0, 2)).toEqual([
    { verdict: 'budget', propose: 3, solve: 2, total: 5 },
    { verdict: 'error', propose: 4, solve: 0, total: 4 },
  ]);
  expect(refused.map(({ verdict }) => verdict).sort()).toEqual(
    [
      'syntax',
      'forbidden',
      'input',
      'error',
      'budget',
      'timeout',
      'memory',
      'output',
      'nondeterministic',
    ].sort(),
  );
});

test.each([
  [
    'forbidden',
    'the method format_map (line 2)',
    /^Refused before it ran: the method format_map \(line 1\) is/,
  ],
  ['forbidden', 'the name eval (line 1)', /^Refused before it ran: the name eval \(the first line\) is not/],
  ['forbidden', 'str.format may not read attributes', /^Stopped when it tried: str\.format may not/],
  ['budget', 'more than 5000 steps', /^Stopped after 5,000 steps/],
  ['budget', 'more than 200 nested calls', /^Stopped while it ran: more than 200 nested calls\.$/],
  ['timeout', 'it ran for more than 3000 ms', /^Ended by the clock: .*Its worker was replaced\.$/],
  ['memory', 'the heap is full', /^Stopped while it ran: the heap is full\.$/],
  ['nondeterministic', 'two runs differ', /^Not accepted although it ran: two runs differ\.$/],
] as const)('what the sandbox did about %s, “%s”', (refusal, detail, words) => {
  expect(whatTheSandboxDid({ refusal, detail })).toMatch(words);
});

test('only what was found by reading has a line, counted as on the page', () => {
  expect(lineOf('the name eval (line 12)')).toBe(11);
  expect(lineOf('more than 5000 steps')).toBeNull();
});
