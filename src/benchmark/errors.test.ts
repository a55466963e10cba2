import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scaled } from '../../test/scale.ts';
import { LEVEL_IDS } from '../language/level.ts';
import { encode, lineLabel, render, SPECIAL } from '../language/tokenizer.ts';
import { Random } from '../random.ts';
import {
  CAUSES,
  type Cause,
  departureOf,
  errorShares,
  faithful,
  isTraced,
  perfectResponse,
  stepAround,
} from './errors.ts';
import { buildSuite } from './suites.ts';

/** Tokens of a thought as the page writes it: `x = 5;<1>5 + 4 = 9;`. */
function tokensOf(text: string): number[] {
  return text.split(/(<\d+>)/).flatMap((part) => {
    const label = /^<(\d+)>$/.exec(part)?.[1];
    return label ? [lineLabel(Number(label))] : encode(part);
  });
}

const thinks = (thought: string, answer: string) => [
  SPECIAL.think,
  ...tokensOf(thought),
  SPECIAL.answer,
  ...encode(answer),
  SPECIAL.eos,
];

/** `def f(x):`, `y = x + 4`, `if y > 3:`, `y = abs(y) - 2`, `return y`, on 5. */
const RUN = 'x = 5;<1>5 + 4 = 9;y = 9;<2>9 > 3 = True;<3>abs(9) = 9;9 - 2 = 7;y = 7;<4>7;';
const TRACED = { thought: tokensOf(RUN), output: '7' };
const PERFECT = thinks(RUN, '7');

describe('known answers', () => {
  test.each<[Cause, string, number[], string]>([
    ['at-once', 'no thought', [SPECIAL.answer, ...encode('9'), SPECIAL.eos], '<ans>9<eos>'],
    ['line', 'a line left out', thinks(RUN.replace(/<3>.*(?=<4>)/, ''), '9'), '<4>7;'],
    [
      'line',
      'a line not left',
      thinks(RUN.replace('y = 9;<2>', 'y = 9;9 > 3 = True;<2>'), '7'),
      '9 > 3 = True;',
    ],
    ['line', 'a line left too soon', thinks(RUN.replace('y = 9;', ''), '7'), '<2>9 > 3 = True;'],
    ['line', 'on after the return', thinks(`${RUN}<5>7 + 1 = 8;`, '8'), '<5>7 + 1 = 8;'],
    ['operand', 'the left side', thinks(RUN.replace('<1>5 + 4 = 9', '<1>6 + 4 = 10'), '7'), '<1>6 + 4 = 10;'],
    ['operand', 'the right side', thinks(RUN.replace('5 + 4 = 9', '5 + 3 = 8'), '7'), '<1>5 + 3 = 8;'],
    ['operand', 'the operator', thinks(RUN.replace('5 + 4 = 9', '5 - 4 = 1'), '7'), '<1>5 - 4 = 1;'],
    ['operand', 'the name', thinks(RUN.replace('y = 9', 'z = 9'), '7'), 'z = 9;'],
    ['operand', 'a copied value', thinks(RUN.replace('y = 9', 'y = 4'), '7'), 'y = 4;'],
    ['operand', 'the input', thinks(RUN.replace('x = 5', 'x = 6'), '7'), 'x = 6;'],
    ['operand', 'the returned value', thinks(RUN.replace('<4>7;', '<4>9;'), '9'), '<4>9;'],
    ['arithmetic', 'a sum', thinks(RUN.replace('5 + 4 = 9', '5 + 4 = 8'), '7'), '<1>5 + 4 = 8;'],
    ['arithmetic', 'a longer number', thinks(RUN.replace('5 + 4 = 9', '5 + 4 = 9-'), '7'), '<1>5 + 4 = 9-;'],
    ['arithmetic', 'a comparison', thinks(RUN.replace('True', 'False'), '7'), '<2>9 > 3 = False;'],
    ['arithmetic', 'a call', thinks(RUN.replace('abs(9) = 9', 'abs(9) = 7'), '7'), '<3>abs(9) = 7;'],
    ['early', 'an answer too soon', thinks('x = 5;<1>5 + 4 = 9;', '9'), '<ans>9<eos>'],
    ['early', 'no answer at all', [SPECIAL.think, ...tokensOf('x = 5;'), SPECIAL.eos], '<eos>'],
    ['answer', 'another answer', thinks(RUN, '8'), '<ans>8<eos>'],
    ['answer', 'a longer answer', thinks(RUN, '7-'), '<ans>7-<eos>'],
    ['answer', 'none after the thought', [SPECIAL.think, ...TRACED.thought, SPECIAL.eos], '<eos>'],
  ])('%s: %s', (cause, _, tokens, step) => {
    const departure = departureOf({ tokens, finished: true }, TRACED);
    expect(departure?.cause).toBe(cause);
    expect(render(tokens.slice(...stepAround(tokens, departure?.at ?? 0)))).toBe(step);
  });

  test('negative numbers go wrong like others, however many tokens they take', () => {
    const traced = { thought: tokensOf('x = -3;<1>-3 * 4 = -12;'), output: '-12' };
    const cause = (thought: string) =>
      departureOf({ tokens: thinks(thought, '0'), finished: true }, traced)?.cause;
    expect(cause('x = -3;<1>3 * 4 = 12;')).toBe('operand');
    expect(cause('x = -3;<1>-3 * 4 = 12;')).toBe('arithmetic');
    expect(cause('x = -3;<1>-3 * 4 = -13;')).toBe('arithmetic');
  });

  test('several returned values are one step', () => {
    const traced = { thought: tokensOf('x = 3;<1>3 + 1 = 4;y = 4;<2>3, 4;'), output: '(3, 4)' };
    const wrong = thinks('x = 3;<1>3 + 1 = 4;y = 4;<2>3, 3;', '(3, 3)');
    expect(departureOf({ tokens: wrong, finished: true }, traced)?.cause).toBe('operand');
    const other = thinks('x = 3;<1>3 + 1 = 4;y = 4;<2>3, 4;', '(4, 4)');
    expect(departureOf({ tokens: other, finished: true }, traced)?.cause).toBe('answer');
  });
});

