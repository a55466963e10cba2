/** Programs that run on and on: the step or work budget ends them, and behind it the clock. */
import { type Attack, f } from './attack.ts';

/** Ended by a count and not by the clock, so the verdict is the same on every machine. */
const COUNTED = { strict: 'budget', unfiltered: 'budget' } as const;

/** Loops of Python's own. */
const PLAIN: readonly Attack[] = [
  { name: 'a loop', program: f('while True: pass'), ...COUNTED },
  { name: 'a loop that does something', program: f('while 1:\n  x = 1'), ...COUNTED },
  { name: 'a loop on one line of a text', program: f('while f"{1}": 0'), ...COUNTED },
  { name: 'a long comprehension', program: f('return [i for i in range(100000)]'), ...COUNTED },
  { name: 'a comprehension without end', program: f('x = [1]\nreturn [x.append(1) for y in x]'), ...COUNTED },
  { name: 'a list that grows under its loop', program: f('x = [1]\nfor y in x: x.append(y)'), ...COUNTED },
  {
    name: 'a generator without end',
    program: f('def g():\n while True: yield 1\nfor x in g(): pass'),
    ...COUNTED,
  },
  {
    name: 'a generator without end, asked by C code',
    program: f('def g():\n while True: yield 1\nreturn 2 in g()'),
    ...COUNTED,
  },
  {
    name: 'a generator without end, unpacked',
    program: f('def g():\n while True: yield 1\n*x, y = g()\nreturn y'),
    ...COUNTED,
  },
  { name: 'a counter that never stops', program: f('g = lambda n: g(n + 1)\nreturn g(0)'), ...COUNTED },
  {
    name: 'two functions that call each other',
    program: f('def g(n):\n return h(n)\ndef h(n):\n return g(n)\nreturn g(1)'),
    ...COUNTED,
  },
  {
    name: 'twice as many calls at every level',
    program: f('def g(n):\n return n and g(n - 1) + g(n - 1)\nreturn g(60)'),
    ...COUNTED,
  },
  {
    name: 'a match that starts over',
    program: f('x = 1\nwhile x:\n match x:\n  case 1: x = 2\n  case _: x = 1'),
    ...COUNTED,
  },
  {
    name: 'a sort whose order never settles',
    program: f('x = [0]\ndef k(v):\n x[0] += 1\n return k(v)\nreturn sorted([2, 1], key=k)'),
    ...COUNTED,
  },
];

/** Loops that hold on when they are told to stop. */
const STUBBORN: readonly Attack[] = [
  {
    name: 'the end swallowed by an ordinary except',
    program: f('try:\n while True: pass\nexcept Exception:\n return 1'),
    ...COUNTED,
  },
  {
    name: 'the end swallowed by any except',
    program: f('try:\n while True: pass\nexcept:\n return 1'),
    strict: 'budget',
    unfiltered: 'budget',
  },
  {
    name: 'the end swallowed by BaseException',
    program: f('try:\n while True: pass\nexcept BaseException:\n return 1'),
    strict: 'forbidden',
    unfiltered: ['budget', 'error'],
  },
  {
    name: 'the end swallowed again and again',
    program: f('while True:\n try:\n  while True: pass\n except:\n  pass'),
    strict: 'budget',
    unfiltered: 'budget',
  },
  {
    name: 'the end swallowed in a group',
    program: f('try:\n while True: pass\nexcept* Exception:\n pass\nreturn 1'),
    strict: 'forbidden',
    unfiltered: 'budget',
  },
  {
    name: 'a finally that goes on',
    program: f('while True:\n try:\n  pass\n finally:\n  continue'),
    strict: 'forbidden',
    unfiltered: 'budget',
  },
  {
    name: 'a finally that returns',
    program: f('try:\n while True: pass\nfinally:\n return 1'),
    strict: 'forbidden',
    unfiltered: 'budget',
  },
  {
    name: 'a finally that loops',
    program: f('try:\n while True: pass\nfinally:\n while True: pass'),
    ...COUNTED,
  },
  { name: 'a finally that calls again', program: f('try:\n return f()\nfinally:\n f()'), ...COUNTED },
  {
    name: 'a generator that yields its end away',
    program: f('def g():\n try:\n  while True: pass\n finally:\n  yield 1\nreturn list(g())'),
    ...COUNTED,
  },
  {
    name: 'a generator that does not close',
    program: f(
      'def g():\n while True:\n  try:\n   yield 1\n  except:\n   pass\nh = g()\nnext(h)\nh.close()\nreturn 1',
    ),
    strict: 'error',
    unfiltered: 'error',
  },
  {
    name: 'a generator that loops when it is closed',
    program: f(
      'def g():\n try:\n  yield 1\n finally:\n  while True: pass\nh = g()\nnext(h)\nh.close()\nreturn 1',
    ),
    ...COUNTED,
  },
  {
    name: 'a generator that loops when it is let go',
    program: f('def g():\n try:\n  yield 1\n finally:\n  while True: pass\nnext(g())\nreturn 1'),
    ...COUNTED,
  },
  {
    name: 'a class that loops when it is let go',
    program: f('class A:\n def __del__(self):\n  while True: pass\nA()\nreturn 1'),
    strict: 'forbidden',
    unfiltered: 'error',
  },
];

