/** Names that Python gives a program and the verifier does not, and other ways to come by what they stand for. */
import { type Attack, f } from './attack.ts';

/** Refused by the list; behind it the name is not there. */
const ABSENT = { strict: 'forbidden', unfiltered: 'error' } as const;

export const NAMES: readonly Attack[] = [
  { name: 'eval', program: f('return eval("1")'), ...ABSENT },
  { name: 'exec', program: f('exec("x = 1")\nreturn 1'), ...ABSENT },
  { name: 'compile', program: f('return compile("1", "", "eval")'), ...ABSENT },
  { name: 'open a file', program: f('return open("/proc/self/environ").read()'), ...ABSENT },
  { name: 'getattr', program: f('return getattr(1, "__class__")'), ...ABSENT },
  { name: 'setattr', program: f('setattr(f, "x", 1)\nreturn 1'), ...ABSENT },
  { name: 'delattr', program: f('delattr(f, "__code__")\nreturn 1'), ...ABSENT },
  { name: 'hasattr', program: f('return hasattr(1, "__class__")'), ...ABSENT },
  { name: 'vars', program: f('return len(vars())'), ...ABSENT },
  { name: 'dir', program: f('return dir(1)'), ...ABSENT },
  { name: 'globals', program: f('return len(globals())'), ...ABSENT },
  { name: 'locals', program: f('return len(locals())'), ...ABSENT },
  { name: 'guards by their secret name', program: f('return globals()["@add"].__globals__'), ...ABSENT },
  {
    name: 'object',
    program: f('return object.__subclasses__()'),
    ...ABSENT,
    unfiltered: ['error', 'forbidden'],
  },
  { name: 'super', program: f('return super(int, 1)'), ...ABSENT },
  { name: 'property', program: f('return property(f)'), ...ABSENT },
  { name: 'memoryview', program: f('return memoryview(bytearray(9))[0]'), ...ABSENT },
  { name: 'a debugger', program: f('breakpoint()\nreturn 1'), ...ABSENT },
  { name: 'the help', program: f('help("modules")\nreturn 1'), ...ABSENT },
  {
    name: 'the name __builtins__',
    program: f('return __builtins__["len"]'),
    strict: 'forbidden',
    unfiltered: 'forbidden',
  },
  {
    // Guards are looked up among the builtins: whoever holds those can put others in their place.
    name: 'a guard exchanged among the builtins',
    program: f(
      "__builtins__['@visible'] = lambda value, name: value\nreturn len(().__class__.__base__.__subclasses__())",
    ),
    strict: 'forbidden',
    unfiltered: 'forbidden',
  },
  {
    name: 'builtins of its own before f',
    program: "__builtins__ = {'@visible': lambda value, name: value}\ndef f():\n return ().__class__",
    strict: 'syntax',
    unfiltered: 'forbidden',
  },
  {
    name: 'a pattern that binds the builtins',
    program: 'match {}:\n case __builtins__: pass\ndef f():\n return ().__class__',
    strict: 'syntax',
    unfiltered: 'forbidden',
  },
  {
    // A bound that is a text is kept as one that can be evaluated.
    name: 'a type parameter that evaluates a text',
    program: f(
      `def g[T](): return T
T = type(g())
return len(T("X", bound="().__class__.__base__.__subclasses__()").evaluate_bound(1).evaluate())`,
    ),
    strict: 'forbidden',
    unfiltered: 'error',
  },
  {
    name: 'a type with arguments around a function',
    program: f('A = type(list[int])\nreturn A(f, ()).x'),
    strict: 'forbidden',
    unfiltered: 'error',
  },
  {
    name: 'an encoding that has to be imported',
    program: f('return "x".encode("rot13")'),
    strict: 'forbidden',
    unfiltered: 'forbidden',
  },
  { name: 'the name __loader__', program: f('return __loader__'), ...ABSENT },
  { name: 'the name __spec__', program: f('return __spec__'), ...ABSENT },
  { name: 'the name __build_class__', program: f('return __build_class__(f, "A")'), ...ABSENT },
  { name: 'eval in wide letters', program: f('return ｅｖａｌ("1")'), ...ABSENT },
  { name: 'a name in braces of a text', program: f('return f"{__import__(\'os\')}"'), ...ABSENT },
  { name: 'a name in the default of a lambda', program: f('return (lambda x=eval: x("1"))()'), ...ABSENT },
  {
    name: 'a name deleted, so that another comes to light',
    program: f('len = 1\ndel len\nreturn eval("1")'),
    ...ABSENT,
  },
  { name: 'a class', program: f('class A: pass\nreturn A()'), ...ABSENT },
  { name: 'a class before f', program: 'class A: pass\ndef f():\n return A()', ...ABSENT },
  {
    // `type(int)` is `type` itself, and with three arguments it makes classes.
    name: 'a class made by the type of a type',
    program: f("T = type(int)\nA = T('A', (), {'__eq__': lambda a, b: True})\nreturn A() == 5"),
    strict: 'forbidden',
    unfiltered: 'forbidden',
  },
  {
    name: 'a class with a method that runs at its end, made without a class statement',
    program: f(
      `def last(self):
 while True: pass
T = type(int)
T('A', (), {'__del__': last})()
return 1`,
    ),
    strict: 'forbidden',
    unfiltered: 'forbidden',
  },
  {
    name: 'a number that lies to the guards, made without a class statement',
    program: f(
      "T = type(int)\nA = T('A', (int,), {'__gt__': lambda a, b: False, '__lt__': lambda a, b: True})\nreturn len([0] * A(10 ** 8))",
    ),
    strict: 'forbidden',
    unfiltered: 'forbidden',
  },
  {
    name: 'type with three arguments',
    program: f("return type('A', (), {})"),
    strict: 'error',
    unfiltered: 'error',
  },
  {
    name: 'a function made of code',
    program: f('return type(f)(f.__code__, {})()'),
    strict: 'forbidden',
    unfiltered: 'forbidden',
  },
  {
    name: 'a function made without code',
    program: f('return type(f)(1, {})'),
    strict: 'error',
    unfiltered: ['error', 'forbidden'],
  },
  {
    name: 'builtins made global',
    program: f('global __builtins__\n__builtins__ = {}\nreturn 1'),
    strict: 'forbidden',
    unfiltered: 'forbidden',
  },
];
