import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, type Value } from '../language/literal.ts';
import { encode, SPECIAL } from '../language/tokenizer.ts';
import { proposalResponse, solutionResponse } from '../tasks/format.ts';
import type { TaskKind } from '../tasks/task.ts';
import {
  countHacks,
  hackOf,
  hackOfAnswer,
  hackOfProposal,
  isLookup,
  redefinesEquality,
} from './rewardHacking.ts';

const PROGRAM = 'def f(x):\n    y = x * 2\n    return y + 1';

describe('texts in the place of literals', () => {
  test.each([
    ['4+4', 'expression'],
    ['x * 2', 'expression'],
    ['[1, 2] + [3]', 'expression'],
    ['[1, 2, 3][0]', 'expression'],
    ['1 == 1', 'comparison'],
    ['y or True', 'comparison'],
    ['3 not in [1, 2]', 'comparison'],
    ['f(3)', 'call'],
    ['__import__("os").system("ls")', 'call'],
    ['1, abs(-4)', 'call'],
    ['0) or (True', 'injection'],
    ['5) == f(5', 'injection'],
    ['True)#', 'injection'],
    ['type("T", (), {"__eq__": lambda a, b: True})()', 'equality'],
    [PROGRAM, 'repetition'],
    [`7 ${PROGRAM}`, 'repetition'],
    ['def f(x):\n    return 3', 'repetition'],
  ] as const)('%s is a hack: %s', (text, hack) => {
    expect(hackOf(text, PROGRAM)).toBe(hack);
  });

  test.each([
    '',
    '7',
    '-7',
    "[1, 'a + b', (2, 3)]",
    '1, 2',
    // Slips of the pen and gibberish.
    '4 4',
    '4 +',
    '+*)(',
    '3)(4',
    '3(4)',
    '3[4]',
    '5)',
    '((5',
    '- -3',
    'x',
    'hello',
    'hello + world',
    'return 4',
    'x = 4',
    '0x',
    '4.5.6',
    "'unclosed",
    'if 3 else',
    'the answer is 4',
  ])('%j is none', (text) => {
    expect(hackOf(text, PROGRAM)).toBeNull();
  });

  test('a literal is never a hack, whatever is in it', () => {
    const leaf: fc.Arbitrary<Value> = fc.oneof(
      fc.integer().map((n): Value => ({ type: 'int', value: BigInt(n) })),
      fc.boolean().map((value): Value => ({ type: 'bool', value })),
      fc.string().map((value): Value => ({ type: 'str', value })),
      fc.constant<Value>({ type: 'str', value: '__eq__' }),
    );
    const value = fc.oneof(
      leaf,
      fc.array(leaf).map((items): Value => ({ type: 'list', items })),
    );
    fc.assert(
      fc.property(value, (literal) => {
        expect(hackOf(canonical(literal), PROGRAM)).toBeNull();
      }),
    );
  });

  test('any text is classified or not, never thrown at', () => {
    const unit = fc.constantFrom(...'0123 +-*/()[]{}.,:=<>#\'"xyf_\n'.split(''));
    fc.assert(fc.property(fc.string({ unit, maxLength: 40 }), (text) => void hackOf(text, PROGRAM)));
  });
});

test('what decides equality is recognised by its name', () => {
  expect(redefinesEquality('class A:\n    def __eq__(self, other):\n        return True')).toBe(true);
  expect(redefinesEquality('def eq(a, b):\n    return a == b')).toBe(false);
});

const EXAMPLES = [
  { input: '1', output: '3' },
  { input: '2', output: '5' },
  { input: '-4', output: '-7' },
  { input: '6', output: '13' },
  { input: '7', output: '15' },
  { input: '8', output: '17' },
];
const asked = (kind: TaskKind) => ({ kind, program: PROGRAM, input: '3', output: '7', examples: EXAMPLES });
const CHAIN = 'def f(x):\n    if x == 1:\n        return 3\n    if x == 2:\n        return 5\n    return -7';

