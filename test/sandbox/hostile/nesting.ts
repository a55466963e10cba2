/** Depth: sources and values so deep that the parser, the compiler or C code runs out of stack. */
import { type Attack, f } from './attack.ts';

const times = (text: string, n: number) => text.repeat(n);

/** Sources that are deep in ways that a count of brackets does not see. */
const SOURCES: readonly Attack[] = [
  {
    name: 'brackets',
    program: f(`return ${times('(', 300)}1${times(')', 300)}`),
    strict: 'syntax',
    unfiltered: 'syntax',
  },
  {
    name: 'lists in lists',
    program: f(`return ${times('[', 150)}${times(']', 150)}`),
    strict: 'syntax',
    unfiltered: 'syntax',
  },
  { name: 'signs', program: f(`return ${times('-', 2000)}1`), strict: 'syntax', unfiltered: 'syntax' },
  {
    name: 'signs on lines of their own',
    program: f(`return ${times('-\\\n', 900)}1`),
    strict: 'syntax',
    unfiltered: 'syntax',
  },
  {
    name: 'signs with remarks between',
    program: f(`return (${times('-#\n', 900)}1)`),
    strict: 'syntax',
    unfiltered: 'syntax',
  },
  { name: 'nots', program: f(`return ${times('not ', 200)}1`), strict: 'syntax', unfiltered: 'syntax' },
  {
    name: 'nots on lines of their own',
    program: f(`return ${times('not\\\n', 700)}1`),
    strict: 'syntax',
    unfiltered: 'syntax',
  },
  { name: 'lambdas', program: f(`return ${times('lambda:', 120)}1`), strict: 'syntax', unfiltered: 'syntax' },
  {
    name: 'powers of powers',
    program: f(`return (${times('1**\n', 900)}1)`),
    strict: 'syntax',
    unfiltered: 'syntax',
  },
  {
    name: 'a chain of calls',
    program: f(`return (f${times('\n()', 950)})`),
    strict: 'syntax',
    unfiltered: 'syntax',
  },
  {
    name: 'a chain of indices',
    program: f(`x = []\nreturn (x${times('\n[0]', 900)})`),
    strict: 'syntax',
    unfiltered: 'syntax',
  },
  {
    name: 'a chain of attributes',
    program: f(`x = 1\nreturn (x${times('\n.real', 550)})`),
    strict: 'syntax',
    unfiltered: 'syntax',
  },
  {
    name: 'a chain of sums',
    program: f(`return (${times('1+\n', 1200)}1)`),
    strict: 'syntax',
    unfiltered: 'syntax',
  },
  {
    name: 'choices in choices',
    program: f(`return (${times('1if 0else\n', 350)}1)`),
    strict: 'ok 1',
    unfiltered: 'ok 1',
  },
  {
    name: 'a ladder of elifs',
    program: `def f():\n if 0:0\n${times(' elif 0:0\n', 380)} return 1`,
    strict: 'ok 1',
    unfiltered: 'ok 1',
  },
  {
    name: 'texts in fields of texts',
    program: f(`return ${times('f"{', 70)}1${times('}"', 70)}`),
    strict: "ok '1'",
    unfiltered: "ok '1'",
  },
  {
    name: 'blocks in blocks',
    program: `def f():\n${Array.from({ length: 80 }, (_, i) => `${times(' ', i + 1)}if 1:\n`).join('')}${times(' ', 82)}return 1`,
    strict: 'ok 1',
    unfiltered: 'ok 1',
  },
  {
    name: 'loops in loops',
    program: `def f():\n${Array.from({ length: 30 }, (_, i) => `${times(' ', i + 1)}for x in [1]:\n`).join('')}${times(' ', 31)}return 1`,
    strict: 'syntax',
    unfiltered: 'syntax',
  },
  {
    name: 'one long line',
    program: f(`return "${times('x', 3000)}"`),
    strict: 'syntax',
    unfiltered: 'syntax',
  },
  {
    name: 'a long program',
    program: f(`return "${times('x\\\n', 3000)}"`),
    strict: 'syntax',
    unfiltered: 'syntax',
  },
];

