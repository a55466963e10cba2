/** What becomes of the programs that people paste, with CPython in Node: the ones that were tried by hand, and more. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createNodeSandbox } from '../sandbox/node.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { checkSeeds } from './seeds.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  // Nothing here depends on how busy the machine is.
  sandbox = await createNodeSandbox({ timeoutMs: 60_000 });
}, 90_000);
afterAll(() => sandbox?.close());

/** Each function of a text as `name(input) = output`, or as `name: why not`; or what is wrong with the text, and where. */
async function tell(text: string): Promise<string[]> {
  const check = await checkSeeds(text, 256, sandbox);
  if (!check.ok) return [`line ${check.line ?? '?'}: ${check.detail}`];
  return check.functions.map((execution) =>
    execution.ok
      ? `${execution.name}(${execution.input}) = ${execution.output}`
      : `${execution.name}: ${execution.detail}`,
  );
}

describe('is taken', () => {
  test.each([
    ['named f', 'def f(x):\n    return x + 1', 'f(5) = 6'],
    ['on one line, as the page shows it', 'def hello(): return "hello world"', "hello() = 'hello world'"],
    ['on two lines', 'def hello():\n    return "hello world"', "hello() = 'hello world'"],
    ['of another name', 'def double(n):\n    return n * 2', 'double(5) = 10'],
    ['that calls itself', 'def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)', 'fib(5) = 5'],
    [
      'of a list',
      'def total(xs):\n    s = 0\n    for x in xs:\n        s += x\n    return s',
      'total([3, 1, 2]) = 6',
    ],
    [
      'with types and a docstring',
      'def average(numbers: list[float]) -> float:\n    """The mean, é."""\n    return sum(numbers) / len(numbers)',
      'average([3, 1, 2]) = 2.0',
    ],
    ['indented by tabs', 'def g(x):\n\tif x:\n\t\treturn 1\n\treturn 2', 'g(5) = 1'],
    ['that returns nothing', 'def g(x):\n    x = 1', 'g(5) = None'],
    ['of two parameters', 'def power(a, b):\n    return a ** b', 'power(5, 3) = 125'],
  ])('a program %s', async (_, text, told) => {
    expect(await tell(text)).toEqual([told]);
  });

  test('each of several functions, with the ones that it calls', async () => {
    expect(
      await tell(
        'def g(x):\n    return x + 1\n\ndef f(x):\n    return g(x) * 2\n\ndef bad(x):\n    return x[9]',
      ),
    ).toEqual([
      'g(5) = 6',
      'f(5) = 12',
      expect.stringMatching(
        /^bad: It raises an error on every input that was tried, for instance TypeError.*\.$/,
      ),
    ]);
  });

  test('as a program named f that does the same', async () => {
    const check = await checkSeeds('def double(n): return n * 2', 256, sandbox);
    expect(check.ok && check.functions[0]).toMatchObject({
      program: 'def f(n):\n    return n * 2',
      text: 'def double(n):\n    return n * 2',
    });
  });
});

describe('is refused in a sentence', () => {
  test.each([
    ['a syntax error', 'def f(x)\n    return x', /^line 1: Python cannot read this: expected ':'\.$/],
    ['a letter', 'def f(x):\n    return "ü"', /^line 2: The model cannot read the character ü/],
    ['an import', 'import math\ndef f(x):\n    return x', /^line 1: .* an import/],
    ['an import inside', 'def f(x):\n    import math\n    return x', /^line 2: .* an import/],
    ['a forbidden function', 'def f(x):\n    y = x\n    return input()', /^line 3: .* input/],
    [
      'an endless loop',
      'def f(x):\n    while True:\n        x += 1',
      /^f: It does not end: .* 5000 steps\.$/,
    ],
    ['five parameters', 'def f(a, b, c, d, e):\n    return a', /^f: None of the inputs fits its parameters/],
    [
      'a function that it returns',
      'def f(x):\n    return lambda: x',
      /^f: It does not return a plain value: /,
    ],
    [
      '120 lines',
      `def f(x):\n${'    x = x + 1\n'.repeat(119)}    return x`,
      /^f: It is too long: \d+ tokens/,
    ],
    [
      '3,000 lines',
      `def f(x):\n${'    x = x + 1\n'.repeat(2999)}    return x`,
      /longer than 4,000 characters/,
    ],
    ['text', 'please make it add numbers', /^line 1: Python cannot read this/],
    ['a class', 'class A:\n    pass', /^line 1: .* a class/],
    ['nothing', '', /^line \?: There is no function here yet/],
  ])('%s', async (_, text, told) => {
    expect((await tell(text)).join('\n')).toMatch(told);
  });

  test('what fits one model need not fit another', async () => {
    const text = `def f(x):\n${'    x = x + 1\n'.repeat(14)}    return x`;
    const fits = async (context: number) => {
      const check = await checkSeeds(text, context, sandbox);
      return check.ok && check.functions[0]?.ok;
    };
    expect([await fits(256), await fits(96)]).toEqual([true, false]);
  });
});
