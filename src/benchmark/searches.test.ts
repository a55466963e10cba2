import { expect, test } from 'vitest';
import { encode, SPECIAL } from '../language/tokenizer.ts';
import { searchesOf } from './searches.ts';

/** An answer that compares so many inputs first. */
function answer(compared: number, isCorrect: boolean, finished = true) {
  const tries = Array.from({ length: compared }, () => [SPECIAL.output, ...encode('3 == 4 = False;')]);
  const tokens = [SPECIAL.think, ...tries.flat(), SPECIAL.answer, ...encode('3'), SPECIAL.eos];
  return { responses: [{ tokens, finished, isCorrect }] };
}

test('a first try is right and compares once at most; what is cut is counted', () => {
  const answered = [
    answer(0, true),
    answer(1, true),
    answer(3, true),
    answer(1, false),
    answer(5, false, false),
  ];
  expect(searchesOf(answered)).toEqual({ firstTry: 2 / 5, tried: 10 / 5, cut: 1 / 5 });
});

test('nothing answered is nothing searched', () => {
  expect(searchesOf([])).toEqual({ firstTry: 0, tried: 0, cut: 0 });
});
