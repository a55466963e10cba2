import { describe, expect, test } from 'vitest';
import { responseParts, splitSolution } from './responseText.ts';

describe('splitSolution', () => {
  test('separates thought and answer', () => {
    expect(splitSolution('<think>x = 5; <1>5 + 1 = 6;<ans>6<eos>')).toEqual({
      thought: 'x = 5; <1>5 + 1 = 6;',
      answer: '6',
    });
  });
  test('knows an answer given at once and a response that was cut', () => {
    expect(splitSolution('<ans>12<eos>')).toEqual({ thought: null, answer: '12' });
    expect(splitSolution('<think>x = 5; <1>5')).toEqual({ thought: 'x = 5; <1>5', answer: '' });
    expect(splitSolution('')).toEqual({ thought: null, answer: '' });
  });
});

describe('responseParts', () => {
  test('finds labels and markers and leaves comparisons alone', () => {
    expect(responseParts('<think>3 < 8 = 1; <4>x > 2<ans>7')).toEqual([
      { type: 'marker', name: 'think' },
      { type: 'text', text: '3 < 8 = 1; ' },
      { type: 'label', line: 4 },
      { type: 'text', text: 'x > 2' },
      { type: 'marker', name: 'ans' },
      { type: 'text', text: '7' },
    ]);
  });
});
