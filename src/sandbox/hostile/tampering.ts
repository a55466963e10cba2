/**
 * Changes to what the next program will meet: builtins, modules, types, the verifier itself. In the lab none of
 * it can be reached; with all layers of Python off every one of them happens, and the next program is to be
 * judged right all the same.
 */
import { type Attack, f } from './attack.ts';

const ABSENT = { strict: 'forbidden', unfiltered: 'error' } as const;
const SEEN = { strict: 'forbidden', unfiltered: 'forbidden' } as const;

/** Where `unfiltered` stops: the import has no `__import__`, the name is not there. */
const imported = (name: string, body: string): Attack => ({
  name,
  program: f(`${body}\nreturn 1`),
  ...ABSENT,
});

const BUILTINS: readonly Attack[] = [
  imported('len answers 42', 'import builtins\nbuiltins.len = lambda x: 42'),
  imported('repr answers what it likes', 'import builtins\nbuiltins.repr = lambda x: "\'forged\'"'),
  imported('str answers what it likes', "import builtins\nbuiltins.str = lambda x='': 'forged'"),
  imported('sorted leaves things as they are', 'import builtins\nbuiltins.sorted = lambda x, **k: list(x)'),
  imported('type calls everything a number', 'import builtins\nbuiltins.type = lambda x: int'),
  imported('dict is a list', 'import builtins\nbuiltins.dict = list'),
  imported(
    'exec runs something else',
    'import builtins\nbuiltins.exec = lambda code, scope: scope.update(f=lambda *a: 666)',
  ),
  imported(
    'compile compiles something else',
    "import builtins\nold = compile\nbuiltins.compile = lambda *a, **k: old('def f(*a): return 666', '', 'exec')",
  ),
  imported(
    'all builtins deleted',
    'import builtins\nfor name in list(vars(builtins)):\n if name[0] != "_": delattr(builtins, name)',
  ),
  imported('a new builtin', 'import builtins\nbuiltins.stolen = 1'),
  {
    name: 'the builtins of this program alone',
    program: f('__builtins__["len"] = lambda x: 42\nreturn len("ab")'),
    ...ABSENT,
  },
];

/** No attribute of a builtin type can be set; its dictionary can be found behind the proxy. */
const TYPES: readonly Attack[] = [
  imported(
    'a method of str, through the collector',
    "import gc\ngc.get_referents(str.__dict__)[0]['upper'] = lambda s: 'forged'",
  ),
  imported(
    'a method of list, through the collector',
    "import gc\ngc.get_referents(list.__dict__)[0]['append'] = lambda s, x: None",
  ),
  imported(
    'the text of a number, through the collector',
    "import gc\ngc.get_referents(int.__dict__)[0]['__repr__'] = lambda s: '666'",
  ),
  {
    name: 'a method of dict, through a comparison',
    program: f(
      "class A:\n def __eq__(self, real):\n  real['get'] = lambda *a: 666\n  return True\nreturn dict.__dict__ == A()",
    ),
    ...SEEN,
  },
  { name: 'an attribute of a builtin type', program: f('int.real = 1\nreturn 1'), ...SEEN },
];

const MODULES: readonly Attack[] = [
  imported('json writes what it likes', 'import json\njson.dumps = lambda x: \'[[false, ["forged"]]]\''),
  imported(
    'json reads what it likes',
    "import json\nold = json.loads\njson.loads = lambda x: [['def f(*a): return 666', *rest] for _, *rest in old(x)]",
  ),
  imported(
    'ast parses something else',
    "import ast\nold = ast.parse\nast.parse = lambda *a, **k: old('def f(*a): return 666')",
  ),
  imported('regular expressions find nothing', 'import re\nre.compile = lambda *a: None\nre.purge()'),
  imported('a verifier of its own', "import sys\nsys.modules['verifier'] = sys"),
  imported('an empty list of modules', 'import sys\nsys.modules.clear()'),
  imported('warnings that are errors', 'import warnings\nwarnings.simplefilter("error")'),
  imported('no standard output', 'import sys\nsys.stdout = sys.stderr = None'),
  imported('another path', "import sys\nsys.path[:] = ['/stolen']\nsys.meta_path.clear()"),
];

