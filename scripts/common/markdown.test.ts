import { expect, test } from 'vitest';
import { table, wrapped } from './markdown.ts';

test('a table leaves out the columns in which nothing was measured', () => {
  expect(
    table(
      ['', 'a', 'b'],
      [
        ['x', '–', '1'],
        ['y', '–', '–'],
      ],
    ),
  ).toBe('|  | b |\n| --- | --- |\n| x | 1 |\n| y | – |');
});

test('a paragraph is broken between words, and never between a number and its spread or unit', () => {
  expect(wrapped('one two three four', 9, '  ')).toBe('one two\n  three\n  four');
  expect(wrapped('goes to 43.6 ± 0.8 %, it does', 12)).toBe('goes to\n43.6 ± 0.8 %,\nit does');
});