/** Loops inside C code, where no line, jump or call is executed. */
const INNER: readonly Attack[] = [
  { name: 'a sum over a long range', program: f('return sum(range(10 ** 9))'), ...COUNTED },
  { name: 'the largest of a huge range', program: f('return max(range(10 ** 10))'), ...COUNTED },
  {
    name: 'the largest by another name',
    program: f('g = max\nreturn g(range(10 ** 10))'),
    ...COUNTED,
  },
  {
    name: 'pairs of huge ranges',
    program: f('return len(dict(zip(range(10 ** 10), range(10 ** 10))))'),
    ...COUNTED,
  },
  { name: 'a search in a long range', program: f('return 5.5 in range(10 ** 12)'), ...COUNTED },
  { name: 'a count over a long range', program: f('return sum(1 for i in iter(range(999999)))'), ...COUNTED },
  {
    name: 'many long sorts',
    program: f('x = list(range(900000))\nfor i in range(100):\n y = sorted(x)\nreturn 1'),
    ...COUNTED,
  },
  { name: 'a sum of lists', program: f('return sum([[0] * 1000] * 10000, [])'), ...COUNTED },
  {
    name: 'many long powers',
    program: f('for i in range(4000):\n x = pow(3, 2 ** 8000, 2 ** 8001 - 1)\nreturn 1'),
    ...COUNTED,
  },
  {
    name: 'many dicts of a long range',
    program: f('r = range(99999)\nfor i in range(1000):\n d = dict.fromkeys(r)\nreturn 1'),
    ...COUNTED,
  },
  {
    name: 'many sets of a long range',
    program: f('r = range(99999)\ns = set()\nfor i in range(1000):\n s.update(r)\nreturn 1'),
    ...COUNTED,
  },
  {
    // Two nested lists of 2^40 leaves.
    name: 'a comparison of lists that hold themselves twice',
    program: f('a = []\nb = []\nfor i in range(40):\n a = [a, a]\n b = [b, b]\nreturn a == b'),
    strict: 'budget',
    unfiltered: 'budget',
  },
  {
    // Two nested tuples of 2^40 leaves and the same hash: compared leaf by leaf when one is looked up.
    name: 'a key that is compared leaf by leaf',
    program: f('a = (1,)\nb = (1,)\nfor i in range(40):\n a = (a, a)\n b = (b, b)\nreturn {a: 1}.get(b)'),
    strict: 'timeout',
    unfiltered: 'timeout',
  },
  {
    name: 'an iterator with an end that never comes',
    program: f('return sum(iter(int, 1))'),
    ...COUNTED,
  },
  { name: 'a list of it', program: f('return [*iter(int, 1)]'), ...COUNTED },
  { name: 'all of it', program: f('return 1 in iter(int, 1)'), ...COUNTED },
  {
    name: 'the endless iterators of the library',
    program: f('import collections, itertools\ncollections.deque(itertools.count(), 0)'),
    strict: 'forbidden',
    unfiltered: 'error',
  },
  {
    name: 'a long sleep',
    program: f('import time\ntime.sleep(10 ** 6)\nreturn 1'),
    strict: 'forbidden',
    unfiltered: 'error',
  },
  {
    name: 'a lock taken twice',
    program: f('import _thread\nx = _thread.allocate_lock()\nx.acquire()\nx.acquire()\nreturn 1'),
    strict: 'forbidden',
    unfiltered: 'error',
  },
  {
    name: 'a file without end',
    program: f('return len(open("/dev/urandom", "rb").read())'),
    strict: 'forbidden',
    unfiltered: 'error',
  },
];

/** One step each, and a long list walked through in C at every one: none of the usual ways to say so. */
const WALKED: readonly Attack[] = (
  [
    ['a star that takes a long list', 'x = [0] * 999999\nfor i in range(2000): *y, = x\nreturn 1'],
    ['a pattern that takes a long list', 'x = [0] * 999999\nwhile True:\n match x:\n  case [*y]: pass'],
    ['a long list of types', 'x = (str,) * 999999\nwhile True: isinstance(1, x)'],
    ['a long list of beginnings', 'x = ("b",) * 999999\nwhile True: "a".startswith(x)'],
    ['a long dict spread', 'x = dict(zip(range(99999), range(99999)))\nwhile True: y = {**x}'],
    ['long dicts joined', 'x = dict(zip(range(99999), range(99999)))\nwhile True: y = x | x'],
    ['the first of a long list deleted', 'x = [0] * 999999\nwhile True: del x[0]'],
    ['many long sums', 'return max(map(sum, [range(999999)] * 99999))'],
    ['many long lists', 'return max(map(len, map(list, [range(999999)] * 99999)))'],
    ['many long maxima as keys', 'return sorted([range(999999)] * 99999, key=max)'],
  ] as const
).map(([name, body]) => ({ name, program: f(body), ...COUNTED }));

export const LOOPS: readonly Attack[] = [...PLAIN, ...STUBBORN, ...INNER, ...WALKED];
