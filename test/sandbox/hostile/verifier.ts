/**
 * Changes to the verifier itself. Some know its sources by heart and go for the very checks that are to find
 * them out. In the lab none of it can be reached; with all layers of Python off every one of them happens, and
 * the next program is to be judged right all the same.
 */
import { type Attack, FIND, f } from './attack.ts';

const SEEN = { strict: 'forbidden', unfiltered: 'forbidden' } as const;

/** Without the allow-list it is the missing `__import__` that stops these. */
const imported = (name: string, body: string): Attack => ({
  name,
  program: f(`${body}\nreturn 1`),
  strict: 'forbidden',
  unfiltered: 'error',
});

/** By the roads that lead from any function to the globals of the verifier. */
const WALKED: readonly Attack[] = [
  {
    name: 'more steps, through a guard',
    program: f(
      `g = f.__globals__['__builtins__']['@add'].__globals__
g['LIMITS']['steps'] = g['LIMITS']['work'] = 10 ** 12
return 1`,
    ),
    ...SEEN,
  },
  {
    name: 'no end to steps, through a guard',
    program: f(
      `g = f.__globals__['__builtins__']['@add'].__globals__
g['steps'] = 10 ** 12
g['_tick'] = g['trip'] = lambda *_: None
while True: pass`,
    ),
    ...SEEN,
  },
  {
    name: 'a guard’s code replaced',
    program: f("f.__globals__['__builtins__']['@add'].__code__ = (lambda a, b: 666).__code__\nreturn 1"),
    ...SEEN,
  },
  {
    name: 'the verifier’s frame, through a generator',
    program: f(
      `def g():
 yield h.gi_frame.f_back.f_back
h = g()
next(h).f_globals['_program'] = lambda text: 1 // 0
return 1`,
    ),
    ...SEEN,
  },
  {
    name: 'the verifier’s frame, through a traceback',
    program: f(
      `try:
 1 // 0
except Exception as e:
 frame = e.__traceback__.tb_frame
while frame.f_back:
 frame = frame.f_back
 if '_OWN' in frame.f_globals: frame.f_globals['_OWN']['len'] = lambda x: 42
return 1`,
    ),
    ...SEEN,
  },
];

/** Whatever the collector of garbage knows, a program can find. */
const FOUND: readonly Attack[] = (
  [
    [
      'programs that wait, exchanged',
      `for x in every(list):
 if len(x) > 2 and type(x[0]) is str and type(x[1]) is list and 'def f' in x[0]: x[0] = 'def f(*a):\\n return 666'`,
    ],
    [
      'known programs exchanged',
      `import verifier
for x in every(verifier._Program): x.code = compile('def f(*a): return 666', '', 'exec')`,
    ],
    [
      'known inputs exchanged',
      `for x in every(dict):
 if '7, [3, 1, 2], "abc"' in x: x['7, [3, 1, 2], "abc"'] = ([1, [], ''], {}, False)`,
    ],
    [
      'a method of the verifier’s class',
      `for x in every(type):
 if x.__name__ == '_Program': x.run = lambda *a: ("'forged'", None)`,
    ],
    [
      'every function of the verifier of one argument',
      `forged = lambda x: '[[false, ["forged"]]]'
for x in every(types.FunctionType):
 if 'kelvin' in x.__code__.co_filename and x.__code__.co_argcount == 1:
  try: x.__code__ = forged.__code__
  except ValueError: pass`,
    ],
    [
      'every dict of limits',
      `for x in every(dict):
 if 'steps' in x and 'work' in x and type(x['steps']) is int: x['steps'] = x['work'] = 1`,
    ],
    [
      'every default argument of the verifier',
      `for x in every(types.FunctionType):
 if 'kelvin' in x.__code__.co_filename and x.__defaults__: x.__defaults__ = (0,) * len(x.__defaults__)`,
    ],
  ] as const
).map(([name, body]) => imported(name, `${FIND}\n${body}`));

/** Past the fingerprint: things that it does not look at, or itself. */
const UNSEEN: readonly Attack[] = [
  imported(
    'results put before those of others',
    `import sys
frame = sys._getframe()
while frame:
 if 'results' in frame.f_locals: frame.f_locals['results'].insert(0, [False, ["'forged'"]])
 frame = frame.f_back`,
  ),
  imported(
    'a list of results that forges what is added',
    `import sys
class Results(list):
 def append(self, each): super().append([False, ["'forged'"]])
frame = sys._getframe()
while frame:
 if 'results' in frame.f_locals: frame.f_locals['results'] = Results()
 frame = frame.f_back`,
  ),
  imported(
    'results rewritten whenever garbage is collected',
    `import gc, sys
def rewrite(*_):
 frame = sys._getframe(1)
 while frame:
  if 'results' in frame.f_locals: frame.f_locals['results'][:] = [[False, ["'forged'"]]]
  frame = frame.f_back
gc.callbacks.append(rewrite)`,
  ),
  imported(
    'code run whenever garbage is collected',
    `import functools
class A: __del__ = functools.partial(exec, 'import verifier; verifier._programs.clear(); verifier._OWN.clear()')
a = A()
a.a = a`,
  ),
  imported(
    'the code of a method of the verifier',
    `import verifier
def run(self, *rest): return "'forged'", None
verifier._Program.run.__code__ = run.__code__`,
  ),
  imported(
    'the code that reads JSON',
    `import json
def decode(self, text): return [['def f(*a): return 666', ['', ''], 1, None, None]]
json.decoder.JSONDecoder.decode.__code__ = decode.__code__`,
  ),
  imported(
    'the reader of JSON that the verifier keeps',
    `import verifier
verifier._read_json.__self__.scan_once = lambda text, at: ([['def f(*a): return 666', [''], 1, None, None]], len(text))`,
  ),
  imported(
    'the builtins kept for the next program',
    "import verifier\nverifier._builtins['len'] = lambda x: 42",
  ),
  imported(
    'no room for the next program',
    'import verifier\nverifier._mode.room.program = verifier._mode.room.values = 0',
  ),
  imported(
    'the fingerprint forgotten',
    `import builtins, watch
for cell in watch.check_fingerprint.__closure__:
 if type(cell.cell_contents) is list: cell.cell_contents.clear()
builtins.len = lambda x: 42`,
  ),
  imported(
    'a fingerprint of its own',
    `import builtins, verifier, watch
verifier.check.__code__ = (lambda: '').__code__
builtins.sorted = lambda x, **k: list(x)
verifier._judge.__code__ = (lambda *a: "'forged'").__code__`,
  ),
  imported(
    'a harness that plays the verifier',
    `import verifier
def verify(batch):
 return '[[false, ["forged"]]]'
verifier.verify.__code__ = verify.__code__`,
  ),
  imported(
    'lists of JavaScript that answer with a forged result',
    `${FIND}
for finder in gc.get_objects():
 if type(finder).__name__ == 'JsFinder': outside = finder.jsproxies['pyodide_js'].constructor
def record(key, value):
 made = outside.new()
 setattr(made, key, value)
 return made
answer = outside.getOwnPropertyNames(record("'forged'", 1))
results = outside.entries(record('', answer))
results.constructor.prototype.flatMap = results.slice.bind(results)`,
  ),
  imported(
    'a hook that refuses every program after',
    `import sys
def refuse(event, arguments):
 if event in ('exec', 'compile'): raise ValueError('refused')
sys.addaudithook(refuse)`,
  ),
];

export const VERIFIER: readonly Attack[] = [...WALKED, ...FOUND, ...UNSEEN];
