import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode, encode, encodeInteger, isEncodable, lineLabel, render, SPECIAL } from './tokenizer.ts';
import { VOCABULARY, VOCABULARY_SIZE } from './vocabulary.ts';

const printable = fc.string({ unit: fc.constantFrom(...'\n', ...VOCABULARY.filter((t) => t.length === 1)) });

test('decode(encode(s)) === s for every printable string', () => {
  fc.assert(fc.property(printable, (s) => decode(encode(s)) === s));
});

test('texts made of lexemes come back too, in fewer tokens than characters', () => {
  const lexemes = fc
    .array(fc.constantFrom(...VOCABULARY.slice(49)), { minLength: 1 })
    .map((parts) => parts.join(''));
  fc.assert(fc.property(lexemes, (s) => decode(encode(s)) === s && encode(s).length <= s.length));
});

test('integers from −99 to 99 are one token each', () => {
  fc.assert(
    fc.property(fc.integer({ min: -99, max: 99 }), (n) => {
      expect(encodeInteger(n)).toEqual(encode(String(n)));
      expect(encodeInteger(n)).toHaveLength(1);
    }),
  );
});

test('a newline is the label of its line', () => {
  const tokens = encode('def f(x):\n    y = x + 1\n    return y');
  expect(render(tokens)).toBe('def f(x):<1>    y = x + 1<2>    return y');
  expect(tokens).toHaveLength(12);
  expect(tokens[1]).toBe(lineLabel(1));
});

test('beyond the last label newlines are still newlines', () => {
  const text = '\n'.repeat(50);
  expect(decode(encode(text))).toBe(text);
});

test('what has no token is a clear error', () => {
  expect(isEncodable('é')).toBe(false);
  expect(() => encode('a\tb')).toThrow(/position 1.*printable ASCII/);
});

test('special tokens stand for no text', () => {
  expect(decode([SPECIAL.think, ...encode('x'), SPECIAL.eos])).toBe('x');
});

test('tokens are distinct and few', () => {
  expect(new Set(VOCABULARY).size).toBe(VOCABULARY_SIZE);
  expect(VOCABULARY_SIZE).toBe(387);
});
