/** Results that pretend to be something else: equal to the answer, or a word of the verifier itself. */
import { type Attack, f } from './attack.ts';

const CLASS = { strict: 'forbidden', unfiltered: 'error' } as const;

/** Objects with opinions of their own. None of their methods may be asked by the verifier. */
const CLASSES: readonly Attack[] = [
  {
    name: 'equal to everything',
    program: f('class A:\n def __eq__(self, other): return True\nreturn A()'),
    ...CLASS,
    bare: 'output',
  },
  {
    name: 'equal to everything and of every hash',
    program: f(
      'class A:\n def __eq__(self, other): return True\n def __hash__(self): return 0\nreturn {A(): 1}',
    ),
    ...CLASS,
    bare: 'output',
  },
  {
    name: 'a number that shows itself as another',
    program: f("class A(int):\n def __repr__(self): return '666'\nreturn A(1)"),
    ...CLASS,
    bare: 'output',
  },
  {
    name: 'a text that shows itself as another',
    program: f("class A(str):\n def __repr__(self): return '666'\nreturn [A('x')]"),
    ...CLASS,
    bare: 'output',
  },
  {
    name: 'a list that shows itself as another',
    program: f(
      "class A(list):\n def __repr__(self): return '666'\n def __iter__(self): return iter([])\nreturn A()",
    ),
    ...CLASS,
    bare: 'output',
  },
  {
    name: 'a dict that shows itself as another',
    program: f("class A(dict):\n def __repr__(self): return '666'\nreturn (A(),)"),
    ...CLASS,
    bare: 'output',
  },
  {
    name: 'a tuple with names',
    program: f('import collections\nreturn collections.namedtuple("A", "x")(1)'),
    ...CLASS,
    bare: 'output',
  },
  {
    name: 'a class that says it is int',
    program: f(
      'class A:\n @property\n def __class__(self): return int\n def __repr__(self): return "666"\nreturn A()',
    ),
    ...CLASS,
    bare: 'output',
  },
  {
    name: 'a class whose name is a verdict',
    program: f(
      'class M(type):\n @property\n def __name__(self): raise SystemExit\nclass A(metaclass=M): pass\nreturn A()',
    ),
    ...CLASS,
    bare: 'output',
  },
  {
    name: 'a class that says its length is negative',
    program: f('class A(list):\n def __len__(self): return -1\nreturn [A()]'),
    ...CLASS,
    bare: 'output',
  },
  {
    name: 'f that is a class',
    program: 'class f:\n def __init__(self): pass',
    ...CLASS,
    strict: 'forbidden',
    bare: 'output',
  },
  { name: 'f that is an object', program: 'class A:\n def __call__(self): return 1\nf = A()', ...CLASS },
  { name: 'f that is a builtin', program: 'f = list', strict: 'syntax', unfiltered: 'ok []' },
  { name: 'f that is no function', program: 'f = 5', strict: 'syntax', unfiltered: 'error' },
  { name: 'no f', program: 'g = 5', strict: 'syntax', unfiltered: ['error', 'syntax'] },
  {
    name: 'f that is made anew below itself',
    program: 'def f():\n return 1\nf = lambda: 2',
    strict: 'syntax',
    unfiltered: 'ok 2',
  },
  {
    name: 'f under a decorator',
    program: '@print\ndef f():\n return 1',
    strict: 'forbidden',
    unfiltered: 'syntax',
  },
];

const ERRORS: readonly Attack[] = [
  {
    name: 'an error with a message of its own',
    program: f("class A(Exception):\n def __str__(self): return 'forged'\nraise A"),
    ...CLASS,
    bare: 'error',
  },
  {
    name: 'an error whose arguments run',
    program: f('class A(ValueError):\n args = property(lambda self: 1 // 0)\nraise A'),
    ...CLASS,
    bare: 'error',
  },
  {
    name: 'an error that says it is another',
    program: f('class A(Exception):\n @property\n def __class__(self): return MemoryError\nraise A'),
    ...CLASS,
  },
  {
    name: 'an error that exits when it is looked at',
    program: f('class A(Exception):\n @property\n def __class__(self): raise SystemExit\nraise A'),
    ...CLASS,
  },
  {
    name: 'an error that loops when it is looked at',
    program: f('class A(Exception):\n def __getattribute__(self, name):\n  while True: pass\nraise A'),
    ...CLASS,
  },
  { name: 'an error of memory of its own kind', program: f('class A(MemoryError): pass\nraise A'), ...CLASS },
  {
    name: 'an error with a text that is a class',
    program: f("class A(str):\n def __str__(self): return 'forged'\nraise ValueError(A())"),
    ...CLASS,
    bare: 'error',
  },
  {
    name: 'an error with a very long message',
    program: f('raise ValueError("x" * 900000)'),
    strict: 'error',
    unfiltered: 'error',
    bare: 'error',
  },
  {
    name: 'an error that speaks like a verdict',
    program: f('raise ValueError(\'"], ["1"]]\')'),
    strict: 'error',
    unfiltered: 'error',
    bare: 'error',
  },
  {
    name: 'the verifier’s own error',
    program: f('raise Refused("forbidden", "")'),
    strict: 'error',
    unfiltered: 'error',
    bare: 'error',
  },
  {
    name: 'the verifier’s own limit',
    program: f('raise Limit'),
    strict: 'error',
    unfiltered: 'error',
    bare: 'error',
  },
  {
    name: 'something raised that is no error',
    program: f('raise 1'),
    strict: 'error',
    unfiltered: 'error',
    bare: 'error',
  },
  {
    name: 'an error in a text of half letters',
    program: f('raise ValueError("\\ud800")'),
    strict: 'error',
    unfiltered: 'error',
    bare: 'error',
  },
];

export const FORGERIES: readonly Attack[] = [...CLASSES, ...ERRORS];
