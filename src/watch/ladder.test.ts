import { expect, test } from 'vitest';
import type { Answered } from '../benchmark/answers.ts';
import { isTraced, perfectResponse } from '../benchmark/errors.ts';
import { buildSuite } from '../benchmark/suites.ts';
import { encode, render, SPECIAL } from '../language/tokenizer.ts';
import { ladderExamples } from './ladder.ts';

const [task] = buildSuite({ level: 1, kind: 'deduction', tier: 3, count: 1, seed: 1, inductionExamples: 8 });
if (!task || !isTraced(task)) throw new Error('Every held-out deduction has a thought.');
const perfect = perfectResponse(task);
const endOfThought = perfect.indexOf(SPECIAL.answer);

function answered(tokens: number[]): Answered {
  const isCorrect = tokens === perfect;
  return { correct: Number(isCorrect), thinks: 1, responses: [{ tokens, finished: true, isCorrect }] };
}

const shown = (now: Answered | null, base: Answered) => ladderExamples({ examples: [{ task, now, base }] });

test('a response is cut around its first wrong step, and the interpreter’s step stands beside it', () => {
  const wrong = [...perfect.slice(0, endOfThought), SPECIAL.answer, ...encode('None'), SPECIAL.eos];
  const { tier, program, input, output } = task;
  expect(shown(answered(perfect), answered(wrong))).toEqual([
    {
      ...{ tier, program, input, output },
      base: {
        parts: [render(perfect.slice(0, endOfThought)), '<ans>None<eos>', ''],
        cause: 'answer',
        expected: render(perfect.slice(endOfThought)),
      },
      now: { parts: [render(perfect), '', ''], cause: null, expected: '' },
    },
  ]);
});

test('before the reasoner is asked the base’s thought stands alone', () => {
  expect(shown(null, answered(perfect))).toMatchObject([
    { tier: task.tier, base: { cause: null }, now: null },
  ]);
});

test('an answer at once is wrong from its beginning', () => {
  const atOnce = answered([SPECIAL.answer, ...encode('None'), SPECIAL.eos]);
  expect(shown(atOnce, atOnce)[0]?.now).toEqual({
    parts: ['', '<ans>None<eos>', ''],
    cause: 'at-once',
    expected: expect.stringMatching(/^<think>x = .*;$/),
  });
});

test('what the interpreter cannot trace is not shown', () => {
  const [abduction] = buildSuite({
    level: 1,
    kind: 'abduction',
    tier: 2,
    count: 1,
    seed: 1,
    inductionExamples: 8,
  });
  if (!abduction) throw new Error('The suite is empty.');
  const right = answered(perfect);
  expect(ladderExamples({ examples: [{ task: abduction, now: right, base: right }] })).toEqual([]);
});
