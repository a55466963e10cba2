import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaled } from '../../../test/scale.ts';
import { Random } from '../../random.ts';
import { generateInput, generateProgram, TIERS } from '../grammar.ts';
import { trace } from '../interpreter.ts';
import { LEVEL_1 } from './level.ts';
import { readBody } from './reading.ts';

test('every program of the grammar is read as it was written, and thought through as it would be', () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(...TIERS), (seed, tier) => {
      const random = new Random(seed);
      const program = generateProgram(random, tier);
      expect(readBody(program.source)).toEqual(program.body);
      const x = generateInput(random, program);
      if (x !== null) expect(LEVEL_1.traceOf?.(program.source, String(x))).toEqual(trace(program, x));
    }),
    { numRuns: scaled(1000, 100) },
  );
});

test.each([
  'def f(x):\n    return x ** 2',
  'def f(x):\n    return [x]',
  'def f(x):\n    y = 2\n\n    return x',
  'def f(x):\n    while x > 3:\n        x = x - 1\n    return x',
  'def f(x, y):\n    return x + y',
  'def f(x):\n  return x + 1',
  'def f(x):\n    if x > 3:\n    return x',
  'def f(x):\n    return (x + 1)',
  'def f(x):\n    return x +',
  'def f(x):',
  '',
])('%j is not of the level', (source) => {
  expect(readBody(source)).toBeNull();
});

test('what leaves the range, or reads a name that has no value, has no thought', () => {
  expect(LEVEL_1.traceOf?.('def f(x):\n    return x * 50', '9')).toBeNull();
  expect(LEVEL_1.traceOf?.('def f(x):\n    return y + 1', '9')).toBeNull();
  expect(LEVEL_1.traceOf?.('def f(x):\n    if x > 3:\n        return x', '1')).toBeNull();
  expect(LEVEL_1.traceOf?.('def f(x):\n    return x % 0', '1')).toBeNull();
  expect(LEVEL_1.traceOf?.('def f(x):\n    return x + 1', "'a'")).toBeNull();
  expect(LEVEL_1.traceOf?.('def f(x):\n    return x + 1', '9')?.output).toBe('10');
});