/** Values that are deep, and C code that follows them without looking at the stack. */
const VALUES: readonly Attack[] = [
  { name: 'calls in calls', program: f('return f()'), strict: 'budget', unfiltered: 'budget' },
  {
    name: 'calls in calls, swallowed',
    program: f('try:\n return f()\nexcept Exception:\n return 1'),
    strict: 'budget',
    unfiltered: 'budget',
  },
  {
    name: 'calls through sorted',
    program: f('return sorted([1, 2], key=lambda x: f())'),
    strict: 'budget',
    unfiltered: 'budget',
  },
  {
    name: 'calls through map',
    program: f('return list(map(lambda x: f(), [1]))'),
    strict: 'budget',
    unfiltered: 'budget',
  },
  {
    name: 'generators in generators',
    program: f('def g():\n yield from g()\nreturn list(g())'),
    strict: 'budget',
    unfiltered: 'budget',
  },
  {
    name: 'a generator around a generator',
    program: f('x = iter([1])\nfor i in range(900):\n x = (y for y in x)\nreturn list(x)'),
    strict: 'budget',
    unfiltered: 'budget',
  },
  {
    // The iterators of C code call each other without counting how deep they are.
    name: 'maps around maps',
    program: f(
      `x = [1]\nfor i in range(1500):\n x = ${times('map(abs,', 60)}x${times(')', 60)}\nreturn list(x)`,
    ),
    strict: 'error',
    unfiltered: 'error',
  },
  {
    name: 'filters and zips around each other',
    program: f(
      `x = [1]\nfor i in range(1500):\n x = ${times('filter(None,zip(', 35)}x${times('))', 35)}\nreturn list(x)`,
    ),
    strict: 'error',
    unfiltered: 'error',
  },
  {
    // Never asked for an item: here it is taking them apart that goes deep.
    name: 'enumerations around enumerations, thrown away',
    program: f(`x = [1]\nfor i in range(1500):\n x = ${times('enumerate(', 70)}x${times(')', 70)}\nreturn 1`),
    strict: 'error',
    unfiltered: 'error',
  },
  {
    name: 'the text of a deep list',
    program: f('x = []\nfor i in range(1500):\n x = [x]\nreturn str(x)'),
    strict: 'budget',
    unfiltered: 'budget',
  },
  {
    name: 'deep lists compared',
    program: f('a, b = [], []\nfor i in range(1000):\n a, b = [a], [b]\nreturn a == b'),
    strict: 'budget',
    unfiltered: 'budget',
  },
  {
    name: 'the hash of a deep tuple',
    program: f(
      `x = ()\nfor i in range(1500):\n x = ${times('(', 60)}x${times(',)', 60)}\nreturn len({x: 1})`,
    ),
    strict: 'error',
    unfiltered: 'error',
  },
  {
    name: 'a deep list thrown away',
    program: f(`x = []\nfor i in range(1500):\n x = ${times('[', 70)}x${times(']', 70)}\nreturn 1`),
    strict: 'error',
    unfiltered: 'error',
  },
  {
    name: 'a deep result',
    program: f('x = []\nfor i in range(1000):\n x = [x]\nreturn x'),
    strict: 'output',
    unfiltered: 'output',
    bare: 'output',
  },
  {
    name: 'a deep choice of types',
    program: f('x = int\nfor i in range(1500):\n x = (x,)\nreturn isinstance("", x)'),
    strict: 'budget',
    unfiltered: 'budget',
  },
  {
    name: 'recursion without a limit',
    program: f('import sys\nsys.setrecursionlimit(10 ** 6)\ndef g(n):\n return g(n + 1)\nreturn g(0)'),
    strict: 'forbidden',
    unfiltered: 'error',
  },
  {
    name: 'a deep source evaluated',
    program: f('return eval("-" * 10 ** 5 + "1")'),
    strict: 'forbidden',
    unfiltered: 'error',
  },
  {
    name: 'a deep tree compiled',
    program: f(
      'import ast\nx = ast.Constant(1)\nfor i in range(10 ** 5):\n x = ast.UnaryOp(ast.USub(), x)\nreturn eval(compile(ast.fix_missing_locations(ast.Expression(x)), "", "eval"))',
    ),
    strict: 'forbidden',
    unfiltered: 'error',
  },
  {
    name: 'code made of nothing',
    program: f(
      'g = lambda: 1\ng.__code__ = g.__code__.replace(co_code=bytes([255] * 64), co_stacksize=0)\nreturn g()',
    ),
    strict: 'forbidden',
    unfiltered: 'forbidden',
  },
];

export const NESTING: readonly Attack[] = [...SOURCES, ...VALUES];
