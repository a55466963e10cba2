import { expect, test } from 'vitest';
import { tracedLines } from './tracedLines.ts';

test('each executed line is a line, and the wrong step is a piece of its own', () => {
  const parts = ['<think>x = 5;<1>5 + 4 = 9;', 'y = 4;', '<2>4 * 2 = 8;<ans>8<eos>'] as const;
  expect(tracedLines({ parts })).toEqual([
    { head: null, pieces: [{ text: 'x = 5;', is: 'right' }] },
    {
      head: 1,
      pieces: [
        { text: '5 + 4 = 9;', is: 'right' },
        { text: 'y = 4;', is: 'wrong' },
      ],
    },
    { head: 2, pieces: [{ text: '4 * 2 = 8;', is: 'after' }] },
    { head: 'answer', pieces: [{ text: '8', is: 'after' }] },
  ]);
});

test('a wrong line is marked with its number', () => {
  const lines = tracedLines({ parts: ['<think>x = 5;', '<3>5 + 4 = 9;', '<ans>9<eos>'] });
  expect(lines[1]).toEqual({ head: 3, pieces: [{ text: '5 + 4 = 9;', is: 'wrong' }] });
});

test('an answer at once is one line', () => {
  expect(tracedLines({ parts: ['', '<ans>7<eos>', ''] })).toEqual([
    { head: 'answer', pieces: [{ text: '7', is: 'wrong' }] },
  ]);
});
