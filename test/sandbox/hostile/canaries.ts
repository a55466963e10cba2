/** Honest programs with known outputs: run after a hostile one, they show whether anything of it is left. */
import type { RunRequest, SandboxMode } from '../../../src/sandbox/sandbox.ts';

interface Canary {
  request: RunRequest;
  /** The outcome in the words of `verdictOf`. */
  verdict: string;
}

/** Builtins, methods, large numbers, the order of a dict, every way to make a text, and thousands of objects. */
const WORK = `def f(n, xs, s):
    seen = {}
    for c in s + s:
        seen[c] = seen.get(c, 0) + n
    ys = sorted(xs, reverse=True)
    ys.append(len(s))
    ys.extend(xs)
    # Enough new objects to wake the garbage collector.
    many = list(map(list, zip(range(3000))))
    words = ",".join([f"{k}={v:>3}" for k, v in seen.items()]).upper()
    numbers = divmod(-n, 2), round(2.5), abs(-n), pow(n, 3, 5), max(xs), min(xs), sum(range(n)), n ** 30 - 1
    texts = words, "{:>4}|{}".format(n, s), "%05d" % n, str(n) + repr(s), s[::-1].replace("a", "A")
    return ys, seen, many[-1], numbers, texts, isinstance(True, int), type(n) is int, list(dict.fromkeys(xs + xs))`;

const WORK_INPUT = '7, [3, 1, 2], "abc"';
const WORK_OUTPUT =
  "([3, 2, 1, 3, 3, 1, 2], {'a': 14, 'b': 14, 'c': 14}, [2999], ((-4, 1), 2, 7, 3, 3, 1, 21, " +
  "22539340290692258087863248), ('A= 14,B= 14,C= 14', '   7|abc', '00007', \"7'abc'\", 'cbA'), True, True, " +
  '[3, 1, 2])';

/** Calls, closures, generators, errors and patterns. `mark` makes the text one that nobody has seen before. */
const flow = (mark: number) => `def f(n):
    total = 0
    def add(k):
        nonlocal total
        total += k
        return total
    def halves(k):
        while k:
            yield k
            k //= 2
    def factorial(k):
        return 1 if k < 2 else k * factorial(k - 1)
    try:
        [][n]
    except IndexError as error:
        message = str(error)
    match [n, "x"]:
        case [int_, str_] if int_ > 5:
            kind = str_ * 3
        case _:
            kind = None
    memo = [add(k) for k in halves(n)]
    return memo, factorial(n), message, kind, ${mark}`;

const FLOW_OUTPUT = (mark: number) =>
  `([12, 18, 21, 22], 479001600, 'list index out of range', 'xxx', ${mark})`;

/** What the layers inside Python refuse: they are still to do so after an attack. */
const REFUSED: readonly Canary[] = [
  { request: { program: 'def f():\n while True: pass', inputs: [''], runs: 1 }, verdict: 'budget' },
  { request: { program: 'def f():\n return [0] * 10 ** 8', inputs: [''], runs: 1 }, verdict: 'memory' },
  { request: { program: 'def f():\n return ().__class__', inputs: [''], runs: 1 }, verdict: 'forbidden' },
];

/** The canaries of one attack; `mark` is any number not used before. */
export function canaries(mark: number, mode: SandboxMode): Canary[] {
  return [
    // Its text is always the same, so that whatever the verifier remembers of it is put to the test.
    { request: { program: WORK, inputs: [WORK_INPUT], runs: 2 }, verdict: `ok ${WORK_OUTPUT}` },
    { request: { program: flow(mark), inputs: ['12'], runs: 2 }, verdict: `ok ${FLOW_OUTPUT(mark)}` },
    ...(mode === 'bare' ? [] : [REFUSED[mark % REFUSED.length] as Canary]),
  ];
}
