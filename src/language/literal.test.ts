import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasPython, inPython } from '../../test/language/nativePython.ts';
import { canonical, canonicalText, parseArguments, parseLiteral, type Value } from './literal.ts';

const leaf: fc.Arbitrary<Value> = fc.oneof(
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map((value): Value => ({ type: 'int', value })),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value): Value => ({ type: 'float', value })),
  fc.boolean().map((value): Value => ({ type: 'bool', value })),
  fc.string({ unit: 'grapheme-ascii' }).map((value): Value => ({ type: 'str', value })),
  fc.constant<Value>({ type: 'none' }),
);
const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }).map((items): Value => ({ type: 'list', items })),
    fc.array(tie('value'), { maxLength: 4 }).map((items): Value => ({ type: 'tuple', items })),
    fc
      .uniqueArray(fc.tuple(fc.string({ unit: 'grapheme-ascii' }), tie('value')), {
        maxLength: 3,
        selector: ([k]) => k,
      })
      .map(
        (pairs): Value => ({ type: 'dict', entries: pairs.map(([k, v]) => [{ type: 'str', value: k }, v]) }),
      ),
  ),
})).value;

test('canonical text parses back to itself', () => {
  fc.assert(fc.property(value, (v) => canonicalText(canonical(v)) === canonical(v)));
});

test.runIf(hasPython)('canonical text is exactly the repr of CPython', () => {
  const texts = fc.sample(value, { numRuns: 500, seed: 4 }).map(canonical);
  const script =
    'import ast,json,sys\nprint(json.dumps([repr(ast.literal_eval(t)) for t in json.load(sys.stdin)]))';
  expect(inPython(script, texts)).toEqual(texts);
});

describe('equal text means equal type and value', () => {
  test.each([
    ['1', 'True'],
    ['1', '1.0'],
    ['0.0', '-0.0'],
    ['[1]', '(1,)'],
    ["'1'", '1'],
    ['{1: 2, 3: 4}', '{3: 4, 1: 2}'],
  ])('%s is not %s', (a, b) => {
    expect(canonicalText(a)).not.toBeNull();
    expect(canonicalText(a)).not.toBe(canonicalText(b));
  });

  test.each([
    [' 5 ', '5'],
    ['-0', '0'],
    ['(5)', '5'],
    ['[1,2,]', '[1, 2]'],
    ['"a\'b"', '"a\'b"'],
    ['"ab"', "'ab'"],
    ['1e3', '1000.0'],
    ['{"k":(1,)}', "{'k': (1,)}"],
    ['00', '0'],
  ])('%s is written %s', (given, expected) => {
    expect(canonicalText(given)).toBe(expected);
  });
});

test.each([
  '4+4',
  '0) or (True',
  '__import__("os")',
  'x',
  '',
  '1 2',
  '--1',
  '- 1',
  '01',
  '1_000',
  '[1',
  '{[]: 1}',
  '{1: 2, True: 3}',
  '{1}',
  "'a",
  "'a' 'b'",
  '1e999',
  'nan',
  '[,]',
  'f()',
  'true',
  "b'a'",
])('%j is not a literal', (text) => {
  expect(parseLiteral(text).ok).toBe(false);
});

test('errors say what was wrong', () => {
  expect(parseLiteral('4+4')).toEqual({ ok: false, error: expect.stringContaining('+4') });
  expect(parseLiteral('{[]: 1}')).toEqual({ ok: false, error: expect.stringContaining('hashable') });
});

test('arguments: none, one, several', () => {
  const count = (text: string) => {
    const parsed = parseArguments(text);
    return parsed.ok ? parsed.value.length : parsed.error;
  };
  expect(count('')).toBe(0);
  expect(count('5')).toBe(1);
  expect(count('3, "a, b", [1, 2]')).toBe(3);
  expect(count('3,')).toMatch(/missing/);
});

test('random texts never crash the parser', () => {
  const soup = fc.string({ unit: fc.constantFrom(...'0123456789-.eE\'"\\[](){},: TrueNoxa') });
  fc.assert(
    fc.property(soup, (s) => {
      parseLiteral(s);
      parseArguments(s);
    }),
  );
});
