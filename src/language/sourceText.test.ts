import { expect, test } from 'vitest';
import { splitPrograms } from './sourceText.ts';

test('a text of several functions is so many programs, strings and all', () => {
  const one = 'def f(x):\n    return x';
  const quoted = 'def g(x):\n    """\ndef not():\n"""\n    return x';
  expect(splitPrograms(`\n${one}\n\n\n${quoted}\n`)).toEqual([one, quoted]);
  expect(splitPrograms(`import math\n\n${one}`)).toEqual([`import math\n\n${one}`]);
  expect(splitPrograms('x = 1')).toEqual(['x = 1']);
  expect(splitPrograms('  ')).toEqual([]);
});
