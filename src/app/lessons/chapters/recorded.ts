/** Tasks of the recording `demo` that lessons ask: a law checks them against it. */
import type { PlayedTask } from '../../../run/visit.ts';

export interface RecordedTask {
  id: string;
  /** The step in which it was tried eight times. */
  step: number;
  task: PlayedTask;
}

/** Solved in 4 of 8. */
export const DOUBLE: RecordedTask = {
  id: 'd186',
  step: 3,
  task: {
    kind: 'deduction',
    program: 'def f(x):\n    if x >= 2:\n        x = x + x\n    return x, x // 2',
    input: '12',
    output: '(24, 12)',
  },
};

/** Solved in 7 of 8. */
export const ABSOLUTE: RecordedTask = {
  id: 'a145',
  step: 1,
  task: {
    kind: 'abduction',
    program: 'def f(x):\n    x = abs(x)\n    return x, x % 5, x - x',
    input: '-6',
    output: '(6, 1, 0)',
  },
};

/** Solved in 2 of 8. */
export const MINUS_TWO: RecordedTask = {
  id: 'i502',
  step: 14,
  task: {
    kind: 'induction',
    program: 'def f(x):\n    z = x + 7\n    return z - 9',
    input: '-4',
    output: '-6',
    examples: [
      { input: '-4', output: '-6' },
      { input: '-3', output: '-5' },
      { input: '4', output: '2' },
      { input: '-1', output: '-3' },
      { input: '7', output: '5' },
      { input: '8', output: '6' },
      { input: '18', output: '16' },
      { input: '1', output: '-1' },
    ],
  },
};

/** The task that the loop follows in its step; solved in 4 of 8, by exactly those that think. */
export const FOLLOWED: RecordedTask = {
  id: 'd340',
  step: 9,
  task: {
    kind: 'deduction',
    program:
      'def f(x):\n    if x >= 3:\n        x = x + 7\n    y = x + 9\n    if y >= 4:\n        if y < 1:\n            y = y % 2\n    return y + y, y',
    input: '4',
    output: '(40, 20)',
  },
};

/** Solved in 8 of 8. */
export const TOO_EASY: RecordedTask = {
  id: 'd3',
  step: 1,
  task: {
    kind: 'deduction',
    program: 'def f(x):\n    return 8, x % 6, x * x',
    input: '7',
    output: '(8, 1, 49)',
  },
};

/** Solved in 0 of 8. */
export const TOO_HARD: RecordedTask = {
  id: 'd127',
  step: 1,
  task: {
    kind: 'deduction',
    program: 'def f(x):\n    return x % 3, x - 5, x * (x % 8)',
    input: '-4',
    output: '(2, -9, -16)',
  },
};
