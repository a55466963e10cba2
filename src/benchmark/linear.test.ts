import { expect, test } from 'vitest';
import { linearScores } from './linear.ts';

/** An induction whose program does this on 0, 1, 2 … */
function induction(outputOf: (x: number) => string) {
  const examples = Array.from({ length: 8 }, (_, x) => ({ input: String(x), output: outputOf(x) }));
  return { program: 'def f(x):\n    return x', ...examples[0]!, examples };
}
const right = { correct: 1, thinks: 1 };
const wrong = { correct: 0, thinks: 1 };

test('inductions are told apart by their values, and by whether a line fits every one', () => {
  const questions = [
    induction((x) => `${2 * x - 3}`),
    induction((x) => `${5 - x}`),
    induction((x) => `${x * x}`),
    induction((x) => `(${x + 1}, ${3 * x})`),
    induction((x) => `(${x + 1}, ${x % 2})`),
    { question: '3 + 4', answer: '7' },
  ];
  const scores = linearScores(questions, [right, wrong, wrong, right, wrong, right]);
  const told = Object.entries(scores).map(([line, score]) => [line, score.mean, score.tasks]);
  expect(told).toEqual([
    ['1 linear', 0.5, 2],
    ['1 other', 0, 1],
    ['2 linear', 1, 1],
    ['2 other', 0, 1],
  ]);
});