describe('laws', () => {
  const suites = LEVEL_IDS.flatMap((level) =>
    [1, 3, 5].flatMap((tier) =>
      buildSuite({ level, kind: 'deduction', tier, count: 6, seed: 3, inductionExamples: 8 }),
    ),
  );
  const traced = suites.filter(isTraced);
  const anyTask = fc.constantFrom(...traced);

  test('every held-out deduction is traced, and its thought ends in its output', () => {
    expect(traced).toHaveLength(suites.length);
    for (const task of traced) {
      expect(departureOf({ tokens: perfectResponse(task), finished: true }, task)).toBeNull();
    }
  });

  test('what was cut while it was right had no room; what was cut later keeps its cause', () => {
    fc.assert(
      fc.property(anyTask, fc.nat(), (task, cut) => {
        const perfect = perfectResponse(task);
        const tokens = perfect.slice(0, cut % perfect.length);
        expect(departureOf({ tokens, finished: false }, task)).toEqual({ cause: 'room', at: tokens.length });
      }),
      { numRuns: scaled(2000, 200) },
    );
  });

  test('a response departs where its first token differs, and what comes behind changes nothing', () => {
    fc.assert(
      fc.property(
        anyTask,
        fc.nat(),
        fc.integer({ min: 0, max: 287 }),
        fc.array(fc.integer({ min: 0, max: 287 }), { maxLength: 20 }),
        (task, position, token, rest) => {
          const perfect = perfectResponse(task);
          const at = position % perfect.length;
          fc.pre(token !== perfect[at]);
          const short = departureOf({ tokens: [...perfect.slice(0, at), token], finished: true }, task);
          expect(CAUSES).toContain(short?.cause);
          expect(short?.at).toBe(at);
          const tokens = [...perfect.slice(0, at), token, ...rest];
          for (const finished of [true, false])
            expect(departureOf({ tokens, finished }, task)).toEqual(short);
          const [from, to] = stepAround(tokens, at);
          expect(from <= at && at < to).toBe(true);
        },
      ),
      { numRuns: scaled(2000, 300) },
    );
  });

  test('shares are of all traced answers: with the right ones they make up the whole', () => {
    const random = new Random(5);
    const answered = traced.map((task) => {
      const perfect = perfectResponse(task);
      const isCorrect = random.chance(0.4);
      const at = random.integer(1, perfect.length - 2);
      const tokens = isCorrect ? perfect : [...perfect.slice(0, at), SPECIAL.answer, SPECIAL.eos];
      return { responses: [{ tokens, finished: true, isCorrect }] };
    });
    const right = answered.filter(({ responses }) => responses[0]?.isCorrect).length / traced.length;
    const shares = errorShares(traced, answered);
    const wrong = Object.values(shares ?? {}).reduce((sum, share) => sum + share, 0);
    expect(wrong + right).toBeCloseTo(1);
  });

  test('without a traced question there are no shares', () => {
    const tasks = buildSuite({
      level: 1,
      kind: 'abduction',
      tier: 1,
      count: 2,
      seed: 3,
      inductionExamples: 8,
    });
    expect(errorShares(tasks, [])).toBeUndefined();
  });
});

test('an answer that is right by another thought is no error', () => {
  const responses = [
    { tokens: [SPECIAL.answer, ...encode('7'), SPECIAL.eos], finished: true, isCorrect: true },
  ];
  expect(Object.values(errorShares([TRACED], [{ responses }]) ?? {}).every((share) => share === 0)).toBe(
    true,
  );
  expect(PERFECT).toEqual(perfectResponse(TRACED));
});

test('an answer is faithful when thought and answer are the interpreter’s to the last token', () => {
  const answer = (tokens: readonly number[], isCorrect: boolean) => ({
    responses: [{ tokens: [...tokens], finished: true, isCorrect }],
    correct: Number(isCorrect),
    thinks: 1,
  });
  // Left out is a line that changes nothing, so that the answer is right all the same.
  const lucky = thinks('x = 5;<1>5 + 4 = 9;y = 9;<2>9 > 3 = True;<4>7;', '7');
  const answered = [answer(PERFECT, true), answer(lucky, true), answer(thinks(RUN, '8'), false)];
  const counted = faithful([TRACED, TRACED, TRACED], answered);
  expect(counted.map(({ correct }) => correct)).toEqual([1, 0, 0]);
  expect(faithful([{ output: '7' }], [answer(PERFECT, true)])[0]?.correct).toBe(0);
});
