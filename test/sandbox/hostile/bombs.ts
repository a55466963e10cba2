/** Values without bounds: each is to stop at a limit of its own, long before the heap is full. */
import { type Attack, f } from './attack.ts';

/** Stopped by the guards, with the allow-list and without. */
const LARGE = { strict: 'memory', unfiltered: 'memory' } as const;

const INTEGERS: readonly Attack[] = [
  { name: 'a tower of powers', program: f('return 10 ** 10 ** 8'), ...LARGE },
  { name: 'a power of a minus', program: f('return (-3) ** 10 ** 7'), ...LARGE },
  { name: 'pow', program: f('return pow(7, 10 ** 7)'), ...LARGE },
  { name: 'a shift', program: f('return 1 << 10 ** 9'), ...LARGE },
  { name: 'a shift in place', program: f('x = 1\nx <<= 10 ** 9\nreturn x'), ...LARGE },
  { name: 'squares of squares', program: f('x = 2\nfor i in range(100):\n x = x * x\nreturn 1'), ...LARGE },
  { name: 'squares in place', program: f('x = 2\nfor i in range(100):\n x *= x\nreturn 1'), ...LARGE },
  { name: 'powers in place', program: f('x = 3\nfor i in range(100):\n x **= 9\nreturn 1'), ...LARGE },
  {
    // Rounding to tens, hundreds, … computes the power of ten first.
    name: 'rounding to the left of the point',
    program: f('return round(1, -10 ** 9)'),
    ...LARGE,
  },
  { name: 'rounding to the left of the point, a little', program: f('return round(5, -10 ** 7)'), ...LARGE },
  { name: 'many digits in base two', program: f('return int("1" * 100000, 2)'), ...LARGE },
  {
    name: 'bytes of a number',
    program: f('return len((1).to_bytes(10 ** 9, "big"))'),
    strict: 'forbidden',
    unfiltered: 'memory',
    bare: 'memory',
  },
  {
    name: 'more digits than Python reads',
    program: f('return int("9" * 999999)'),
    strict: 'error',
    unfiltered: 'error',
  },
];

const SEQUENCES: readonly Attack[] = [
  { name: 'a list of a huge range', program: f('return list(range(10 ** 10))'), ...LARGE },
  { name: 'a huge range unpacked', program: f('return [*range(10 ** 10)]'), ...LARGE },
  { name: 'a huge range sorted', program: f('return sorted(range(10 ** 10))'), ...LARGE },
  { name: 'a list that takes a huge range', program: f('x = []\nx += range(10 ** 10)\nreturn x'), ...LARGE },
  {
    name: 'a huge range that nothing is made of',
    program: f('r = range(10 ** 10)\nreturn len(r), 7 in r, r[-1], next(reversed(r)), len(r[5:10 ** 9])'),
    strict: 'ok (10000000000, True, 9999999999, 9999999999, 999999995)',
    unfiltered: 'ok (10000000000, True, 9999999999, 9999999999, 999999995)',
  },
  { name: 'a text repeated', program: f('return len("ab" * 10 ** 9)'), ...LARGE },
  { name: 'a list repeated', program: f('return [0] * 10 ** 8'), ...LARGE },
  { name: 'a tuple repeated from the left', program: f('return 10 ** 8 * (0,)'), ...LARGE },
  { name: 'a list repeated in place', program: f('x = [0]\nx *= 10 ** 8\nreturn 1'), ...LARGE },
  { name: 'a list doubled', program: f('x = [1]\nwhile True:\n x = x + x'), ...LARGE },
  { name: 'a list doubled in place', program: f('x = [1]\nwhile True:\n x += x'), ...LARGE },
  { name: 'a text doubled', program: f('x = "a"\nwhile True:\n x += x'), ...LARGE },
  { name: 'a list spread twice', program: f('x = [1]\nwhile True:\n x = [*x, *x]'), ...LARGE },
  { name: 'a list put before itself', program: f('x = [1]\nwhile True:\n x[0:0] = x'), ...LARGE },
  { name: 'a list extended by itself', program: f('x = [1]\nwhile True:\n x.extend(x)'), ...LARGE },
  { name: 'a list extended by a walk over itself', program: f('x = [1]\nx.extend(map(abs, x))'), ...LARGE },
  { name: 'an iterator over itself added', program: f('x = [1]\nx += iter(x)'), ...LARGE },
  {
    name: 'a list that grows while it is mapped',
    program: f('x = [1]\nreturn list(map(x.append, x))'),
    strict: 'budget',
    unfiltered: 'budget',
  },
  {
    name: 'an error that nobody may swallow',
    program: f('try:\n return [0] * 10 ** 8\nexcept Exception:\n return 1'),
    ...LARGE,
  },
  {
    name: 'an error swallowed in a finally',
    program: f('try:\n return [0] * 10 ** 8\nfinally:\n return 1'),
    strict: 'forbidden',
    unfiltered: 'memory',
  },
  {
    name: 'bytes',
    program: f('return len(bytes(10 ** 9))'),
    strict: 'forbidden',
    unfiltered: 'error',
    bare: 'memory',
  },
];

