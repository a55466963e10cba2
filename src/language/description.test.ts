import { expect, test } from 'vitest';
import { describeProgram } from './description.ts';

test.each([
  ['def f(x):\n    return x', 'plain'],
  ['def f(x):\n    y = abs(x) * 3\n    if y > 4:\n        y = y - 1\n    return -y', 'if abs - *'],
  ['def f(x):\n    y = 0\n    for v in x:\n        y += v // 2\n    return y', 'for + //'],
  ['def f(x):\n    return len(x) % 7', 'len %'],
])('%j is described by its parts', (source, description) => {
  expect(describeProgram(source)).toBe(description);
});