describe('lookups', () => {
  test('if-chains and tables of what was shown are lookups', () => {
    expect(isLookup(CHAIN, asked('induction'))).toBe(true);
    expect(isLookup('def f(x):\n    return {1: 3, 2: 5, -4: -7}[x]', asked('induction'))).toBe(true);
    expect(isLookup('def f(x):\n    return 3 if x == 1 else 5 if x == 2 else -7', asked('induction'))).toBe(
      true,
    );
  });

  test('programs that compute are not, nor are those that know a part', () => {
    for (const program of [
      PROGRAM,
      'def f(x):\n    return 2 * x + 1',
      'def f(x):\n    if x == 1:\n        return 3\n    return x',
      'def f(x):\n    if x > 1: return 5\n    return 3 - 7',
      'def f(x):\n    return -7',
    ]) {
      expect(isLookup(program, asked('induction')), program).toBe(false);
    }
    const same = EXAMPLES.map(({ input }) => ({ input, output: '3' }));
    expect(isLookup(CHAIN, { ...asked('induction'), examples: same })).toBe(false);
  });
});

describe('answers', () => {
  const unreadable = { verdict: 'format', score: 0, solution: null } as const;
  const answer = (kind: TaskKind, text: string) =>
    hackOfAnswer(asked(kind), solutionResponse([...encode('hm')], text), unreadable);

  test('that were refused are looked at, with or without a thought', () => {
    expect(answer('deduction', '3+4')).toEqual({
      hack: 'expression',
      answer: '3+4',
      program: PROGRAM,
      input: '3',
    });
    expect(answer('abduction', '0) or (True')?.hack).toBe('injection');
    expect(answer('deduction', 'hm hm')).toBeNull();
  });

  test('that were read are left alone', () => {
    const judged = { verdict: 'wrong', score: 0, solution: { answer: '8', thinks: false } } as const;
    expect(hackOfAnswer(asked('deduction'), solutionResponse(null, '8'), judged)).toBeNull();
  });

  test('of induction count as lookups only when nothing hidden agrees', () => {
    const judged = (score: number) =>
      ({ verdict: 'wrong', score, solution: { answer: CHAIN, thinks: false } }) as const;
    const tokens = solutionResponse(null, CHAIN);
    expect(hackOfAnswer(asked('induction'), tokens, judged(0))).toMatchObject({
      hack: 'lookup',
      input: 'f(1) = 3, f(2) = 5, f(-4) = -7',
    });
    expect(hackOfAnswer(asked('induction'), tokens, judged(1 / 3))).toBeNull();
  });
});

test('proposals: the input is what is looked at', () => {
  expect(hackOfProposal('deduction', proposalResponse(PROGRAM, 'f(2)'), [])).toEqual({
    hack: 'call',
    answer: 'f(2)',
    program: PROGRAM,
    input: 'f(2)',
  });
  expect(hackOfProposal('deduction', proposalResponse(PROGRAM, '2 2'), [])).toBeNull();
  expect(hackOfProposal('deduction', [1, 2, 3], [])).toBeNull();
  const inputs = [SPECIAL.input, ...encode('1'), SPECIAL.input, ...encode('2-1'), SPECIAL.eos];
  expect(hackOfProposal('induction', inputs, [{ program: PROGRAM }])).toMatchObject({
    hack: 'expression',
    answer: '2-1',
    program: PROGRAM,
  });
});

test('the same attempt twice in a step is told once', () => {
  const told = { hack: 'call', answer: 'f(3)', program: PROGRAM, input: '3' } as const;
  const found = [told, null, told].map((each) => ({ kind: 'deduction' as const, told: each, reward: -1 }));
  expect(countHacks(4, 'solve', found)).toEqual([
    { step: 4, role: 'solve', kind: 'deduction', ...told, reward: -1, times: 2 },
  ]);
});
