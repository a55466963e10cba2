/** What a program may be in the modes for suites made elsewhere, and what stands without the allow-list. */
import { beforeAll, describe, expect, test } from 'vitest';
import { createNodeSandbox } from './node.ts';
import type { RunResult, SandboxMode } from './sandbox.ts';

/** The verdict: the output, or the refusal, with its detail or without. */
type Case = [name: string, program: string, input: string, verdict: string, entry?: string];

function inMode(mode: SandboxMode, cases: readonly Case[]): void {
  describe(mode, () => {
    let results: RunResult[];
    beforeAll(async () => {
      const sandbox = await createNodeSandbox({ mode, timeoutMs: 60_000 });
      results = await sandbox.run(
        cases.map(([, program, input, , entry = 'f']) => ({ program, inputs: [input], runs: 2, entry })),
      );
      sandbox.close();
    });

    test.each(cases.map(([name, , , verdict], i) => [name, verdict, i] as const))('%s', (_, verdict, i) => {
      const outcome = results[i]?.outcomes[0];
      const said = outcome?.ok
        ? [outcome.output]
        : [outcome?.refusal, `${outcome?.refusal}: ${outcome?.detail}`];
      expect(said).toContain(verdict);
    });
  });
}

inMode('suite', [
  [
    'several functions and a constant',
    'N = 3\ndef g(x):\n    return x + N\ndef f(x):\n    return g(x)',
    '1',
    '4',
  ],
  ['another entry', 'def count(nums):\n    return len(nums)', '[1, 2]', '2', 'count'],
  ['one text, the entry that takes one', 'def f(x):\n    return x\ndef g(x, y):\n    return x + y', '1', '1'],
  [
    'and the entry that takes two',
    'def f(x):\n    return x\ndef g(x, y):\n    return x + y',
    '1, 2',
    '3',
    'g',
  ],
  [
    'a keyword missing',
    'def f(x, *, y):\n    return x + y',
    '1',
    'input: 1 arguments do not fit the parameters',
  ],
  ['and given', 'def f(x, *, y):\n    return x + y', '1, y=2', '3'],
  ['no such entry', 'def g():\n    return 1', '', 'syntax: no function f'],
  ['keywords', 'def f(x, y=2):\n    return x * y', 'x=3, y=4', '12'],
  ['the whole call as input', 'def count(nums):\n    return len(nums)', 'count(nums = [1])', '1', 'count'],
  ['a call of something else', 'def f(x):\n    return x', 'g(1)', 'input: not a literal'],
  [
    'sets',
    'def f(s):\n    return [{3, 1} | s, set(), frozenset({2, 1})]',
    '{2}',
    '[{1, 2, 3}, set(), frozenset({1, 2})]',
  ],
  ['sets in any order of writing', 'def f(x):\n    return x', '{"b", "a"}', "{'a', 'b'}"],
  [
    'the order of a set that comes in',
    'def f(s):\n    return list(s)',
    "{'a', 'b', 'c', 'd', 'e'}",
    'nondeterministic: the result depends on hashes or on the order of a set',
  ],
  ['nan and inf', 'def f(x):\n    return [x, -x, float("nan")]', 'inf', '[inf, -inf, nan]'],
  ['bytes and complex numbers', 'def f(x):\n    return [x, 1j]', "b'a'", "[b'a', 1j]"],
  [
    'encodings',
    'def f(s):\n    return [s.encode("utf-8"), b"a".decode(), bytes([1]).hex(), list(b"a")]',
    "'é'",
    "[b'\\xc3\\xa9', 'a', '01', [97]]",
  ],
  [
    'encodings that load modules',
    'def f(s):\n    return s.encode("idna")',
    "'a'",
    'forbidden: it asked the interpreter for import',
  ],
  ['a thousand nested calls', 'def f(n):\n    return 0 if n == 0 else 1 + f(n - 1)', '900', '900'],
  [
    'a long loop',
    'def f(n):\n    s = 0\n    for i in range(n):\n        s += i\n    return s',
    '100000',
    '4999950000',
  ],
  [
    'large integers',
    'def f(n):\n    return (7 ** n) % 1000007',
    '20000',
    String(powerMod(7n, 20000n, 1000007n)),
  ],
  ['no imports', 'import math\ndef f():\n    return math.pi', '', 'forbidden: an import (line 1)'],
]);

