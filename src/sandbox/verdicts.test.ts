/** What the verifier says of one program: real CPython in Pyodide, in a worker thread. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { f } from '../../test/sandbox/hostile/attack.ts';
import { createNodeSandbox } from './node.ts';
import type { Outcome, Refusal, Sandbox } from './sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  // The clock has tests of its own, in bell.node.test.ts: nothing here depends on how busy the machine is.
  sandbox = await createNodeSandbox({ timeoutMs: 60_000 });
});
afterAll(() => sandbox?.close());

async function judge(program: string, input = '', runs: 1 | 2 = 2): Promise<Outcome> {
  const [result] = await sandbox.run([{ program, inputs: [input], runs }]);
  return result?.outcomes[0] as Outcome;
}

/** Output of a program of one line or more, or its refusal in short. */
async function verdict(program: string, input = ''): Promise<string> {
  const outcome = await judge(program, input);
  return outcome.ok ? outcome.output : `${outcome.refusal}: ${outcome.detail}`;
}

async function expectRefusals(refusal: Refusal, programs: readonly string[]): Promise<void> {
  const results = await sandbox.run(programs.map((program) => ({ program, inputs: [''], runs: 2 })));
  const verdicts = results.map(({ outcomes: [outcome] }, i) => [
    programs[i],
    outcome?.ok ? outcome.output : outcome?.refusal,
  ]);
  expect(verdicts).toEqual(programs.map((program) => [program, refusal]));
}

describe('what runs', () => {
  test.each([
    ['the seed program', f('return "hello world"'), '', "'hello world'"],
    ['the identity', f('return x', 'x'), '7', '7'],
    ['several arguments', f('return [b, a]', 'a, b'), '1, "x"', "['x', 1]"],
    ['a default', f('return a + b', 'a, b=10'), '1', '11'],
    ['any number of arguments', f('return sum(xs)', '*xs'), '1, 2, 3', '6'],
    ['a trailing comma', f('return a', 'a'), '1,', '1'],
    ['recursion', f('return 1 if n < 2 else n * f(n - 1)', 'n'), '20', '2432902008176640000'],
    ['a nested function', f('def g(n):\n return n + 1\nreturn g(g(1))'), '', '3'],
    ['a closure', f('n = 0\ndef g():\n nonlocal n\n n += 1\n return n\ng()\nreturn g()'), '', '2'],
    ['a generator', f('def g():\n yield 1\n yield 2\nreturn list(g())'), '', '[1, 2]'],
    ['comprehensions', f('return {k: [i for i in range(k)] for k in (1, 2)}'), '', '{1: [0], 2: [0, 1]}'],
    [
      'exceptions',
      f('try:\n return 1 // 0\nexcept ZeroDivisionError as e:\n return str(e)'),
      '',
      "'division by zero'",
    ],
    ['match', f('match x:\n case [a, *b]:\n  return b\n case _:\n  return 0', 'x'), '[1, 2]', '[2]'],
    ['f-strings', f('return f"{x:>4}|{x!r}|{x:{x}}"', 'x'), '3', "'   3|3|  3'"],
    [
      'formats',
      f('return "%05.1f %s" % (2.25, "a") + "{:>3}{0}".replace("0", "").format(1, 2)'),
      '',
      "'002.2 a  12'",
    ],
    [
      'a method handed on',
      f('return sorted(d, key=d.get), list(map("-".join, ["ab"]))', 'd'),
      '{"b": 2, "a": 1}',
      "(['a', 'b'], ['a-b'])",
    ],
    ['catching everything', f('try:\n return 1 // x\nexcept:\n return 0', 'x'), '0', '0'],
    [
      'types as types',
      f('return isinstance(x, range), type(x) is range, type(1) == int, isinstance(int, type)', 'x=range(3)'),
      '',
      '(True, True, True, True)',
    ],
    ['methods of types', f('return sorted(["b", "A"], key=str.lower)'), '', "['A', 'b']"],
    ['str.join of a type', f('return str.join("-", map(str, range(3)))'), '', "'0-1-2'"],
    ['sets whose order does not show', f('return sorted({"b", "a"}), len({1, 1})'), '', "(['a', 'b'], 1)"],
    ['sets of integers', f('return list({3, 1, 2})'), '', '[1, 2, 3]'],
    ['printing, which goes nowhere', f('print("x" * 10)\nreturn 1'), '', '1'],
    ['names that hide builtins', f('sum = 3\nlist = [sum]\nreturn list'), '', '[3]'],
    ['no return', f('pass'), '', 'None'],
    ['annotations', f('y: int = x\nreturn y', 'x: "int"'), '2', '2'],
  ])('%s', async (_, program, input, output) => {
    expect(await verdict(program, input)).toBe(output);
  });

  test('instrumented operations mean what they meant', async () => {
    const program = f(
      `log = []
def a(v):
 log.append(v)
 return v
xs = [1, 2, 3]
same = xs
xs += [4]
xs *= 2
d = {'k': [1]}
d['k'] += (2,)
cells = [[0], [1]]
cells[a(0)][a(0)] += a(5)
cells[a(1)] *= a(2)
ys = [1, 2, 3]
ys[0:2] += [9]
t = (1,)
t += (2,)
s = 'a'
s *= 3
n = 7
n **= 2
n <<= 1
n %= 60
memo = [1]
def grow():
 memo.append(1)
 return 10
memo[0] += grow()
return same is xs, xs, d, cells, log, ys, t, s, n, memo`,
    );
    expect(await verdict(program)).toBe(
      "(True, [1, 2, 3, 4, 1, 2, 3, 4], {'k': [1, 2]}, [[5], [1, 1]], [0, 0, 5, 1, 2], [1, 2, 9, 3], (1, 2), 'aaa', 38, [11, 1])",
    );
  });
});

