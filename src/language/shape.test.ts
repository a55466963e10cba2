import { expect, test } from 'vitest';
import { linesOf, shapeOf } from './shape.ts';

const f = (...lines: string[]) =>
  ['def f(x):', ...[...lines, 'return x'].map((line) => `    ${line}`)].join('\n');
const ELSE = ['if x > 2:', '    x = 1', 'else:', '    x = 2'];
const LOOP = ['for i in range(2):', '    x = x + i'];

test('lines are those between def and return', () => {
  expect([f(), f(...ELSE), f(...ELSE, ...LOOP)].map(linesOf)).toEqual([0, 4, 6]);
});

test('a shape is which compound statements there are', () => {
  expect([f(), f(...LOOP), f(...ELSE), f(...LOOP, ...ELSE)].map(shapeOf)).toEqual([
    '',
    'for',
    'if else',
    'if else for',
  ]);
  // Deeper inside counts, a name or a text that has such a word in it does not.
  expect(shapeOf(f('for i in range(2):', '    if x > 2:', '        x = 1'))).toBe('if for');
  expect(shapeOf(f("form = 'if x:'", 'x = form'))).toBe('');
});
