import { expect, test } from 'vitest';
import { encode, SPECIAL } from '../language/tokenizer.ts';
import { searchesOf } from './searches.ts';

/** An answer that compares so many inputs first. */
function answer(compared: number, isCorrect: boolean, finished = true, isHit = false) {
  const tries = Array.from({ length: compared }, (_, i) => [
    SPECIAL.output,
    ...encode(isHit && i === compared - 1 ? '3 == 4 = True;' : '3 == 4 = False;'),
  ]);
  const tokens = [SPECIAL.think, ...tries.flat(), SPECIAL.answer, ...encode('3'), SPECIAL.eos];
  return { responses: [{ tokens, finished, isCorrect }] };
}

test('a first try is right and compares once at most; false hits and what is cut are counted', () => {
  const answered = [
    answer(0, true),
    answer(1, true),
    answer(3, true),
    answer(1, false),
    answer(5, false, false),
    answer(2, false, true, true),
  ];
  expect(searchesOf(answered)).toEqual({ firstTry: 2 / 6, falseHit: 1 / 6, tried: 12 / 6, cut: 1 / 6 });
});

test('nothing answered is nothing searched', () => {
  expect(searchesOf([])).toEqual({ firstTry: 0, falseHit: 0, tried: 0, cut: 0 });
});