const TEXTS: readonly Attack[] = [
  { name: 'a text in its own field', program: f('x = "a"\nwhile True:\n x = f"{x}{x}"'), ...LARGE },
  { name: 'a text by percent', program: f('x = "a"\nwhile True:\n x = "%s%s" % (x, x)'), ...LARGE },
  { name: 'a text by format', program: f('x = "a"\nwhile True:\n x = "{0}{0}".format(x)'), ...LARGE },
  { name: 'a text joined', program: f('x = "a"\nwhile True:\n x = "".join([x, x])'), ...LARGE },
  { name: 'a text joined by a long one', program: f('return len(("a" * 9999).join("b" * 9999))'), ...LARGE },
  { name: 'a text replaced', program: f('x = "a"\nwhile True:\n x = x.replace("a", "aa")'), ...LARGE },
  {
    name: 'a text replaced at every gap',
    program: f('return len(("a" * 9999).replace("", "b" * 9999))'),
    ...LARGE,
  },
  {
    name: 'a text translated',
    program: f('return len(("a" * 1000).translate({97: "b" * 100000}))'),
    ...LARGE,
  },
  {
    name: 'a text translated twice',
    program: f('return "a".translate({97: "b" * 10 ** 6}).translate({98: "c" * 10 ** 6})'),
    ...LARGE,
  },
  { name: 'a text shown of a text shown', program: f('x = "\\\\"\nwhile True:\n x = repr(x)'), ...LARGE },
  { name: 'ascii of ascii', program: f('x = "\\\\"\nwhile True:\n x = ascii(x)'), ...LARGE },
  { name: 'padding on the right', program: f('return "a".ljust(10 ** 9)'), ...LARGE },
  { name: 'padding on both sides', program: f('return "a".center(10 ** 9, "b")'), ...LARGE },
  { name: 'zeros before', program: f('return "1".zfill(10 ** 9)'), ...LARGE },
  {
    name: 'padding without a call',
    program: f('g = "a".ljust\nreturn len(g(10 ** 8))'),
    strict: 'memory',
    unfiltered: 'memory',
  },
  { name: 'a wide tabulator', program: f('return "\\t".expandtabs(10 ** 9)'), ...LARGE },
  { name: 'a wide percent field', program: f('return "%999999999d" % 1'), ...LARGE },
  { name: 'a percent field as wide as its argument', program: f('return "%*d" % (10 ** 9, 1)'), ...LARGE },
  { name: 'a percent field of many digits', program: f('return "%.999999999f" % 1'), ...LARGE },
  { name: 'a wide field', program: f('return f"{1:999999999}"'), ...LARGE },
  { name: 'a field as wide as another', program: f('n = 10 ** 9\nreturn f"{1:{n}}"'), ...LARGE },
  { name: 'a format of a wide field', program: f('return "{:999999999}".format(1)'), ...LARGE },
  {
    name: 'a format of a field as wide as another',
    program: f('return "{:{}}".format(1, 10 ** 9)'),
    ...LARGE,
  },
  { name: 'format with a width', program: f('return format(1, "999999999")'), ...LARGE },
  {
    // 40 lists, each twice in the next: a text of 2^40 numbers.
    name: 'the text of a list that holds itself twice, again and again',
    program: f('x = [1]\nfor i in range(40):\n x = [x, x]\nreturn len(str(x))'),
    strict: 'budget',
    unfiltered: 'budget',
  },
  {
    name: 'the same by percent',
    program: f('x = [1]\nfor i in range(40):\n x = [x, x]\nreturn len("%s" % (x,))'),
    strict: 'budget',
    unfiltered: 'budget',
  },
];

const CONTAINERS: readonly Attack[] = [
  {
    // Every multiple of the modulus of hashes has the hash 0, so each key is compared with all before it.
    name: 'a dict of keys of one hash',
    program: f('m = 2 ** 31 - 1\nreturn len(dict.fromkeys(range(0, m * 100000, m)))'),
    strict: 'budget',
    unfiltered: 'budget',
  },
  {
    name: 'a set of keys of one hash',
    program: f('m = 2 ** 31 - 1\nreturn len(set(range(0, m * 100000, m)))'),
    strict: 'budget',
    unfiltered: 'budget',
  },
  {
    name: 'a list of many lists',
    program: f('x = [[0] * 900000 for i in range(5)]\nreturn len([x[0][:] for i in range(200)])'),
    strict: 'budget',
    unfiltered: 'budget',
  },
  {
    name: 'a result of many items',
    program: f('return list(range(100000))'),
    strict: 'output',
    unfiltered: 'output',
    bare: 'output',
  },
  {
    name: 'a result that holds itself',
    program: f('x = []\nx.append(x)\nreturn x'),
    strict: 'output',
    unfiltered: 'output',
    bare: 'output',
  },
  {
    name: 'a result that holds itself twice, again and again',
    program: f('x = [1]\nfor i in range(40):\n x = [x, x]\nreturn x'),
    strict: 'output',
    unfiltered: 'output',
    bare: 'output',
  },
  {
    name: 'a result of a long text',
    program: f('return "x" * 900000'),
    strict: 'output',
    unfiltered: 'output',
    bare: 'output',
  },
  {
    name: 'a result of a long number',
    program: f('return 9 ** 2500'),
    strict: 'output',
    unfiltered: 'output',
    bare: 'output',
  },
  {
    name: 'a flood of prints',
    program: f('while True:\n print("x" * 9999)'),
    strict: 'budget',
    unfiltered: 'budget',
  },
  {
    name: 'an argument list of a million',
    program: f('return len([print(*[0] * 999999) for i in range(9)])'),
    strict: 'budget',
    unfiltered: 'budget',
  },
];

export const BOMBS: readonly Attack[] = [...INTEGERS, ...SEQUENCES, ...TEXTS, ...CONTAINERS];
