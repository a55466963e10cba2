import { afterAll, beforeAll, expect, test } from 'vitest';
import { levelOf } from '../language/level.ts';
import { createNodeSandbox } from '../sandbox/node.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { VerificationRules } from './kind.ts';
import { verifyWriting, type Writing, withBareTuples } from './writing.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createNodeSandbox({ workers: 1 });
});
afterAll(() => sandbox.close());

const RULES: VerificationRules = {
  rejectTrivial: true,
  limits: levelOf(1).limits,
  inductionExamples: 4,
  maxSolveTokens: 128,
  contextLength: 512,
};
const verdict = async (program: string, input: string, kind: Writing['kind'] = 'deduction') =>
  verifyWriting({ kind, program, input }, sandbox, RULES);

const GOOD = 'def double(n):\n\ty = n * 2\n\tif y > 9:\n\t\ty = y - n\n\treturn y + 3';

test('a task of any name and indentation is one as the reasoner reads it, in every kind', async () => {
  const deduction = await verdict(GOOD, ' 5 ');
  expect(deduction).toMatchObject({
    ok: true,
    triplet: {
      program: 'def f(n):\n    y = n * 2\n    if y > 9:\n        y = y - n\n    return y + 3',
      input: '5',
      output: '8',
    },
  });
  expect(await verdict(GOOD, '5', 'abduction')).toEqual(deduction);
  const induction = await verdict(GOOD, '1\n\n2\n5\n8\n', 'induction');
  expect(induction).toMatchObject({
    ok: true,
    triplet: {
      examples: [
        { input: '1', output: '5' },
        { input: '2', output: '7' },
        { input: '5', output: '8' },
        { input: '8', output: '11' },
      ],
    },
    // What it does is known, or the buffer would take every program of a person's for the same.
    fingerprint: deduction.ok ? deduction.fingerprint : '',
  });
});

test('what is returned has the brackets that its author meant', () => {
  const cases = [
    ['return (x, y)', 'return x, y'],
    ['return (x + 1) * (y, 2)', 'return (x + 1) * (y, 2)'],
    ['return ((x, y), max(x, y))', 'return (x, y), max(x, y)'],
    ['return (x + y)', 'return (x + y)'],
    ['return (x,)', 'return (x,)'],
    ["return ('),(', x)", "return ('),(', x)"],
    ['return (x, *y)', 'return (x, *y)'],
  ];
  for (const [given, wanted] of cases) {
    expect(withBareTuples(`def f(x, y):\n    ${given}`)).toBe(`def f(x, y):\n    ${wanted}`);
  }
});

test.each([
  ['def f(x)\n    return x', '1', 'deduction', 'syntax', 1],
  ['def f(x):\n    return x + 1\ndef g(x):\n    return x', '1', 'deduction', 'syntax', undefined],
  [GOOD, '5 +', 'deduction', 'input', undefined],
  [GOOD, '„5“', 'deduction', 'input', undefined],
  [GOOD, '1, 2', 'deduction', 'input', undefined],
  [GOOD, '', 'induction', 'too-few-examples', undefined],
  [GOOD, '1\n2', 'induction', 'too-few-examples', undefined],
  [GOOD, '1\none', 'induction', 'input', undefined],
  ['def f(x):\n    return open("secret").read()', '1', 'deduction', 'forbidden', 2],
  ['def f(x):\n    return x // 0', '1', 'deduction', 'error', undefined],
  ['def f(x):\n    while True:\n        x = x + 1', '1', 'deduction', 'budget', undefined],
  ['def f(x):\n    return x', '1', 'deduction', 'identity', undefined],
  ['def f(x):\n    return 7', '1', 'induction', 'unused-argument', undefined],
  ['def f(x):\n    return x + 500', '1', 'deduction', 'range', undefined],
] as const)('%j with %j as %s is refused: %s', async (program, input, kind, rejection, line) => {
  const refused = await verdict(program, input, kind);
  expect(refused).toMatchObject({ ok: false, rejection });
  if (refused.ok) return;
  expect(refused.line).toBe(line);
  expect(refused.detail).not.toBe('');
});