describe('inputs are literals', () => {
  test.each([
    '0) or (True',
    '4+4',
    '1), (2',
    '1)(2',
    'x',
    'x=1',
    '*[1]',
    '__import__("os")',
    '(lambda: 1)()',
    'f"{1}"',
    '[i for i in (1,)]',
    '{1, 2}',
    "b'a'",
    '1j',
    '...',
    '--5',
    'not True',
    '1 if True else 2',
    '(y := 1)',
    '{[1]: 2}',
    '{**{}}',
    '[*()]',
    ',',
    '"open',
    '1\n)\nimport os\nf(1',
    `${'['.repeat(30)}${']'.repeat(30)}`,
    '9'.repeat(3000),
    '1e999',
    'nan',
    '1, 2',
  ])('%s is refused', async (input) => {
    expect((await judge(f('return x', 'x'), input)).ok).toBe(false);
    expect(await judge(f('return x', 'x'), input)).toMatchObject({ refusal: 'input' });
  });

  test('no argument where one is needed, and one where none is', async () => {
    expect(await judge(f('return x', 'x'), '')).toMatchObject({ refusal: 'input' });
    expect(await judge(f('return 1'), '1')).toMatchObject({ refusal: 'input' });
    expect(await judge(f('return x', '*, x'), '')).toMatchObject({ refusal: 'input' });
  });

  test('every run has arguments of its own', async () => {
    const program = f('a.append(len(a))\na[0]["k"] = a[0].get("k", 0) + 1\nreturn a', 'a');
    const [result] = await sandbox.run([{ program, inputs: ['[{}]', '[{}]'], runs: 2 }]);
    expect(result?.outcomes).toEqual([
      { ok: true, output: "[{'k': 1}, 1]" },
      { ok: true, output: "[{'k': 1}, 1]" },
    ]);
  });

  test('every run has a namespace of its own', async () => {
    const program = f('seen.append(1)\nreturn len(seen)', 'x, seen=[]');
    const [result] = await sandbox.run([{ program, inputs: ['1', '2'], runs: 2 }]);
    expect(result?.outcomes.map((outcome) => outcome.ok && outcome.output)).toEqual(['1', '1']);
  });
});

