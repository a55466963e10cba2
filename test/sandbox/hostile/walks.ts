/** Ways out through attributes: from any value to its class, its frames, its globals and so to everything. */
import { type Attack, f } from './attack.ts';

/** Refused by the list, and behind it by the guard of attributes when the program runs. */
const SEEN = { strict: 'forbidden', unfiltered: 'forbidden' } as const;

/** To the class of all classes and from there to every function and its globals. */
const CLASSES: readonly Attack[] = [
  { name: 'the class of a value', program: f('return ().__class__'), ...SEEN },
  { name: 'the base of a class', program: f('return int.__base__'), ...SEEN },
  {
    name: 'all classes there are',
    program: f('return len(().__class__.__base__.__subclasses__())'),
    ...SEEN,
  },
  {
    name: 'the import function of another module',
    program: f(
      `for c in ().__class__.__base__.__subclasses__():
 if c.__name__ == 'catch_warnings':
  g = c.__init__.__globals__
return g['__builtins__']['__import__']('os').getcwd()`,
    ),
    ...SEEN,
  },
  {
    name: 'the loader of built-in modules',
    program: f(
      `for c in ().__class__.__base__.__subclasses__():
 if c.__name__ == 'BuiltinImporter':
  return c.load_module('posix').getpid()`,
    ),
    ...SEEN,
  },
  { name: 'the order of methods', program: f('return int.__mro__[1].__subclasses__()'), ...SEEN },
  { name: 'mro of a type', program: f('return int.mro()[1]'), ...SEEN },
  { name: 'a method without a call', program: f('return [].append.__self__'), ...SEEN },
  { name: 'the module of a builtin', program: f("return len.__self__.eval('1')"), ...SEEN },
  { name: 'a wide letter that Python reads as a narrow one', program: f('return ().__ｃlass__'), ...SEEN },
  { name: 'a letter of mathematics in an attribute', program: f('return ().__𝓬lass__'), ...SEEN },
];

/** To the program's own machinery and through it to the verifier's. */
const FRAMES: readonly Attack[] = [
  { name: 'the globals of f', program: f("return f.__globals__['__builtins__']['@add']"), ...SEEN },
  {
    name: 'the globals of a guard',
    program: f("return f.__globals__['__builtins__']['@add'].__globals__['LIMITS']"),
    ...SEEN,
  },
  { name: 'the globals of a builtin of ours', program: f("return print.__globals__['LIMITS']"), ...SEEN },
  { name: 'the builtins of f', program: f("return f.__builtins__['@add']"), ...SEEN },
  { name: 'the code of f', program: f('return f.__code__.co_consts'), ...SEEN },
  { name: 'other code for f', program: f('f.__code__ = (lambda: 2).__code__\nreturn f()'), ...SEEN },
  {
    name: 'the cells of a closure',
    program: f('x = 1\nreturn (lambda: x).__closure__[0].cell_contents'),
    ...SEEN,
  },
  { name: 'the frame of a generator', program: f('return (i for i in [1]).gi_frame.f_back'), ...SEEN },
  {
    name: 'the frames below a running generator',
    program: f(
      `def g():
 yield h.gi_frame.f_back.f_back.f_globals
h = g()
return len(next(h))`,
    ),
    ...SEEN,
  },
  { name: 'the code of a generator', program: f('return (i for i in [1]).gi_code.co_code'), ...SEEN },
  {
    name: 'the frames of a traceback',
    program: f(
      `try:
 1 // 0
except Exception as e:
 return len(e.__traceback__.tb_frame.f_back.f_globals)`,
    ),
    ...SEEN,
  },
  {
    name: 'the arguments of an error',
    program: f('try:\n 1 // 0\nexcept Exception as e:\n return e.args'),
    strict: 'forbidden',
    unfiltered: "ok ('division by zero',)",
  },
  {
    name: 'the object of an error',
    program: f('try:\n len.x\nexcept Exception as e:\n return e.obj.__self__'),
    ...SEEN,
  },
  {
    name: 'another traceback',
    program: f('try:\n 1 // 0\nexcept Exception as e:\n return e.with_traceback(None)'),
    ...SEEN,
  },
  {
    name: 'the frame of a coroutine',
    program: f('async def g(): pass\nreturn g().cr_frame.f_back'),
    ...SEEN,
  },
  {
    name: 'the frame of an asynchronous generator',
    program: f('async def g(): yield 1\nreturn g().ag_frame'),
    ...SEEN,
  },
];

