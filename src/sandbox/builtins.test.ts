/**
 * Builtins and methods that programs meet as guards, called in every way that Python permits and in some that it does
 * not: they return what native python3 returns, or raise what it raises.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasPython, inPython } from '../../test/language/nativePython.ts';
import { createNodeSandbox } from './node.ts';
import type { Outcome, Sandbox } from './sandbox.ts';

const CALLS = String.raw`
sum([[1],[2]], start=[0])
sum([1], start=2), sum((1, 2), 3), sum([(1,), (2,)], ())
sum([b'a'], b'')
sum(['a'], '')
sum(1)
sum([1], base=2)
iter([1], 2)
iter()
list(iter([3, 2, 1].pop, 2))
next(iter([]), None), next(iter([1])), next(iter([]), 5)
next(iter([]))
next([1])
next(iter([1]), default=2)
sorted([3, 1, 2], reverse=True), sorted("bA", key=str.lower), sorted([1, 2], key=None)
sorted([1], None)
sorted([1], cmp=None)
min([3, 1]), min(3, 1, 2), min([], default=7), min("ab", key=ord), min(["bb", "a"], key=len), max([1], default=None)
min([])
min(3)
min(1, 2, default=3)
max(1, 2, key=lambda x: -x), max([1, 5], [2], key=sum)
list(enumerate("ab", 1)), list(enumerate("ab", start=2)), list(enumerate(iterable="a", start=1))
enumerate()
enumerate("a", "b")
list(zip([1], [2], strict=True)), list(zip()), list(zip("ab", "c"))
list(zip([1], [1, 2], strict=True))
zip([1], strict=1, x=2)
int("12", base=8), int("12", 8), int(), int(3.9), int("0x1f", 16), int("0b1", 0), int(True)
int(x="3")
int("9", 8)
int(3, 8)
int("3", base=99)
round(2.5), round(2.567, 2), round(number=2.5), round(2.567, ndigits=1), round(1234, -2), round(2.5, None), round(True), round(5, 3)
round("a")
round(1.5, "a")
round()
print(1, 2, sep="-", end="!"), print(), print(sep=None, end=None, flush=True)
print(1, sep=2)
print(1, end=[])
print(1, foo=2)
print(1, file=5)
pow(2, 10), pow(2, 10, 1000), pow(base=2, exp=3), pow(2, exp=3, mod=5), pow(2, 3, mod=None), pow(3, -1, 7), pow(2.0, 3), pow(0, 0)
pow(2, 3, modulus=5)
pow(2)
pow(2, 1, 0)
str(), str(5), str(object=5), str("a"), str(None)
str(1, 2)
str(1, "utf-8")
str(b"a", "utf-8"), str(b"a", encoding="utf-8"), str(object=b"a", encoding="utf-8", errors="strict"), str(b"a", "utf-8", "strict")
str(x=1)
repr()
repr(1, 2)
repr(obj=1)
format(3, ">5"), format("a"), format(3.14159, ".2f"), format(255, "x"), format(3, "")
format(3, 5)
format("a", "d")
format(3, spec="x")
range(3) == range(0, 3), list(range(2, 8, 3)), list(range(5, 0, -2)), len(range(7)), range(5)[1:3] == range(1, 3), range(3).count(1)
range()
range(1, 2, 3, 4)
range("a")
range(stop=3)
range(2, 3, 0)
len(range(10 ** 10)), 10 ** 9 in range(10 ** 10), range(10 ** 10)[5], range(10 ** 10)[-1], len(range(10 ** 10)[10:-20])
next(reversed(range(10 ** 10))), next(iter(range(10 ** 10))), list(zip(range(10 ** 10), "ab")), next(enumerate(range(10 ** 10)))
next(x for x in range(10 ** 10) if x * x > 50), any(range(10 ** 10)), all(range(10 ** 10))
range(10 ** 10) == range(0, 10 ** 10, 1), range(10 ** 10) == range(5), [] == range(10 ** 10)
isinstance(range(10 ** 10), range), type(range(10 ** 10)) is range, type(range(3)) is range, isinstance([], range)
str(range(10 ** 10)), f"{range(10 ** 10)}", "%s" % range(10 ** 10), str(range), range(10 ** 10).index(77), range(10 ** 10).count(3)
list(map(len, [range(10 ** 10)])), list(map(lambda a, b: a + b, range(10 ** 10), [1, 2])), {1}.isdisjoint(range(10 ** 10))
sorted(range(2000))[-1], sum(range(2000)), list(range(2000))[-1], min(range(5, 2000)), len([*range(3000)]), len(set(range(1500)))
range(10 ** 10) + 1
range(10 ** 10)[1.5]
len(range(10 ** 30))
len([1]), len("ab"), len({1: 2}), len(range(4)), len(b"ab")
len(5)
len()
type(1) == int, type([]) is list, type(range(2)) is range, type("") == str
type()
type(1, 2)
abs(-3), all([]), any([]), all([1, 0]), any((0, 2)), bin(5), hex(255), chr(97), ord("a"), bool(), bool(3), bool("")
all()
any(1)
chr(-1)
ord("ab")
callable(len), callable(3), callable(print), callable(range)
dict(), dict([(1, 2)], a=3), dict({1: 2}), dict(a=1), dict(zip("ab", "cd"))
dict(1)
divmod(7, 2), divmod(-7, 2), divmod(7.5, 2)
divmod(1, 0)
list(filter(None, [0, 1, 2])), list(filter(lambda x: x > 1, [1, 2])), list(filter(str.isdigit, "a1"))
float(), float("1.5"), float(3), float("  2 "), float("1e3")
float("a")
isinstance(1, int), isinstance(1, (str, int)), isinstance(True, int), issubclass(bool, int), isinstance(range(2), range)
isinstance(1, 2)
list(), list("ab"), list(range(3)), list({1: 2})
list(1)
list(iterable=[1])
list(map(lambda x: x + 1, [1])), list(map(lambda a, b: a + b, [1, 2], [3])), list(map(str, [1]))
map(str)
list(reversed([1, 2])), list(reversed("ab")), list(reversed(range(3))), list(reversed({1: 2, 3: 4}))
reversed(5)
set([1, 1]) == {1}, frozenset([2]) == frozenset((2,)), len(set())
slice(1, 2, 3) == slice(1, 2, 3), [1, 2, 3][slice(1)], str(slice(1))
tuple(), tuple([1]), tuple("ab")
bytes(2), bytes([1, 2]), bytes("a", "utf-8"), bytes(b"x"), bytearray(b"a") == b"a", bytes("a", encoding="utf-8")
bytes("a")
complex(1, 2), complex("1+2j"), complex(real=1, imag=2), complex()
"-".join(["a", "b"]), "-".join("ab"), str.join("-", ["a"]), "-".join(x for x in "ab"), "".join([])
"-".join([1])
"-".join()
"aXbX".replace("X", "-"), "aXbX".replace("X", "-", 1), str.replace("aa", "a", "b"), "ab".replace("", "-")
"a".replace("b")
"a\tb".expandtabs(), "a\tb".expandtabs(4), "a\tb".expandtabs(tabsize=2)
"{} {}".format(1, 2), "{0}{a}".format(1, a=2), "{:>{}}".format(1, 4), "{!r}".format("a"), str.format("{}", 3), "{a[0]}".format(a=[5])
"{}".format()
"{".format()
"abc".translate({97: "x", 98: None}), "abc".translate(str.maketrans("ab", "xy"))
"a".ljust(3), "a".rjust(3, "-"), "a".center(4, "*"), "7".zfill(3), str.ljust("a", 2)
"a".center(3, "xx")
"a,b".split(","), "a,b,c".split(",", 1), "a b c".split(maxsplit=1), "a\nb".splitlines(keepends=True), "a,b".rsplit(sep=",", maxsplit=1)
(lambda x: (x.sort(reverse=True), x)[1])([1, 3, 2]), (lambda x: (x.sort(key=len), x)[1])(["bb", "a"])
(lambda x: (x.extend("ab"), x)[1])([]), (lambda x: (x.extend(x), x)[1])([1]), (lambda x: (list.extend(x, (2,)), x)[1])([1])
[].extend(1)
{"a": 1}.get("b", 2), {}.setdefault("a", 3), {"a": 1}.pop("b", 4), dict.fromkeys("ab", 0), dict.fromkeys([1])
(lambda d: (d.update({"b": 2}, c=3), d)[1])({"a": 1}), (lambda d: (d.update([(1, 2)]), d)[1])({})
"a" + 1
"a" * "b"
2 ** 10, 2 ** -1, 2.0 ** 0.5, 0 ** 0, 1 << 4
1 << -1
"%d %s %r" % (1, "a", "b"), "%5.2f" % 3.14159, "%(a)s" % {"a": 1}, 7 % 3, -7 % 3, "%*d" % (5, 1)
"%s %s" % 1
f"{3:>5}|{'a'!r}|{3.14159:.2f}|{255:x}"
f"{'a':d}"
3 in [1, 3], "a" in "abc", 4 not in (1, 2), 1 < 2 < 3, [1] < [1, 2]
1 in 5
`
  .trim()
  .split('\n');

/** The value of each expression, or the name of what it raises. */
const NATIVE = `
import contextlib, io, json, sys
said = []
for text in json.load(sys.stdin):
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            said.append(repr(eval(text, {})))
    except Exception as error:
        said.append(['error', type(error).__name__])
print(json.dumps(said))
`;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createNodeSandbox({ mode: 'suite', timeoutMs: 60_000 });
});
afterAll(() => sandbox?.close());

/** Words of errors differ between versions of Python; their types do not. */
function brief(outcome: Outcome | undefined): string | [string, string] | undefined {
  if (!outcome || outcome.ok) return outcome?.output;
  return [outcome.refusal, outcome.detail.split(':')[0] as string];
}

test.runIf(hasPython)(
  'guards take the arguments that Python takes',
  async () => {
    const native = inPython<(string | [string, string])[]>(NATIVE, CALLS);
    const results = await sandbox.run(
      CALLS.map((call) => ({ program: `def f():\n return ${call}`, inputs: [''], runs: 1 })),
    );
    expect(CALLS.length).toBeGreaterThan(130);
    expect(CALLS.map((call, i) => [call, brief(results[i]?.outcomes[0])])).toEqual(
      CALLS.map((call, i) => [call, native[i]]),
    );
  },
  60_000,
);
