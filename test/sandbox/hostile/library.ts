/** What only the standard library can blow up: in the lab none of it can be imported. */
import { type Attack, f } from './attack.ts';

export const LIBRARY: readonly Attack[] = [
  {
    name: 'a regular expression that tries every split',
    program: f('import re\nreturn re.match("(a+)+$", "a" * 40 + "b") is None'),
    strict: 'forbidden',
    unfiltered: 'error',
  },
  {
    name: 'a regular expression with a long count',
    program: f('import re\nreturn len(re.compile("(?:a{9999}){9999}").pattern)'),
    strict: 'forbidden',
    unfiltered: 'error',
  },
  {
    name: 'a packed text that unpacks to a gigabyte',
    program: f(
      'import zlib\nx = zlib.compress(bytes(10 ** 7))\nfor i in range(9):\n x = zlib.compress(x)\nreturn len(zlib.decompress(zlib.compress(bytes(10 ** 8))) * 9)',
    ),
    strict: 'forbidden',
    unfiltered: 'error',
  },
  {
    name: 'a library’s own repetition',
    program: f('import itertools\nreturn list(itertools.repeat(0))'),
    strict: 'forbidden',
    unfiltered: 'error',
  },
  {
    name: 'all orders of a list',
    program: f('import itertools\nreturn len(list(itertools.permutations(range(12))))'),
    strict: 'forbidden',
    unfiltered: 'error',
  },
  {
    name: 'a factorial',
    program: f('import math\nreturn math.factorial(10 ** 7) > 0'),
    strict: 'forbidden',
    unfiltered: 'error',
  },
  {
    name: 'a number written without a bound',
    program: f('import sys\nsys.set_int_max_str_digits(0)\nreturn int("9" * 10 ** 7) > 0'),
    strict: 'forbidden',
    unfiltered: ['forbidden', 'error'],
  },
];
