import { expect, test } from 'vitest';
import { detailedShapeOf, linesOf, shapeOf } from './shape.ts';

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

test('a detailed shape tells whether there are several loops, and one of several lines', () => {
  const long = [...LOOP, '    x = x * 2'];
  const details = (...lines: string[]) => detailedShapeOf(f(...lines));
  expect([details(), details(...LOOP), details(...ELSE, ...LOOP)]).toEqual(['', 'for', 'if else for']);
  expect(details(...long)).toBe('for long');
  expect(details(...LOOP, ...LOOP)).toBe('for loops');
  expect(details(...LOOP, 'x = x + 1', 'x = x + 2')).toBe('for');
  expect(details(...LOOP, ...ELSE, ...long)).toBe('if else for loops long');
  // Two statements within, wherever the loop stands; a loop within a loop makes both.
  expect(details('if x > 2:', ...long.map((line) => `    ${line}`))).toBe('if for long');
  expect(details('for j in range(2):', ...LOOP.map((line) => `    ${line}`))).toBe('for loops long');
});
