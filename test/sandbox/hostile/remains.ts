/** What a run leaves behind: state between its own two runs, and garbage that comes alive in somebody else's. */
import { type Attack, f } from './attack.ts';

/** Two runs of one program, and two calls with one input, are to know nothing of each other. */
const BETWEEN: readonly Attack[] = [
  {
    name: 'a default that remembers',
    program: f('seen.append(1)\nreturn len(seen)', 'seen=[]'),
    strict: 'ok 1',
    unfiltered: 'ok 1',
    bare: 'ok 1',
  },
  {
    name: 'a default by keyword that remembers',
    program: f('seen[1] = seen.get(1, 0) + 1\nreturn seen[1]', '*, seen={}'),
    strict: 'ok 1',
    unfiltered: 'ok 1',
    bare: 'ok 1',
  },
  {
    name: 'an argument changed',
    program: f('a.append(len(a))\nreturn a', 'a'),
    input: '[]',
    strict: 'ok [0]',
    unfiltered: 'ok [0]',
    bare: 'ok [0]',
  },
  {
    name: 'an argument changed inside a tuple',
    program: f('a[0].append(1)\na[1]["k"] = a[0]\nreturn a', 'a'),
    input: '([], {})',
    strict: "ok ([1], {'k': [1]})",
    unfiltered: "ok ([1], {'k': [1]})",
    bare: "ok ([1], {'k': [1]})",
  },
  {
    name: 'two arguments that are one',
    program: f('a.append(1)\nreturn b', 'a, b'),
    input: '[], []',
    strict: 'ok []',
    unfiltered: 'ok []',
    bare: 'ok []',
  },
  {
    name: 'a constant list changed',
    program: f('x = [1, 2, 3]\nx.append(len(x))\nreturn x'),
    strict: 'ok [1, 2, 3, 3]',
    unfiltered: 'ok [1, 2, 3, 3]',
    bare: 'ok [1, 2, 3, 3]',
  },
  {
    name: 'a list of defaults handed round',
    program: f('def g(n, memo=[]):\n memo.append(n)\n return len(memo)\nreturn g(1) + g(2)'),
    strict: 'ok 3',
    unfiltered: 'ok 3',
    bare: 'ok 3',
  },
  {
    name: 'a global that counts',
    program: 'n = 0\ndef f():\n global n\n n += 1\n return n',
    strict: 'syntax',
    unfiltered: 'ok 1',
    bare: 'ok 1',
  },
  { name: 'a note on f', program: f('f.n = 1\nreturn f.n'), strict: 'forbidden', unfiltered: 'ok 1' },
  {
    name: 'a name that f leaves',
    program: 'def f():\n global g\n try:\n  return g\n except NameError:\n  g = 1\n  return 0',
    strict: 'forbidden',
    unfiltered: 'ok 0',
    bare: 'ok 0',
  },
];

/**
 * A generator caught in a circle lives on after its run, until the garbage collector closes it: in the middle of
 * another program, and on its account. Whatever the run itself is said to be, the next must not pay.
 */
const CIRCLES: readonly Attack[] = [
  ['an endless finally', 'while True: pass'],
  ['an endless sum in a finally', 'sum(range(999999))\n   while True: sum(range(999999))'],
  ['a finally that fills the memory', 'x = "a"\n   while True: x += x'],
  ['a finally that calls itself', '(lambda g: g(g))(lambda g: g(g))'],
  ['a finally that raises', '1 // 0'],
  ['a finally that yields again', 'yield 2\n   yield 3'],
  ['a finally that keeps itself alive', 'box.append(box[0])\n   box.append([box])'],
].map(([name, body]) => ({
  name: `in a circle: ${name}`,
  program: f(
    `box = []
def g():
 try:
  yield box
 finally:
   ${body}
box.append(g())
next(box[0])
return 1`,
  ),
  strict: 'ok 1',
  unfiltered: 'ok 1',
}));

const GARBAGE: readonly Attack[] = [
  ...CIRCLES,
  {
    name: 'a hundred circles, each with an endless finally',
    program: f(
      `def h(n):
 box = []
 def g():
  try:
   yield box
  finally:
   while True: pass
 box.append(g())
 next(box[0])
for i in range(100): h(i)
return 1`,
    ),
    strict: 'ok 1',
    unfiltered: 'ok 1',
  },
  {
    name: 'a circle behind the names of the program',
    program: f(
      'def g(me=[f]):\n try:\n  yield me\n finally:\n  while True: pass\nx = g()\nnext(x).append(x)\nreturn 1',
    ),
    strict: 'ok 1',
    unfiltered: 'ok 1',
  },
  {
    name: 'large lists in circles',
    program: f('for i in range(5):\n x = [0] * 900000\n x[0] = x\nreturn 1'),
    strict: 'ok 1',
    unfiltered: 'ok 1',
  },
  {
    name: 'a class in a circle that loops when it is let go',
    program: f('class A:\n def __del__(self):\n  while True: pass\na = A()\na.a = a\nreturn 1'),
    strict: 'forbidden',
    unfiltered: 'error',
  },
  {
    name: 'a class in a circle that comes back to life',
    program: f(
      'class A:\n def __del__(self):\n  kept.append(self)\n  import builtins\n  builtins.len = lambda x: 42\nkept = [A()]\nkept[0].kept = kept\nreturn 1',
    ),
    strict: 'forbidden',
    unfiltered: 'error',
  },
  {
    name: 'a weak reference that calls when it is let go',
    program: f(
      'import weakref, builtins\nclass A: pass\na = A()\na.a = a\nbuiltins.kept = weakref.ref(a, lambda r: 1 // 0)\nreturn 1',
    ),
    strict: 'forbidden',
    unfiltered: 'error',
  },
  {
    name: 'a generator handed out as the result',
    program: f('try:\n yield 1\nfinally:\n while True: pass'),
    strict: 'output',
    unfiltered: 'output',
    bare: 'output',
  },
  {
    name: 'a half-run generator handed out as the result',
    program: f('def g():\n try:\n  yield 1\n finally:\n  while True: pass\nx = g()\nnext(x)\nreturn x'),
    strict: ['output'][0] as 'output',
    unfiltered: ['output', 'budget'],
  },
];

export const REMAINS: readonly Attack[] = [...BETWEEN, ...GARBAGE];
