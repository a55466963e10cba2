import { expect, test } from 'vitest';
import { fitScores } from './fits.ts';

/** An induction whose program does this on 0, 1, 2 … */
function induction(outputOf: (x: number) => string) {
  const examples = Array.from({ length: 8 }, (_, x) => ({ input: String(x), output: outputOf(x) }));
  return { program: 'def f(x):\n    return x', ...examples[0]!, examples };
}
const right = { correct: 1, thinks: 1 };
const wrong = { correct: 0, thinks: 1 };

test('inductions are told apart by their values, and by whether a line or one operation gives every one', () => {
  const questions = [
    induction((x) => `${2 * x - 3}`),
    induction((x) => `${5 - x}`),
    induction((x) => `${x * x - x - 1}`),
    induction((x) => `(${x + 1}, ${3 * x})`),
    induction((x) => `(${x + 1}, ${x % 2})`),
    induction((x) => `(${x + 1}, ${x * x - x - 1})`),
    { question: '3 + 4', answer: '7' },
  ];
  const scores = fitScores(questions, [right, wrong, wrong, right, wrong, wrong, right]);
  const told = Object.entries(scores).map(([line, score]) => [line, score.mean, score.tasks]);
  expect(told).toEqual([
    ['1 found', 0.5, 2],
    ['1 other', 0, 1],
    ['2 found', 0.5, 2],
    ['2 other', 0, 1],
  ]);
});
