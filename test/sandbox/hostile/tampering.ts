/**
 * Changes to what the next program will meet: builtins, modules, types, the machine. In the lab none of
 * it can be reached; with all layers of Python off every one of them happens, and the next program is to be
 * judged right all the same.
 */
import { type Attack, f } from './attack.ts';

const ABSENT = { strict: 'forbidden', unfiltered: 'error' } as const;

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
    strict: 'forbidden',
    unfiltered: 'forbidden',
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
    strict: 'forbidden',
    unfiltered: 'error',
  },
  {
    name: 'an attribute of a builtin type',
    program: f('int.real = 1\nreturn 1'),
    strict: 'forbidden',
    unfiltered: 'error',
  },
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

export const TAMPERING: readonly Attack[] = [...BUILTINS, ...TYPES, ...MODULES, ...MACHINE];
