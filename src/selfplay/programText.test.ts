/** What may be done to a program's text before it is run; each switch with a program where it matters. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULTS } from '../config/hyperparameters.ts';
import { levelOf } from '../language/level.ts';
import { Random } from '../random.ts';
import { bannedWordIn, mentions, prepareProgram, type TextConfig } from './programText.ts';

const prepare = (text: string, changes: Partial<TextConfig>) =>
  prepareProgram(text, { ...DEFAULTS, ...changes });
const ALL_ON: Partial<TextConfig> = {
  removeComments: true,
  removeGlobals: true,
  removePrint: true,
  renameFunction: true,
  rejectMultipleFunctions: false,
};

test('by default, and on programs of the grammar whatever is on, the text stays as it was written', () => {
  const strange = '# hi\ny = 1\ndef g(a):\n    print(a)\n    return a\n\n\ndef f(x):\n    return g(x) + y';
  expect(prepare(strange, {})).toBe(strange);
  const random = new Random(2);
  for (let i = 0; i < 60; i++) {
    const { source } = levelOf(1).generate(random, 1 + (i % 6));
    expect(prepare(source, ALL_ON)).toBe(source);
  }
});

test('nothing makes it throw, and nothing but what is asked for changes text without such parts', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(prepare(text, {})).toBe(text);
      prepare(text, ALL_ON);
    }),
  );
});

describe('comments', () => {
  test('and docstrings go, strings that look like them stay', () => {
    const written = [
      '# first',
      'def f(x):',
      '    """What it does,',
      '    in words."""',
      '    # a remark',
      "    y = '# no comment'  # a remark",
      '    return y + x  # the end',
    ].join('\n');
    expect(prepare(written, { removeComments: true })).toBe(
      "def f(x):\n    y = '# no comment'\n    return y + x",
    );
    const strings = 'def f(x):\n    y = [\n        \'a\'\n    ]\n    return "\\"#" + y[0] + x';
    expect(prepare(strings, { removeComments: true })).toBe(strings);
  });
});

describe('globals', () => {
  test('go, with everything else outside functions', () => {
    const written =
      'y = {\n    1: 2,\n}\ndef f(\n    x\n):\n    z = """\nq = 1\n"""\n    return x\n\nprint(f(3))';
    expect(prepare(written, { removeGlobals: true })).toBe(
      'def f(\n    x\n):\n    z = """\nq = 1\n"""\n    return x',
    );
    expect(prepare('x = 1', { removeGlobals: true })).toBe('x = 1');
  });
});

describe('prints', () => {
  test('go, and leave no empty block behind', () => {
    const written = [
      'def f(x):',
      '    print("x (", x)',
      '    if x > 3:',
      '        print(',
      '            x,',
      '        )',
      '    for i in range(x):',
      '        print(i)',
      '        x += i',
      '    return x',
    ].join('\n');
    expect(prepare(written, { removePrint: true })).toBe(
      'def f(x):\n    if x > 3:\n        pass\n    for i in range(x):\n        x += i\n    return x',
    );
    const used = 'def f(x):\n    return print(x) or x';
    expect(prepare(used, { removePrint: true })).toBe(used);
  });
});

describe('the function’s name', () => {
  test('becomes f where no function has it', () => {
    expect(
      prepare("def solve(n):\n    return n and solve(n - 1) or 'solve' # solve", { renameFunction: true }),
    ).toBe("def f(n):\n    return n and f(n - 1) or 'solve' # solve");
    const two = 'def g(x):\n    return x\ndef f(x):\n    return g(x)';
    expect(prepare(two, { renameFunction: true })).toBe(two);
  });
});

describe('further functions', () => {
  test('move into f', () => {
    const written =
      'def g(y):\n    return y + 1\n\n\ndef h(y):\n    return g(y) * 2\n\n\ndef f(x):\n    return h(x)';
    expect(prepare(written, { rejectMultipleFunctions: false })).toBe(
      'def f(x):\n    def g(y):\n        return y + 1\n    def h(y):\n        return g(y) * 2\n    return h(x)',
    );
    const inOneLine = 'def g(y): return y\ndef f(x): return g(x)';
    expect(prepare(inOneLine, { rejectMultipleFunctions: false })).toBe(inOneLine);
  });
});

test('words and literals are found whole, even in comments', () => {
  const official = { bannedWords: 'official', alsoBanned: '' } as const;
  expect(bannedWordIn('def f(x):\n    time = x\n    return time', official)).toBe('time');
  expect(bannedWordIn('def f(x):\n    return x # os.path', official)).toBe('os.path');
  expect(bannedWordIn('def f(x):\n    times = x\n    return times + x.time', official)).toBeNull();
});

test('words of one’s own are banned besides', () => {
  const own = { bannedWords: 'sandbox', alsoBanned: 'if % abs' } as const;
  expect(bannedWordIn('def f(x):\n    time = x%3\n    return time', own)).toBe('%');
  expect(bannedWordIn('def f(x):\n    return abs(x)', own)).toBe('abs');
  expect(bannedWordIn('def f(x):\n    abse = x\n    return abse', own)).toBeNull();
  expect(bannedWordIn('def f(x):\n    return x', { ...own, alsoBanned: '' })).toBeNull();
  expect(mentions('return x + 5', '5')).toBe(true);
  expect(mentions('return x + 15 + y5 + 5.5', '5')).toBe(false);
  expect(mentions("return x == 'a.b'", "'a.b'")).toBe(true);
});