inMode('stdlib', [
  [
    'the library',
    'import math, re, json, itertools, functools, string\ndef f(n):\n    return [math.gcd(n, 12), re.findall("[0-9]+", "a1b22"), json.dumps({"a": [1]}), functools.reduce(int.__mul__, range(1, 6)), len(list(itertools.permutations("abc"))), string.digits]',
    '18',
    "[6, ['1', '22'], '{\"a\": [1]}', 120, 6, '0123456789']",
  ],
  [
    'collections count as what they are made of',
    'from collections import Counter, defaultdict, namedtuple\nP = namedtuple("P", "a b")\ndef f(s):\n    d = defaultdict(list)\n    d[1].append(2)\n    return Counter(s), d, P(1, 2)',
    "'aab'",
    "({'a': 2, 'b': 1}, {1: [2]}, (1, 2))",
  ],
  [
    'classes',
    'from dataclasses import dataclass\n@dataclass(order=True)\nclass P:\n    x: int\n    def __iadd__(self, other):\n        self.x += other\n        return self\ndef f():\n    p = P(1)\n    q = p\n    p += 4\n    return [q is p, p.x, P(1) < P(2), repr(p), type(p).__name__]',
    '',
    "[True, 5, True, 'P(x=5)', 'P']",
  ],
  ['the sizes of common machines', 'import sys\ndef f():\n    return sys.maxsize', '', '9223372036854775807'],
  [
    'seeded chance',
    'import random\ndef f():\n    random.seed(3)\n    return [random.randint(0, 9) for _ in range(5)]',
    '',
    '[3, 9, 8, 2, 5]',
  ],
  ['chance', 'import random\ndef f():\n    return random.random()', '', 'nondeterministic: two runs differ'],
  [
    'chance without a seed of its own',
    'import random\ndef f():\n    return random.Random().random(), random.SystemRandom().random()',
    '',
    'nondeterministic: two runs differ',
  ],
  [
    'hashes of texts',
    'def f():\n    return hash("a")',
    '',
    'nondeterministic: the result depends on hashes or on the order of a set',
  ],
  [
    'the day, whatever the hour',
    'import datetime\ndef f():\n    return datetime.date.today().day',
    '',
    'nondeterministic: two runs differ',
  ],
  ...[
    'datetime.datetime.now().second',
    'datetime.datetime.now().year',
    'datetime.datetime.today().weekday()',
    'datetime.datetime.utcnow().month',
    'str(datetime.datetime.now(datetime.timezone.utc))',
    'datetime.datetime.now().astimezone().hour',
    'datetime.date.today().isoformat()',
    'time.strftime("%H:%M")',
    'time.asctime()',
    'time.ctime()',
    'time.localtime().tm_min',
    'time.clock_gettime(0)',
    'time.time_ns()',
    'uuid.uuid1().hex',
    'uuid.uuid4().hex',
    'id(f)',
    'id(None) % 1000',
    'id("") > id(())',
    'hash(object())',
    'hash(int)',
    'hash(len)',
    'hash(datetime.date(2024, 1, 1))',
    'object.__repr__(f)[-6:]',
    'repr("".join)',
    '"%s" % (1).bit_length',
    'str(object())',
    '[object()].__str__()',
    '"".join.__repr__()',
    'f"{f}"',
    '[x() for x in sorted([lambda i=i: i for i in range(9)], key=id)]',
    'sorted(range(9), key=id)',
    'random.choice("abcdefghijklmnopqrstuvwxyz" * 9)',
    'random.Random().getrandbits(99)',
    'list({"a", "b", "c", "d", "e"})',
    'tuple(frozenset(map(str, range(9))))',
  ].map(
    (expression): Case => [
      expression,
      `import datetime, random, time, uuid\ndef f():\n    return ${expression}`,
      '',
      'nondeterministic',
    ],
  ),
  ...[
    ['datetime.datetime.fromtimestamp(0).isoformat()', "'1970-01-01T00:00:00'"],
    [
      'time.localtime(0)[:6], time.mktime((1970, 1, 2, 0, 0, 0, 0, 0, 0)), time.tzname',
      "((1970, 1, 1, 0, 0, 0), 86400.0, ('UTC', 'UTC'))",
    ],
    ['repr(datetime.datetime.strptime("2024-02-29", "%Y-%m-%d"))', "'datetime.datetime(2024, 2, 29, 0, 0)'"],
    ['hash(1) == hash(1.0) == hash(True), id(f) == id(f), id(f) != id(len)', '(True, True, True)'],
    ['len({id(x): x for x in (f, len, None)})', '3'],
    ['"no address: at 0x10"', "'no address: at 0x10'"],
  ].map(
    ([expression, output]): Case => [
      `the same everywhere: ${expression}`,
      `import datetime, time\ndef f():\n    return ${expression}`,
      '',
      output as string,
    ],
  ),
  [
    'time that passes, and does not show',
    'import time\ndef f():\n    a = time.time()\n    time.sleep(3)\n    return time.time() - a > 3',
    '',
    'True',
  ],
  [
    'dates',
    'from datetime import date, timedelta\ndef f():\n    return str(date(2024, 2, 28) + timedelta(days=2))',
    '',
    "'2024-03-01'",
  ],
  [
    'digests',
    'import hashlib\ndef f():\n    return hashlib.md5(b"a").hexdigest()',
    '',
    "'0cc175b9c0f1b6a831c399e269772661'",
  ],
  [
    'the clock',
    'import time\ndef f():\n    return time.perf_counter()',
    '',
    'nondeterministic: two runs differ',
  ],
  [
    'names of methods on classes',
    'class A:\n    count = 0\ndef f():\n    A.count += 1\n    return A.count',
    '',
    '1',
  ],
  ['queues', 'import queue\ndef f():\n    q = queue.Queue()\n    q.put(1)\n    return q.get()', '', '1'],
  [
    'threads',
    'import queue\ndef f():\n    queue.threading.Thread(target=print).start()',
    '',
    'forbidden: it asked the interpreter for _thread.start_joinable_thread',
  ],
  ['paths', 'import os.path\ndef f():\n    return os.path.join("a", "b")', '', "'a/b'"],
  [
    'caught printing',
    'import io, contextlib\ndef f():\n    s = io.StringIO()\n    with contextlib.redirect_stdout(s):\n        print(1)\n    return s.getvalue()',
    '',
    "'1\\n'",
  ],
  [
    'what the library loads when it is needed',
    'from collections import Counter\nfrom datetime import date\ndef f():\n    return Counter("aab").most_common(1), date(2021, 3, 4).strftime("%d")',
    '',
    "([('a', 2)], '04')",
  ],
  [
    'the machine',
    'import os\ndef f():\n    return os.getcwd()',
    '',
    "error: AttributeError: module 'os' has no attribute 'getcwd'",
  ],
  [
    'files',
    'import io\ndef f():\n    return io.open("/etc/passwd").read()',
    '',
    'forbidden: it asked the interpreter for open',
  ],
  [
    'writing files through the library',
    'import codecs\ndef f():\n    codecs.open("/tmp/x", "w").write("a")',
    '',
    'forbidden: it asked the interpreter for open',
  ],
  [
    'what one run leaves in the library',
    'import decimal\ndef f():\n    decimal.getcontext().prec = 3\n    return str(decimal.Decimal(1) / 3)',
    '',
    "'0.333'",
  ],
  [
    'is not there in the next',
    'import decimal\ndef f():\n    return str(decimal.Decimal(1) / 3)',
    '',
    "'0.3333333333333333333333333333'",
  ],
  [
    'changing the library',
    'import math\nmath.pi = 3\ndef f():\n    return math.pi',
    '',
    'forbidden: it changed math',
  ],
  ['after it was changed', 'import math\ndef f():\n    return math.pi', '', '3.141592653589793'],
]);

inMode('unfiltered', [
  ['an import', 'import os\ndef f():\n    return 1', '', 'error: ImportError: __import__ not found'],
  ['a class', 'class A: pass\ndef f():\n    return 1', '', 'error: NameError: __build_class__ not found'],
  ['an attribute', 'def f():\n    return f.__globals__', '', 'forbidden: the attribute __globals__'],
  [
    'an attribute in a pattern',
    'def f():\n    match 1:\n        case int(__class__=c):\n            return c\n    return 0',
    '',
    '0',
  ],
  [
    'the frame of a generator',
    'def f():\n    def g(): yield 1\n    return g().gi_frame',
    '',
    'forbidden: the attribute gi_frame',
  ],
]);

function powerMod(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let i = 0n; i < exponent; i++) result = (result * base) % modulus;
  return result;
}