/** Attributes read or written where the source shows no plain read of one. */
const HIDDEN: readonly Attack[] = [
  { name: 'a format with an attribute', program: f('return "{0.__class__}".format(1)'), ...SEEN },
  { name: 'a format of the type str', program: f('return str.format("{0.__class__}", 1)'), ...SEEN },
  {
    name: 'a format within a format',
    program: f('return "{0:{1.__class__}}".format(1, 2)'),
    strict: 'forbidden',
    unfiltered: 'forbidden',
  },
  { name: 'a format by keyword', program: f('return "{x.__globals__}".format(x=f)'), ...SEEN },
  { name: 'a format with a conversion', program: f('return "{0.__class__!r:>9}".format(1)'), ...SEEN },
  { name: 'a format behind an index', program: f('return "{0[0].__class__}".format([1])'), ...SEEN },
  { name: 'a format made while running', program: f('return ("{0." + "__class__}").format(1)'), ...SEEN },
  { name: 'format without a call', program: f('g = "{0.__class__}".format\nreturn g(1)'), ...SEEN },
  { name: 'format mapped', program: f('return list(map(str.format, ["{0.__class__}"], [1]))'), ...SEEN },
  { name: 'format as a key', program: f('return max(["{0.__class__}"], key=str.format)'), ...SEEN },
  { name: 'format_map', program: f('return "{x.__class__}".format_map({"x": 1})'), ...SEEN },
  {
    name: 'a pattern that reads an attribute',
    program: f('match ():\n case tuple(__class__=c):\n  return c'),
    strict: 'forbidden',
    unfiltered: 'ok None',
  },
  {
    name: 'a pattern that walks',
    program: f('match f:\n case object(__globals__={"__builtins__": b}):\n  return len(b)'),
    ...SEEN,
    unfiltered: ['forbidden', 'error'],
  },
  {
    name: 'a pattern with a value',
    program: f('match 1:\n case f.__code__.co_argcount:\n  return 1'),
    ...SEEN,
  },
  { name: 'an attribute written', program: f('f.x = 1\nreturn 1'), strict: 'forbidden', unfiltered: 'ok 1' },
  { name: 'an attribute removed', program: f('del f.__code__\nreturn 1'), ...SEEN },
  { name: 'an attribute added to', program: f('f.__defaults__ += (1,)\nreturn 1'), ...SEEN },
  {
    name: 'an attribute as a loop variable',
    program: f('for f.__defaults__ in [(1,)]: pass\nreturn 1'),
    ...SEEN,
  },
  { name: 'an attribute in an unpacking', program: f('f.__code__, x = (lambda: 1), 1\nreturn 1'), ...SEEN },
  { name: 'an attribute behind a star', program: f('*f.__code__, x = [1, 2]\nreturn 1'), ...SEEN },
  { name: 'an attribute of a comprehension', program: f('return [0 for f.__code__ in [1]]'), ...SEEN },
  {
    name: 'an attribute with a note',
    program: f('f.x: int = 1\nreturn 1'),
    strict: 'forbidden',
    unfiltered: 'ok 1',
  },
  {
    name: 'an attribute of a with statement',
    program: f('with f as f.x: pass\nreturn 1'),
    strict: 'forbidden',
    unfiltered: 'error',
  },
  { name: 'an attribute in a text', program: f('return f"{().__class__}"'), ...SEEN },
  { name: 'an attribute in a default', program: f('return 1', 'x=().__class__'), ...SEEN },
  {
    name: 'an attribute in a decorator',
    program: f('@(lambda g: g.__globals__)\ndef g(): pass\nreturn g'),
    ...SEEN,
  },
  {
    name: 'an attribute in a type parameter',
    program: f('def g[T: ().__class__](): pass\nreturn g.__type_params__[0].__bound__'),
    ...SEEN,
  },
  {
    name: 'an attribute of a type statement',
    program: f('type T = ().__class__\nreturn T.__value__'),
    ...SEEN,
  },
  {
    name: 'an attribute of a template',
    program: f('return t"{().__class__}"'),
    strict: 'forbidden',
    unfiltered: 'forbidden',
  },
];

export const WALKS: readonly Attack[] = [...CLASSES, ...FRAMES, ...HIDDEN];
