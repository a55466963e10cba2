import { describe, expect, test } from 'vitest';
import { cognitiveComplexity, cyclomaticComplexity, halstead } from './complexity.ts';

const STRAIGHT = 'def f(x):\n    y = x + 1\n    return y * 2';
const NESTED = `def f(x):
    for i in range(3):
        if x > 2 and x < 9 and x != 5 or x == 0:
            x = x - 1
        else:
            x = 1 if x < 0 else 2
    return x`;

test('cognitive complexity grows with branches and with what is around them', () => {
  expect(cognitiveComplexity(STRAIGHT)).toBe(0);
  // for 1, if 1 + 1, two runs of connectives 2, else 1, conditional expression 1 + 2.
  expect(cognitiveComplexity(NESTED)).toBe(9);
  expect(
    cognitiveComplexity(
      'def f(x):\n    if x > 1:\n        x = 1\n    elif x > 0:\n        x = 2\n    return x',
    ),
  ).toBe(2);
});

test('cyclomatic complexity counts the places where the way can part', () => {
  expect(cyclomaticComplexity(STRAIGHT)).toBe(1);
  // for, if, and, and, or, conditional expression.
  expect(cyclomaticComplexity(NESTED)).toBe(7);
});

describe('Halstead', () => {
  test('counts by hand', () => {
    // Operators: def ( return + (2 kinds of bracket none) → def, (, return, +; operands: f, x, x, 1.
    const { volume, effort } = halstead('def f(x):\n    return x + 1');
    expect(volume).toBeCloseTo(8 * Math.log2(7));
    expect(effort).toBeCloseTo((4 / 2) * (4 / 3) * volume);
  });

  test('words in strings are operands, and no text is no effort', () => {
    expect(cognitiveComplexity("def f(x):\n    return 'if or for'")).toBe(0);
    expect(halstead('')).toEqual({ volume: 0, effort: 0 });
    expect(halstead(')')).toEqual({ volume: 0, effort: 0 });
    expect(halstead(NESTED).effort).toBeGreaterThan(halstead(STRAIGHT).effort);
  });
});
