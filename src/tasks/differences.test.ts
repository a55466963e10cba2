import fc from 'fast-check';
import { expect, test } from 'vitest';
import { render } from '../language/tokenizer.ts';
import { fitLine } from './differences.ts';

const on = (f: (x: number) => string, xs: readonly number[]) =>
  xs.map((x) => ({ input: String(x), output: f(x) }));

test('a line is found step by step, and checked on every other example', () => {
  const found = fitLine(on((x) => String(2 * x - 3), [1, 4, -2, 0]));
  expect(render(found!.thought)).toBe(
    '5 - -1 = 6;4 - 1 = 3;6 % 3 = 0;0 == 0 = True;6 // 3 = 2;2 * 1 = 2;-1 - 2 = -3;' +
      '2 * -2 = -4;-4 + -3 = -7;-7 == -7 = True;2 * 0 = 0;0 + -3 = -3;-3 == -3 = True;',
  );
  expect(found!.program).toBe('def f(x):\n    return 2 * x - 3');
});

test('a check that fails ends the thought', () => {
  const curved = fitLine(on((x) => String(x * x), [0, 2, 3]));
  expect(curved!.program).toBeNull();
  expect(render(curved!.thought)).toMatch(/6 == 9 = False;$/);
  expect(fitLine(on((x) => String(Math.floor(x / 2)), [0, 3, 4]))!.program).toBeNull();
});

test('what is no point of integers in range is not tried', () => {
  expect(fitLine(on((x) => `'${x}'`, [1, 2, 3]))).toBeNull();
  expect(fitLine(on((x) => String(40 * x), [-2, 2, 0]))).toBeNull();
  expect(fitLine(on(String, [1, 2]))).toBeNull();
});

test('every line of one to three values comes out as a program that gives it', () => {
  const small = fc.integer({ min: -5, max: 5 });
  const lines = fc.array(fc.tuple(small, small), { minLength: 1, maxLength: 3 });
  const xs = fc.uniqueArray(fc.integer({ min: -8, max: 8 }), { minLength: 3, maxLength: 5 });
  fc.assert(
    fc.property(lines, xs, (of, inputs) => {
      const values = (x: number) => of.map(([a, b]) => a * x + b);
      const text = (x: number) => (of.length === 1 ? String(values(x)[0]) : `(${values(x).join(', ')})`);
      const { program } = fitLine(on(text, inputs))!;
      const result = program!.replace('def f(x):\n    return ', '');
      // Python's and JavaScript's arithmetic agree on + - *.
      const f = new Function('x', `return [${result}]`) as (x: number) => number[];
      for (const x of [-3, 0, 7]) expect(f(x).map((y) => y + 0)).toEqual(values(x).map((y) => y + 0));
    }),
  );
});
