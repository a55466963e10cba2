import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encode } from '../language/tokenizer.ts';
import { FIRST_INTEGER, VOCABULARY, VOCABULARY_SIZE } from '../language/vocabulary.ts';
import { Random } from '../random.ts';
import { drawBanned } from './vocabularyDropout.ts';

/** A program and literals of every type that must stay writable whatever is dropped. */
const ALWAYS = ['def f(x):\n    return x', "-7, 2.5, ''", '[1, 2], (3,)', "{'': True}, None, False, []"];

test('bans the share it was asked for, never what a proposal cannot do without', () => {
  const most = drawBanned(1, new Random(1)).length;
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(), (share, seed) => {
      const banned = new Set(drawBanned(share, new Random(seed)));
      expect(banned.size).toBe(Math.round(share * most));
      for (const token of banned) {
        expect(token).toBeGreaterThanOrEqual(FIRST_INTEGER);
        expect(token).toBeLessThan(VOCABULARY_SIZE);
      }
      for (const text of ALWAYS) expect(encode(text).some((token) => banned.has(token))).toBe(false);
    }),
  );
  // Most of the text tokens can be spared, or it would not be much of a dropout.
  expect(most).toBeGreaterThan((VOCABULARY.length - FIRST_INTEGER) / 2);
});

test('is drawn anew each time, the same way for the same seed', () => {
  const random = new Random(3);
  const first = drawBanned(0.2, random);
  expect(drawBanned(0.2, random)).not.toEqual(first);
  expect(drawBanned(0.2, new Random(3))).toEqual(first);
});
