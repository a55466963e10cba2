import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LEVEL_1 } from '../language/level1/level.ts';
import { render } from '../language/tokenizer.ts';
import { Random } from '../random.ts';
import { fitValues } from './fits.ts';
import { distinctInputs } from './warmUp.ts';

const on = (f: (x: number) => string, xs: readonly number[]) =>
  xs.map((x) => ({ input: String(x), output: f(x) }));

test('a line is found step by step, and checked on every other example', () => {
  const found = fitValues(on((x) => String(2 * x - 3), [1, 4, -2, 0]));
  expect(render(found!.thought)).toBe(
    '5 - -1 = 6;4 - 1 = 3;6 % 3 = 0;0 == 0 = True;6 // 3 = 2;2 * 1 = 2;-1 - 2 = -3;' +
      '2 * -2 = -4;-4 + -3 = -7;-7 == -7 = True;2 * 0 = 0;0 + -3 = -3;-3 == -3 = True;',
  );
  expect(found!.program).toBe('def f(x):\n    return 2 * x - 3');
});

test('what is no line is one operation on what is known, checked on every example', () => {
  const found = fitValues(on((x) => `(${x + 4}, ${Math.floor((x + 4) / 3)})`, [1, 4, 6]));
  expect(render(found!.thought)).toMatch(
    /2 - 1 = 1;4 - 1 = 3;1 % 3 = 1;1 == 0 = False;5 \/\/ 3 = 1;1 == 1 = True;8 \/\/ 3 = 2;2 == 2 = True;10 \/\/ 3 = 3;3 == 3 = True;$/,
  );
  expect(found!.program).toBe('def f(x):\n    return x + 4, (x + 4) // 3');
});

test('operations that fail come first now and then, and end where an example disagrees', () => {
  const squares = on((x) => String(x * x), [2, 3, 5]);
  const thoughts = [1, 2, 3, 4, 5, 6].map((seed) => fitValues(squares, new Random(seed))!);
  expect(new Set(thoughts.map(({ thought }) => render(thought))).size).toBeGreaterThan(1);
  for (const { thought, program } of thoughts) {
    expect(program).toBe('def f(x):\n    return x * x');
    expect(render(thought)).toMatch(
      /2 \* 2 = 4;4 == 4 = True;3 \* 3 = 9;9 == 9 = True;5 \* 5 = 25;25 == 25 = True;$/,
    );
  }
});

test('where nothing fits, the thought ends on what failed', () => {
  const found = fitValues(on((x) => String(x * x + x - 1), [0, 2, 3]));
  expect(found!.program).toBeNull();
  expect(render(found!.thought)).toMatch(/ == \S+ = False;$/);
});

test('what is no point of integers in range is not tried', () => {
  expect(fitValues(on((x) => `'${x}'`, [1, 2, 3]))).toBeNull();
  expect(fitValues(on((x) => String(40 * x), [-2, 2, 0]))).toBeNull();
  expect(fitValues(on(String, [1, 2]))).toBeNull();
});

test('every line of one to three values comes out as a program that gives it', () => {
  const small = fc.integer({ min: -5, max: 5 });
  const lines = fc.array(fc.tuple(small, small), { minLength: 1, maxLength: 3 });
  const xs = fc.uniqueArray(fc.integer({ min: -8, max: 8 }), { minLength: 3, maxLength: 5 });
  fc.assert(
    fc.property(lines, xs, (of, inputs) => {
      const values = (x: number) => of.map(([a, b]) => a * x + b);
      const text = (x: number) => (of.length === 1 ? String(values(x)[0]) : `(${values(x).join(', ')})`);
      const { program } = fitValues(on(text, inputs))!;
      const result = program!.replace('def f(x):\n    return ', '');
      // Python's and JavaScript's arithmetic agree on + - *.
      const f = new Function('x', `return [${result}]`) as (x: number) => number[];
      for (const x of [-3, 0, 7]) expect(f(x).map((y) => y + 0)).toEqual(values(x).map((y) => y + 0));
    }),
  );
});

test('what is found for a program of the grammar gives every example that was shown', () => {
  let found = 0;
  for (let seed = 0; seed < 300; seed++) {
    const random = new Random(seed);
    const program = LEVEL_1.generate(random, 1 + (seed % 3));
    const inputs = distinctInputs(random, program, 4, 8) ?? [];
    const examples = inputs.map((input) => ({ input, output: program.run(input) as string }));
    const answer = fitValues(examples, random)?.program;
    if (!answer) continue;
    found++;
    for (const { input, output } of examples) expect(LEVEL_1.traceOf?.(answer, input)?.output).toBe(output);
  }
  expect(found).toBeGreaterThan(50);
});
