import { expect, test } from 'vitest';
import { levelOf } from '../language/level.ts';
import { isLineLabel } from '../language/tokenizer.ts';
import { perfectResponse } from './errors.ts';
import { buildSuite } from './suites.ts';
import { TURNS, turnCounts } from './turns.ts';

const PROGRAM = [
  'def f(x):',
  '    for i in range(2):',
  '        if x > 5:',
  '            x = x - 4',
  '        else:',
  '            x = x + 1',
  '    y = x',
  '    if y == 9:',
  '        y = 0',
  '    return y, x',
].join('\n');

function asked(input: string) {
  return { program: PROGRAM, input, ...levelOf(1).traceOf!(PROGRAM, input)! };
}

/** The perfect answer, cut before its n-th line label and gone on with another one. */
function astray(question: ReturnType<typeof asked>, n: number) {
  const perfect = perfectResponse(question);
  const at = perfect.flatMap((token, i) => (isLineLabel(token) ? [i] : []))[n] as number;
  return {
    tokens: [...perfect.slice(0, at), (perfect[at] as number) + 1, ...perfect.slice(at + 1)],
    finished: true,
  };
}

const told = (counts: ReturnType<typeof turnCounts>) =>
  Object.fromEntries(
    Object.entries(counts ?? {}).flatMap(([turn, { reached, wrong }]) =>
      reached > 0 ? [[turn, [reached, wrong]]] : [],
    ),
  );

test('every turn of a right answer is come to, by what decides it', () => {
  const question = asked('6');
  const responses = [{ tokens: perfectResponse(question), finished: true, isCorrect: true }];
  // 6: the branch, again, the else, out of the loop, the line below, a condition that fails.
  expect(told(turnCounts([question], [{ responses }]))).toEqual({
    next: [1, 0],
    holds: [1, 0],
    several: [1, 0],
    else: [1, 0],
    skip: [1, 0],
    over: [1, 0],
  });
});

test('the only `if` of a program that fails is another turn than one of several', () => {
  const program = PROGRAM.replaceAll(/ {8}if.*x \+ 1/gs, '        x = x + 3');
  const question = { program, input: '2', ...levelOf(1).traceOf!(program, '2')! };
  const responses = [{ tokens: perfectResponse(question), finished: true, isCorrect: true }];
  expect(told(turnCounts([question], [{ responses }]))).toMatchObject({ fails: [1, 0] });
});

test('a wrong line counts where it was gone to, and nothing behind it does', () => {
  const question = asked('6');
  const wrong = (n: number) =>
    turnCounts([question], [{ responses: [{ ...astray(question, n), isCorrect: false }] }]);
  // Labels: for, if, its branch, for, if, its else.
  expect(told(wrong(2))).toEqual({ holds: [1, 1] });
  expect(told(wrong(3))).toEqual({ holds: [1, 0], skip: [1, 1] });
  expect(told(wrong(5))).toEqual({ holds: [1, 0], skip: [1, 0], else: [1, 1] });
});

test('another way to the right answer is not wrong, and questions without a thought are left out', () => {
  const question = asked('6');
  const responses = [{ ...astray(question, 3), isCorrect: true }];
  expect(told(turnCounts([question], [{ responses }]))).toEqual({ holds: [1, 0] });
  expect(turnCounts([{ question: '3 + 4', answer: '7' }], [{ responses }])).toBeUndefined();
});

test('perfect answers come to every kind of turn and take no wrong one', () => {
  const tasks = buildSuite({
    level: 1,
    kind: 'deduction',
    tier: 6,
    count: 100,
    seed: 1,
    inductionExamples: 8,
  });
  const answered = tasks.map((task) => ({
    responses: [{ tokens: perfectResponse(task as never), finished: true, isCorrect: true }],
  }));
  const counts = turnCounts(tasks, answered);
  for (const turn of TURNS) {
    expect(counts?.[turn].reached, turn).toBeGreaterThan(0);
    expect(counts?.[turn].wrong, turn).toBe(0);
  }
});
