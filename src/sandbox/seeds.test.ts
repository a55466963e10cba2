/** What is made of typed texts: any name, any indentation, one line or many; and what is said of what is none. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createNodeSandbox } from './node.ts';
import type { Sandbox } from './sandbox.ts';
import { readSeeds, type SeedReading } from './seeds.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  // Nothing here depends on how busy the machine is.
  sandbox = await createNodeSandbox({ timeoutMs: 60_000 });
});
afterAll(() => sandbox?.close());

async function programsOf(text: string): Promise<Record<string, string>> {
  const reading = await readSeeds(sandbox, text);
  if (!reading.ok) throw new Error(`${reading.line}: ${reading.detail}`);
  return Object.fromEntries(reading.functions.map(({ name, program }) => [name, program]));
}

describe('is a seed', () => {
  test.each([
    ['the one that is shown', 'def hello(): return "hello world"', "def f():\n    return 'hello world'"],
    ['one named f', 'def f(x):\n    return x', 'def f(x):\n    return x'],
    [
      'tabs',
      'def g(x):\n\tif x:\n\t\treturn 1\n\treturn 2',
      'def f(x):\n    if x:\n        return 1\n    return 2',
    ],
    ['two spaces', 'def g(x):\n  x = 1\n  return x', 'def f(x):\n    x = 1\n    return x'],
    ['lines of Windows', 'def g(x):\r\n    return x\r\n', 'def f(x):\n    return x'],
    ['a text around', '"""A module."""\n# é\n\n\ndef g(x):\n    return x # √\n\n', 'def f(x):\n    return x'],
    ['an indented text', '    def g(x):\n        return x\n', 'def f(x):\n    return x'],
    ['a docstring', 'def g(x):\n    """Doc é."""\n    return x', 'def f(x):\n    return x'],
    ['nothing but a docstring', 'def g(x):\n    """Doc."""', 'def f(x):\n    pass'],
    [
      'annotations',
      'def g(x: List[int]) -> "é":\n    y: int = x\n    return y',
      'def f(x):\n    y = x\n    return y',
    ],
    [
      'a recursion',
      'def g(n):\n    return 1 if n < 2 else n * g(n - 1)',
      'def f(n):\n    return 1 if n < 2 else n * f(n - 1)',
    ],
    ['a local of its name', 'def g(n):\n    g = n\n    return g', 'def f(n):\n    g = n\n    return g'],
    [
      'a recursion inside',
      'def g(n):\n    h = lambda k: g(k - 1) if k else 0\n    return [g for g in [h(n)]]',
      'def f(n):\n    h = lambda k: f(k - 1) if k else 0\n    return [g for g in [h(n)]]',
    ],
    ['a local named f', 'def g(x):\n    f = x + 1\n    return f', 'def f(x):\n    f = x + 1\n    return f'],
    ['a blank line in a text', "def g(x):\n\n    return f'{x}\\n\\n'", "def f(x):\n    return f'{x}\\n\\n'"],
  ])('%s', async (_, text, program) => {
    expect(Object.values(await programsOf(text))).toEqual([program]);
  });

  test('every function of a text, with what it calls inside it', async () => {
    expect(
      await programsOf(
        'def f(x):\n    return x + 1\n\ndef twice(x):\n    return f(f(x))\n\ndef even(n):\n    return n == 0 or odd(n - 1)\ndef odd(n):\n    return n > 0 and even(n - 1)',
      ),
    ).toEqual({
      f: 'def f(x):\n    return x + 1',
      twice: 'def f(x):\n    def g(x):\n        return x + 1\n    return g(g(x))',
      even: 'def f(n):\n    def odd(n):\n        return n > 0 and f(n - 1)\n    return n == 0 or odd(n - 1)',
      odd: 'def f(n):\n    def even(n):\n        return n == 0 or f(n - 1)\n    return n > 0 and even(n - 1)',
    });
  });

  test('and under its own name it is a text that gives it again', async () => {
    const source =
      'def f(x): return x + 1\ndef fact(n): return 1 if n < 2 else f(n - 1) * fact(n - 1)\ndef twice(x): return f(f(x))';
    const reading = await readSeeds(sandbox, source);
    const functions = reading.ok ? reading.functions : [];
    expect(functions.map(({ text }) => text)).toEqual([
      'def f(x):\n    return x + 1',
      'def fact(n):\n    def g(x):\n        return x + 1\n    return 1 if n < 2 else g(n - 1) * fact(n - 1)',
      'def twice(x):\n    def g(x):\n        return x + 1\n    return g(g(x))',
    ]);
    for (const each of functions) {
      expect(await readSeeds(sandbox, each.text)).toEqual({ ok: true, functions: [each] });
    }
  });

  test('and means what it meant', async () => {
    const text =
      'def add(a, b=1):\n\treturn a + b\ndef each(add1, xs):\n\tadd2 = [add(x) for x in xs]\n\treturn add2 + [each(0, xs[1:])] if xs else []';
    const { each } = await programsOf(text);
    const [result] = await sandbox.run([{ program: each as string, inputs: ['0, [1, 2]'], runs: 2 }]);
    expect(result?.outcomes).toEqual([{ ok: true, output: '[2, 3, [3, []]]' }]);
  });
});

describe('is no seed', () => {
  test.each<[string, string, string, number?]>([
    ['nothing', ' \n', 'There is no function here yet. A function begins with def.'],
    ['remarks', '# x\n"""y"""', 'There is no function here yet. A function begins with def.'],
    ['bad syntax', 'def g(x):\n    return x +', 'Python cannot read this: invalid syntax.', 2],
    ['no colon', 'def g(x)\n    return x', "Python cannot read this: expected ':'.", 1],
    ['a class', 'def g(x):\n    return x\nclass A: pass', 'A program cannot have a class in it.', 3],
    ['a class inside', 'def g(x):\n    class A: pass', 'A program cannot have a class in it.', 2],
    [
      'an import',
      '# maths\nimport math\ndef g(x):\n    return x',
      'A program cannot have an import in it.',
      2,
    ],
    [
      'code outside',
      'def g(x):\n    return x\nprint(g(1))',
      'This stands outside of every function. Move it into one, or delete it.',
      3,
    ],
    ['a forbidden name', 'def g(x):\n    y = x\n    return open(y)', 'A program cannot have open in it.', 3],
    ['a forbidden name in a default', 'def g(x=open):\n    return x', 'A program cannot have open in it.', 1],
    ['a decorator', '@cache\ndef g(x):\n    return x', 'A program cannot have a decorator in it.', 2],
    ['async', 'async def g(x):\n    return x', 'A program cannot have async code in it.', 1],
    [
      'letters',
      'def g(x):\n    return "caf\u00e9"',
      'The model cannot read the character \u00e9: use plain letters.',
      2,
    ],
    ['names', 'def größe(x):\n    return x', 'The model cannot read the character ö: use plain letters.', 1],
    [
      'half a letter',
      'def g(x):\n    return "\ud800"',
      'The text has a character in it that no program may have.',
    ],
    [
      'a null',
      'def g(x):\n    return "\0"',
      'Python cannot read this: source code string cannot contain null bytes.',
    ],
    ['the same name twice', 'def g(): pass\ndef g(): pass', 'There are two functions named g.', 2],
    [
      'a variable in the way',
      'def g(f):\n    return g(f - 1) if f else 0',
      'The variable f is in the way: g will be called f. Rename the variable.',
      1,
    ],
    [
      'one name for two things',
      'def top(xs):\n    return max(xs)\ndef g(xs):\n    max = top(xs)\n    return max',
      'Both g and top use the name max. Give one of them another.',
      3,
    ],
    [
      'a default that calls',
      'def a(): return 1\ndef g(x=a()): return x',
      'The defaults of g call a function. Call it inside g.',
      2,
    ],
    [
      'a long program',
      `def g(x):\n${'    x += 1\n'.repeat(600)}`,
      'The function g is longer than 4,000 characters.',
      1,
    ],
    ['a long text', ' '.repeat(64_001), 'The text is longer than 64,000 characters.'],
    [
      'many functions',
      Array.from({ length: 21 }, (_, i) => `def g${i}(): pass\n`).join(''),
      'There are more than 20 functions.',
    ],
    [
      'deep brackets',
      `def g(x):\n    return ${'('.repeat(200)}x${')'.repeat(200)}`,
      'The program is nested too deeply.',
    ],
    ['a long sum', `def g(x):\n    return ${'x+'.repeat(3950)}x`, 'The program is nested too deeply.'],
    [
      'a longer one',
      `# x\ndef g(x):\n    return (${'x+\n'.repeat(9000)}x)`,
      'This is much longer than 4,000 characters.',
      2,
    ],
  ])('%s', async (_, text, detail, line) => {
    const expected: SeedReading = { ok: false, detail, ...(line === undefined ? {} : { line }) };
    expect(await readSeeds(sandbox, text)).toEqual(expected);
  });
});

test('a sandbox that gives no reading is said so', async () => {
  const answers = (output: string) =>
    readSeeds({ run: async () => [{ outcomes: [{ ok: true, output }] }] }, 'def g(): pass');
  for (const output of [
    '',
    '[]',
    'null',
    '{"ok": true, "functions": []}',
    '{"ok": true, "functions": [1]}',
  ]) {
    expect(await answers(output)).toEqual({ ok: false, detail: 'Python could not read this text.' });
  }
});
