/** Programs that the tests of the sandbox run and expect to be refused, by what they attack. */

/** `f` with this body; lines are indented by one space. */
export function f(body: string, parameters = ''): string {
  return `def f(${parameters}):\n${body
    .split('\n')
    .map((line) => ` ${line}`)
    .join('\n')}`;
}

/** Run on and on; the step or work budget ends them. */
export const ENDLESS: readonly string[] = [
  f('while True: pass'),
  f('while 1:\n  x = 1'),
  f('return f()'),
  f('return [i for i in range(100000)]'),
  f('def g():\n while True: yield 1\nfor x in g(): pass'),
  f('def g():\n yield from g()\nreturn list(g())'),
  f('return sum(1 for i in iter(range(999999)))'),
  f('try:\n while True: pass\nexcept Exception:\n return 1'),
  f('try:\n while True: pass\nfinally:\n x = 1'),
  f('try:\n return f()\nexcept Exception:\n return 1'),
  f('return sorted([1, 2], key=lambda x: f())'),
  f('return list(map(lambda x: f(), [1]))'),
  f('g = lambda n: g(n + 1)\nreturn g(0)'),
  f('return sum(range(10 ** 9))'),
  f('return 5.5 in range(10 ** 12)'),
  f('x = list(range(900000))\nfor i in range(100):\n y = sorted(x)\nreturn 1'),
  f('return sum([[0] * 1000] * 10000, [])'),
  f('while True:\n try:\n  while True: pass\n except:\n  pass'),
  f('a = []\nb = []\nfor i in range(40):\n a = [a, a]\n b = [b, b]\nreturn a == b'),
  f('for i in range(4000):\n x = pow(3, 2 ** 8000, 2 ** 8001 - 1)\nreturn 1'),
];

/** Make values without bounds; each stops at a limit of its own. */
export const UNBOUNDED: readonly string[] = [
  f('return 10 ** 10 ** 8'),
  f('return 1 << 10 ** 9'),
  f('x = 2\nfor i in range(100):\n x = x * x\nreturn 1'),
  f('x = 2\nfor i in range(100):\n x *= x\nreturn 1'),
  f('return pow(7, 10 ** 7)'),
  f('return len("ab" * 10 ** 9)'),
  f('return [0] * 10 ** 8'),
  f('return 10 ** 8 * (0,)'),
  f('return round(5, -10 ** 7)'),
  f('return int("1" * 100000, 2)'),
  f('return "a".translate({97: "b" * 10 ** 6}).translate({98: "c" * 10 ** 6})'),
  f('x = [1]\nwhile True:\n x = x + x'),
  f('x = "a"\nwhile True:\n x += x'),
  f('x = [1]\nwhile True:\n x += x'),
  f('x = [1]\nwhile True:\n x = [*x, *x]'),
  f('x = [1]\nwhile True:\n x[0:0] = x'),
  f('x = [1]\nwhile True:\n x.extend(x)'),
  f('x = [1]\nx.extend(map(abs, x))'),
  f('x = [1]\nx += iter(x)'),
  f('x = "a"\nwhile True:\n x = f"{x}{x}"'),
  f('x = "a"\nwhile True:\n x = "%s%s" % (x, x)'),
  f('x = "a"\nwhile True:\n x = "{0}{0}".format(x)'),
  f('x = "a"\nwhile True:\n x = "".join([x, x])'),
  f('x = "a"\nwhile True:\n x = x.replace("a", "aa")'),
  f('x = "\\\\"\nwhile True:\n x = repr(x)'),
  f('return "a".ljust(10 ** 9)'),
  f('return "a".center(10 ** 9, "b")'),
  f('return "\\t".expandtabs(10 ** 9)'),
  f('return "%999999999d" % 1'),
  f('return "%*d" % (10 ** 9, 1)'),
  f('return f"{1:999999999}"'),
  f('n = 10 ** 9\nreturn f"{1:{n}}"'),
  f('return "{:999999999}".format(1)'),
  f('return "{:{}}".format(1, 10 ** 9)'),
  f('return format(1, "999999999")'),
  f('try:\n return [0] * 10 ** 8\nexcept Exception:\n return 1'),
];

/** Return what differs from one independent run to the next. */
export const UNSTABLE: readonly string[] = [
  f('return list({"a", "b", "c", "d", "e"})'),
  f('return "".join(set("hello world"))'),
  f('return {c for c in "abcdef"}.pop()'),
  f('return max(frozenset(["x", "y", "z", "u", "v"]), key=lambda c: 0)'),
  f('return list({"a": 1, "b": 2, "c": 3, "d": 4}.keys() & ["a", "b", "c", "d"])'),
  f('return str(lambda: 1)'),
  f('return repr(iter([]))'),
  f('return f"{f}"'),
  f('return "%s" % f'),
  f('return "{}".format(f)'),
  f('return str([f])'),
];
