import { expect, test } from 'vitest';
import { isEvaluationStep, learningRateAt } from './schedule.ts';

test('the learning rate falls linearly to its final share', () => {
  const config = { learningRate: 0.4, finalLrFraction: 0.25, steps: 4 };
  expect([1, 2, 3, 4].map((step) => learningRateAt(step, config))).toEqual([
    0.4,
    expect.closeTo(0.3),
    expect.closeTo(0.2),
    expect.closeTo(0.1),
  ]);
  expect(learningRateAt(1, { ...config, steps: 1 })).toBe(0.4);
});

test('the last step is always evaluated', () => {
  const config = { evaluateEvery: 10, steps: 25 };
  expect([5, 10, 20, 24, 25].map((step) => isEvaluationStep(step, config))).toEqual([
    false,
    true,
    true,
    false,
    true,
  ]);
});