const MACHINE: readonly Attack[] = [
  imported('nobody counts steps', 'import sys\nfor i in range(6):\n sys.monitoring.free_tool_id(i)'),
  imported(
    'nobody listens to steps',
    'import sys\ne = sys.monitoring.events\nfor i in (e.LINE, e.JUMP, e.PY_START, e.PY_RESUME, e.RAISE):\n sys.monitoring.register_callback(0, i, None)',
  ),
  imported('all events off', 'import sys\nsys.monitoring.set_events(0, 0)'),
  imported('calls twenty deep', 'import sys\nsys.setrecursionlimit(60)'),
  imported('calls a million deep', 'import sys\nsys.setrecursionlimit(10 ** 6)'),
  imported('numbers of few digits', 'import sys\nsys.set_int_max_str_digits(640)'),
  imported('no collection of garbage', 'import gc\ngc.disable()'),
  imported(
    'a callback at every collection',
    'import gc\ndef spy(*_):\n raise SystemExit\ngc.callbacks.append(spy)\ngc.set_threshold(1)',
  ),
  imported(
    'a callback at every line of the verifier',
    'import sys\ndef spy(frame, *_):\n frame.f_locals.clear()\nsys.settrace(spy)',
  ),
  imported('a hook for errors that nobody catches', 'import sys\nsys.unraisablehook = sys.excepthook = None'),
  imported(
    'another locale and other numbers',
    'import decimal\ndecimal.getcontext().prec = 1\ndecimal.DefaultContext.prec = 1',
  ),
];

/** The verifier's own globals, by each of the roads that lead there. */
const VERIFIER: readonly Attack[] = [
  {
    name: 'more steps, through a guard',
    program: f(
      "g = f.__globals__['__builtins__']['@add'].__globals__\ng['LIMITS']['steps'] = g['LIMITS']['work'] = 10 ** 12\nreturn 1",
    ),
    ...SEEN,
  },
  {
    name: 'no end to steps, through a guard',
    program: f(
      "g = f.__globals__['__builtins__']['@add'].__globals__\ng['steps'] = 10 ** 12\ng['_tick'] = g['trip'] = lambda *_: None\nwhile True: pass",
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
      "def g():\n yield h.gi_frame.f_back.f_back\nh = g()\nnext(h).f_globals['_write'] = lambda x: \"'forged'\"\nreturn 1",
    ),
    ...SEEN,
  },
  {
    name: 'the verifier’s frame, through a traceback',
    program: f(
      "try:\n 1 // 0\nexcept Exception as e:\n frame = e.__traceback__.tb_frame\nwhile frame.f_back:\n frame = frame.f_back\n if '_BUILTINS' in frame.f_globals: frame.f_globals['_BUILTINS']['len'] = lambda x: 42\nreturn 1",
    ),
    ...SEEN,
  },
  imported(
    'results put before those of others',
    "import sys\nframe = sys._getframe()\nwhile frame:\n if 'results' in frame.f_locals: frame.f_locals['results'].insert(0, [False, [\"'forged'\"]])\n frame = frame.f_back",
  ),
  imported(
    'programs that wait, exchanged',
    "import gc\nfor x in gc.get_objects():\n if type(x) is list and len(x) > 2 and type(x[0]) is str and type(x[1]) is list and 'def f' in x[0]:\n  x[0] = 'def f(*a):\\n return 666'",
  ),
  imported(
    'known programs exchanged',
    "import gc\nfor x in gc.get_objects():\n if type(x).__name__ == '_Program':\n  x.code = compile('def f(*a): return 666', '', 'exec')",
  ),
  imported(
    'a method of the verifier’s class',
    "import gc\nfor x in gc.get_objects():\n if isinstance(x, type) and x.__name__ == '_Program': x.run = lambda *a: (\"'forged'\", None)",
  ),
  imported(
    'every function of the verifier',
    "import gc, types\nfor x in gc.get_objects():\n if type(x) is types.FunctionType and 'kelvin' in x.__code__.co_filename and x.__code__.co_argcount == 1:\n  x.__code__ = (lambda x: '[[false, [\"forged\"]]]').__code__",
  ),
  imported(
    'every list of limits',
    "import gc\nfor x in gc.get_objects():\n if type(x) is dict and 'steps' in x and 'work' in x and type(x['steps']) is int: x['steps'] = x['work'] = 1",
  ),
  imported(
    'inputs that are known',
    "import gc\nfor x in gc.get_objects():\n if type(x) is dict and '7, [3, 1, 2], \"abc\"' in x: x['7, [3, 1, 2], \"abc\"'] = ([1, [], ''], False)",
  ),
  imported(
    'the default arguments of the verifier',
    "import gc, types\nfor x in gc.get_objects():\n if type(x) is types.FunctionType and 'kelvin' in x.__code__.co_filename and x.__defaults__: x.__defaults__ = (0,) * len(x.__defaults__)",
  ),
];

export const TAMPERING: readonly Attack[] = [...BUILTINS, ...TYPES, ...MODULES, ...MACHINE, ...VERIFIER];