describe('outputs are literals in canonical form', () => {
  test.each([
    ['True', 'True'],
    ['1', '1'],
    ['1.0', '1.0'],
    ['-0.0', '-0.0'],
    ['0.1 + 0.2', '0.30000000000000004'],
    ['1e16', '1e+16'],
    ['None', 'None'],
    ['(1,)', '(1,)'],
    ['()', '()'],
    ['{"b": 1, "a": [True, 1]}', "{'b': 1, 'a': [True, 1]}"],
    ['"it\'s"', '"it\'s"'],
    ['"\\n\\\\\\""', "'\\n\\\\\"'"],
    ['"\\ud800é\\x7f"', "'\\ud800é\\x7f'"],
    ['2 ** 200', String(2n ** 200n)],
  ])('%s', async (expression, output) => {
    expect(await verdict(f(`return ${expression}`))).toBe(output);
  });

  test('what is not a literal is refused by its type', async () => {
    expect(await verdict(f('return [lambda: 1]'))).toBe('output: not a literal: function');
    expect(await verdict(f('return {1, 2}'))).toBe('output: not a literal: set');
    expect(await verdict(f('return range(3)'))).toBe('output: not a literal: range');
    expect(await verdict(f('return float("nan")'))).toBe('output: not a literal: nan');
    expect(await verdict(f('return [(-float("inf"),)]'))).toBe('output: not a literal: -inf');
    await expectRefusals('output', [
      f('return int'),
      f('return f'),
      f('return (-1) ** 0.5'),
      f('return (i for i in [1])'),
      f('return len'),
      f('return "x" * 3000'),
      f('return 10 ** 2200'),
      f('return list(range(3000))'),
      f('x = []\nx.append(x)\nreturn x'),
      f('x = []\nfor _ in range(30):\n x = [x]\nreturn x'),
      f('x = [1]\nfor _ in range(18):\n x = [x, x]\nreturn x'),
    ]);
  });
});

describe('what a program may not be', () => {
  test('no single function f', () =>
    expectRefusals('syntax', [
      '',
      'def f(:',
      'x = 1',
      'def g(): return 1',
      'def f(): return 1\ndef f(): return 2',
      'def f(): return 1\nprint(1)',
      'f = lambda: 1',
      'def f():\n\treturn 1\n        return 2',
      'def f(): return 1\0',
      `def f(): return ${'('.repeat(300)}1${')'.repeat(300)}`,
      `def f(): return ${'-'.repeat(2000)}1`,
      `def f(): return "${'x'.repeat(5000)}"`,
      `def f(): return ${'['.repeat(150)}${']'.repeat(150)}`,
      `def f(): return ${'not '.repeat(200)}1`,
      `def f(): return ${'lambda:'.repeat(120)}1`,
      'def f(): yield = 1',
      'def f(): return\nreturn 1',
    ]));

  test('what the allow-list does not know', () =>
    expectRefusals('forbidden', [
      'import os\ndef f(): return 1',
      'class A: pass\ndef f(): return 1',
      'async def f(): return 1',
      '@staticmethod\ndef f(): return 1',
      f('import os\nreturn os.getcwd()'),
      f('from math import pi\nreturn pi'),
      f('return __import__("os")'),
      f('return ().__class__'),
      f('return f.__globals__'),
      f('return [].append.__self__'),
      f('return (i for i in []).gi_frame'),
      f('class A: pass\nreturn 1'),
      f('global x\nx = 1\nreturn x'),
      f('with x: pass'),
      f('async def g(): pass\nreturn 1'),
      f('return eval("1")'),
      f('exec("1")'),
      f('return open("x")'),
      f('return input()'),
      f('return globals()'),
      f('return getattr(1, "real")'),
      f('return vars()'),
      f('return id(1)'),
      f('return hash("a")'),
      f('return object()'),
      f('return bytes(3)'),
      f('return "{}".format_map({})'),
      f('x = "a".format_map\nreturn 1'),
      f('return int.mro()'),
      f('return type(int)("A", (), {})'),
      f('f.a = 1'),
      f('try:\n pass\nexcept (ValueError, KeyboardInterrupt):\n pass'),
      f('try:\n pass\nexcept [ValueError][0]:\n pass'),
      f('while True:\n try:\n  pass\n finally:\n  continue'),
      f('try:\n pass\nexcept* ValueError:\n pass'),
      f('raise SystemExit'),
      f('return 1 @ 2'),
      f('return 1j'),
      f('return b"a"'),
      f('__x = 1\nreturn __x'),
      f('return __name__'),
      f('return __debug__'),
      f('return lambda __class__: 1'),
      f('type Y = int\nreturn 1'),
      f('def g[T](x): return x\nreturn 1'),
      f('@f\ndef g(): pass'),
      f('match 1:\n case int(): pass'),
      f('"{0.__class__}".format(1)'),
      f('"{:{0.real}}".format(1, 2)'),
      f('str.format("{0.__class__}", 1)'),
    ]));

  test('the reason names the place', async () => {
    expect(await verdict(f('x = 1\nreturn x.__class__'))).toBe('forbidden: the attribute __class__ (line 3)');
    expect(await verdict(f('return open(1)'))).toBe('forbidden: open (line 2)');
  });
});

