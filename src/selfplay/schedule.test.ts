import { describe, expect, test } from 'vitest';
import { presetConfig } from '../config/presets.ts';
import { isEvaluationStep, isQuickEvaluationStep, learningRateAt, quickTasksOf } from './schedule.ts';

test('the learning rate falls linearly to its final share', () => {
  const config = { learningRate: 0.4, lrRampSteps: 1, finalLrFraction: 0.25, steps: 4 };
  expect([1, 2, 3, 4].map((step) => learningRateAt(step, config))).toEqual([
    0.4,
    expect.closeTo(0.3),
    expect.closeTo(0.2),
    expect.closeTo(0.1),
  ]);
  expect(learningRateAt(1, { ...config, steps: 1 })).toBe(0.4);
});

test('the learning rate rises over its ramp', () => {
  const config = { learningRate: 0.4, lrRampSteps: 4, finalLrFraction: 1, steps: 100 };
  const rates = [1, 2, 3, 4, 5].map((step) => learningRateAt(step, config));
  expect(rates).toEqual([0.1, 0.2, 0.3, 0.4, 0.4].map((rate) => expect.closeTo(rate)));
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

describe('quick evaluations', () => {
  const steps = Array.from({ length: 60 }, (_, i) => i + 1);
  const quick = (config: { evaluateEvery: number; steps: number }) =>
    steps.slice(0, config.steps).filter((step) => isQuickEvaluationStep(step, config));

  test('are every other step of the first twenty that no evaluation takes', () => {
    expect(quick({ evaluateEvery: 10, steps: 60 })).toEqual([2, 4, 6, 8, 12, 14, 16, 18]);
    expect(quick({ evaluateEvery: 5, steps: 8 })).toEqual([2, 4, 6]);
    expect(quick({ evaluateEvery: 1000, steps: 60 })).toHaveLength(10);
  });

  test.each([1, 2])('are none where every %i is evaluated', (evaluateEvery) => {
    expect(quick({ evaluateEvery, steps: 60 })).toEqual([]);
  });

  test('ask as few tasks as the steps are small, and never more than there are', () => {
    const config = presetConfig('demo');
    expect(quickTasksOf(config)).toBe(10);
    expect(quickTasksOf({ ...config, evaluationTasks: 6 })).toBe(6);
    expect(quickTasksOf({ ...config, proposalsPerKind: 1, attemptsPerTask: 2, bufferTasksPerKind: 0 })).toBe(
      1,
    );
    expect(quickTasksOf(presetConfig('climb'))).toBeLessThan(presetConfig('climb').evaluationTasks / 4);
  });
});
