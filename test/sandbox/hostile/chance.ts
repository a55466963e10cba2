/** Results that differ from one independent run to the next: hashes, addresses, the clock, chance. */
import { type Attack, f } from './attack.ts';

/** Told apart by a run in an interpreter of another hash seed, or by a second run with other addresses. */
const DIFFERS = { strict: 'nondeterministic', unfiltered: 'nondeterministic' } as const;
const ABSENT = { strict: 'forbidden', unfiltered: 'error' } as const;

const SETS: readonly Attack[] = [
  { name: 'the order of a set', program: f('return list({"a", "b", "c", "d", "e"})'), ...DIFFERS },
  {
    name: 'letters joined in the order of a set',
    program: f('return "".join(set("hello world"))'),
    ...DIFFERS,
  },
  { name: 'whatever a set gives first', program: f('return {c for c in "abcdef"}.pop()'), ...DIFFERS },
  {
    name: 'the first of equals in a set',
    program: f('return max(frozenset(["x", "y", "z", "u", "v"]), key=lambda c: 0)'),
    ...DIFFERS,
  },
  {
    name: 'a sort that leaves the order of a set',
    program: f('return sorted(set("abcdefgh"), key=lambda c: 0)'),
    ...DIFFERS,
  },
  {
    name: 'a set made by a view of keys',
    program: f('return list({"a": 1, "b": 2, "c": 3, "d": 4}.keys() & ["a", "b", "c", "d"])'),
    ...DIFFERS,
  },
  {
    name: 'a set made by a view of items',
    program: f('return list(dict(zip("abcdefgh", range(8))).items() - [("a", 0)])'),
    ...DIFFERS,
  },
  {
    name: 'a set made by a view bound to a name',
    program: f('k = dict(zip("abcdefgh", range(8))).keys()\nreturn list(k | k)'),
    ...DIFFERS,
  },
  { name: 'the text of a set', program: f('return str({"a", "b", "c", "d", "e"})'), ...DIFFERS },
  { name: 'a set in a field', program: f('return f"{set(\'abcdef\')}"'), ...DIFFERS },
  { name: 'a dict filled from a set', program: f('return dict.fromkeys(set("abcdef"))'), ...DIFFERS },
  { name: 'a set unpacked', program: f('a, *b = set("abcdef")\nreturn a'), ...DIFFERS },
  { name: 'a set as arguments', program: f('return (lambda *x: x[0])(*set("abcdef"))'), ...DIFFERS },
  {
    name: 'a set counted through',
    program: f('for i, c in enumerate(set("abcdef")):\n if c == "a":\n  return i'),
    ...DIFFERS,
  },
  { name: 'a set of pairs', program: f('return list({("a", 1), ("b", 2), ("c", 3), ("d", 4)})'), ...DIFFERS },
  { name: 'a set made by the type of a set', program: f('return list(type({1})("abcdef"))'), ...DIFFERS },
  {
    name: 'an error that depends on the order of a set',
    program: f('for c in set("abcdef"):\n if c == "a": raise ValueError\n if c == "b": raise KeyError'),
    strict: 'error',
    unfiltered: 'error',
  },
];

const ADDRESSES: readonly Attack[] = [
  { name: 'the text of a function', program: f('return str(lambda: 1)'), ...DIFFERS },
  { name: 'repr of an iterator', program: f('return repr(iter([]))'), ...DIFFERS },
  { name: 'a function in a field', program: f('return f"{f}"'), ...DIFFERS },
  { name: 'a function in a field, shown', program: f('return f"{f!r:>9}"'), ...DIFFERS },
  { name: 'a function by percent', program: f('return "%s" % f'), ...DIFFERS },
  { name: 'a function by format', program: f('return "{}".format(f)'), ...DIFFERS },
  { name: 'a function in a list', program: f('return str([f])'), ...DIFFERS },
  {
    name: 'a function in an error',
    program: f('try:\n return {}[f]\nexcept KeyError as e:\n return str(e)'),
    ...DIFFERS,
  },
  { name: 'str as a value', program: f('return list(map(str, [f]))'), ...DIFFERS },
  { name: 'str by the type of a text', program: f('return type("")(f)'), ...DIFFERS },
  { name: 'str by another name', program: f('g = str\nreturn g(f)'), ...DIFFERS },
  {
    name: 'str as a key',
    program: f(
      'a = lambda: 1\nb = lambda: 2\nc = lambda: 3\nx = sorted([a, b, c], key=str)\nreturn str(x[0])[-4:]',
    ),
    ...DIFFERS,
  },
  { name: 'the last digits of an address', program: f('return type("")(f)[-6:]'), ...DIFFERS },
  { name: 'an iterator as a text', program: f('return type("")(iter([]))'), ...DIFFERS },
  { name: 'an iterator over a range as a text', program: f('return type("")(iter(range(3)))'), ...DIFFERS },
  { name: 'a generator as a text', program: f('return type("")(x for x in [])'), ...DIFFERS },
  { name: 'a map as a text', program: f('return type("")(map(abs, []))'), ...DIFFERS },
  { name: 'a method as a text', program: f('return type("")([].append)'), ...DIFFERS },
  {
    name: 'the last of many functions as a text',
    program: f('return type("")([lambda: i for i in range(40)][-1])'),
    ...DIFFERS,
  },
  {
    name: 'functions in the order of their addresses',
    program: f('return [g() for g in {(lambda: 1), (lambda: 2), (lambda: 3), (lambda: 4)}]'),
    ...DIFFERS,
  },
  { name: 'id', program: f('return id(f)'), ...ABSENT },
  {
    name: 'the order of ids',
    program: f('return [x() for x in sorted([lambda: 1, lambda: 2, lambda: 3], key=id)]'),
    ...ABSENT,
  },
  { name: 'hash of a text', program: f('return hash("a")'), ...ABSENT },
  { name: 'hash of a function', program: f('return hash(f) % 7'), ...ABSENT },
  { name: 'the text of an object', program: f('return str(object())'), ...ABSENT },
];

const OUTSIDE: readonly Attack[] = [
  { name: 'random numbers', program: f('import random\nreturn random.random()'), ...ABSENT },
  { name: 'random bytes', program: f('import os\nreturn os.urandom(9).hex()'), ...ABSENT },
  { name: 'secrets', program: f('import secrets\nreturn secrets.token_hex(9)'), ...ABSENT },
  { name: 'a unique name', program: f('import uuid\nreturn str(uuid.uuid4())'), ...ABSENT },
  { name: 'the time', program: f('import time\nreturn time.time()'), ...ABSENT },
  { name: 'the time in nanoseconds', program: f('import time\nreturn time.perf_counter_ns()'), ...ABSENT },
  { name: 'the date', program: f('import datetime\nreturn str(datetime.datetime.now())'), ...ABSENT },
  { name: 'the free memory', program: f('import sys\nreturn sys.getallocatedblocks()'), ...ABSENT },
  {
    name: 'how often something is referred to',
    program: f('import sys\nreturn sys.getrefcount(None)'),
    ...ABSENT,
  },
  {
    name: 'how often garbage was collected',
    program: f('import gc\nreturn gc.get_stats()[0]["collections"]'),
    ...ABSENT,
  },
  {
    name: 'how many runs there were',
    program: f('import sys\nsys.runs = getattr(sys, "runs", 0) + 1\nreturn sys.runs'),
    ...ABSENT,
  },
];

export const CHANCE: readonly Attack[] = [...SETS, ...ADDRESSES, ...OUTSIDE];