describe('runs that end badly', () => {
  test('errors carry Python’s own words', async () => {
    expect(await verdict(f('return [1][3]'))).toBe('error: IndexError: list index out of range');
    expect(await verdict(f('return {}["k"]'))).toBe("error: KeyError: 'k'");
    expect(await verdict(f('return undefined_name'))).toBe(
      "error: NameError: name 'undefined_name' is not defined",
    );
    expect(await verdict(f('raise ValueError([1])'))).toBe('error: ValueError');
    expect(await verdict(f('assert x, "no"', 'x'), '0')).toBe('error: AssertionError: no');
    expect(await verdict(f('type("A", (), {})'))).toMatch(/^error: TypeError/);
  });

  test('the step budget is the request’s own where it names one', async () => {
    const program = f('for i in range(40):\n x += i\nreturn x', 'x');
    const results = await sandbox.run([
      { program, inputs: ['0'], runs: 2, steps: 50 },
      { program, inputs: ['0'], runs: 2 },
      { program: f('for i in range(9000): pass\nreturn 1'), inputs: [''], runs: 1, steps: 20_000 },
    ]);
    expect(results.map(({ outcomes }) => outcomes)).toEqual([
      [{ ok: false, refusal: 'budget', detail: 'more than 50 steps' }],
      [{ ok: true, output: '780' }],
      [{ ok: true, output: '1' }],
    ]);
  });

  test('one bad program among good ones', async () => {
    const good = { program: f('return 1'), inputs: [''], runs: 2 as const };
    const bad = { program: f('while True: pass'), inputs: ['', ''], runs: 2 as const };
    const results = await sandbox.run([good, bad, good, { ...good, inputs: [] }]);
    expect(results.map(({ outcomes }) => outcomes.map((outcome) => outcome.ok))).toEqual([
      [true],
      [false, false],
      [true],
      [],
    ]);
  });

  test('what a run leaves behind takes no steps of the next', async () => {
    // In a reference cycle, so that only the garbage collector ends the generator and enters its finally clause.
    const littering = f(
      'def g():\n try:\n  yield 1\n finally:\n  while True: pass\nit = g()\nnext(it)\nx = [it]\nx.append(x)\nreturn 1',
    );
    const busy = f('x = []\nfor i in range(1000):\n y = [[], [], [], [], []]\n y.append(y)\nreturn i');
    const programs = Array.from({ length: 40 }, (_, i) => [`${littering}#${i}`, `${busy}#${i}`]).flat();
    const results = await sandbox.run(programs.map((program) => ({ program, inputs: [''], runs: 2 })));
    const outputs = results.map(({ outcomes: [outcome] }) => outcome?.ok && outcome.output);
    expect(outputs).toEqual(programs.map((_, i) => (i % 2 === 0 ? '1' : '999')));
  });
});
