import { afterEach, expect, test } from 'vitest';
import { patternsOf, takeApart } from './again.ts';
import { withIsolatedFigures } from './isolates.ts';
import { directionOf, languageFor, nameOf } from './languages.ts';
import { again, inSense, speak, t } from './words.ts';

const TASKS = '{tasks, plural, one {# task} other {# tasks}} of {name}';

afterEach(() => speak('en'));

test('English is said as it stands, with its values', () => {
  expect(t('Start')).toBe('Start');
  expect([1, 1200].map((tasks) => t(TASKS, { tasks, name: 'Ada' }))).toEqual([
    '1 task of Ada',
    '1,200 tasks of Ada',
  ]);
  expect(again('A program of {braces}')).toBe('A program of {braces}');
});

test('one word of English is two where a language needs two', async () => {
  const both = () => [t('Play'), inSense('Play', 'a recording')];
  expect(both()).toEqual(['Play', 'Play']);
  await speak('de');
  expect(both()).toEqual(['Spielen', 'Abspielen']);
  await speak('en-XA');
  expect(both()).toEqual(['Płåý·', 'Płåý·']);
});

test('a pseudo-language marks and lengthens what is translated, and leaves values and tags alone', async () => {
  await speak('en-XA');
  expect(t('Start <a>here</a>, {name}', { name: 'Ada' })).toBe('Ståřt <a>héřé</a>, ···Ada');
  expect(t(TASKS, { tasks: 2, name: 'Ada' })).toBe('2 tåškš·· öf ·Ada');
  expect(again('An [idea](#an-idea) of `f`')).toBe('Åñ [îđéå](#an-idea) öf `f`···');
  await speak('ar-XB');
  expect(t('Start')).toBe('Start');
});

test('among words from the right numbers with signs stand from left to right, and nothing else is marked', async () => {
  const marked = (text: string) =>
    withIsolatedFigures(text).replaceAll('\u2066', '⟨').replaceAll('\u2069', '⟩');
  expect(
    [
      'It earns −1.',
      'from 16 % to 65 %, ± 3',
      'The solve rate is 4 / 8 = 0.5, and 1 − 0.5 = 0.5.',
      'In 1,234 of 2 steps d186 was x − 1 = 3, or `x + 1`.',
    ].map(marked),
  ).toEqual([
    'It earns ⟨−1⟩.',
    'from ⟨16 %⟩ to ⟨65 %⟩, ⟨± 3⟩',
    'The solve rate is ⟨4 / 8 = 0.5⟩, and ⟨1 − 0.5 = 0.5⟩.',
    'In 1,234 of 2 steps d186 was x − 1 = 3, or `x + 1`.',
  ]);
  expect(again('−0.50')).toBe('−0.50');
  await speak('ar-XB');
  expect(again('−0.50')).toBe('\u2066−0.50\u2069');
});

test('a wish comes to the same tag, else to the same language, else to none', () => {
  expect(['en', 'en-GB', 'EN-us', 'en-XA', 'tlh'].map(languageFor)).toEqual([
    'en',
    'en',
    'en',
    'en-XA',
    null,
  ]);
  expect([nameOf('de'), nameOf('es'), directionOf('ar-XB'), directionOf('de')]).toEqual([
    'Deutsch',
    'Español',
    'rtl',
    'ltr',
  ]);
});

test('what a room below said is taken apart by the pattern that has most of it', () => {
  const patterns = patternsOf(['No {0}.', 'No step of {0} in {1}.', 'Plain', '{n, plural, other {#}}']);
  expect(takeApart(patterns, 'No step of “a run” in it.')).toEqual({
    key: 'No step of {0} in {1}.',
    values: { 0: '“a run”', 1: 'it' },
  });
  expect(takeApart(patterns, 'No room.')).toEqual({ key: 'No {0}.', values: { 0: 'room' } });
  expect(takeApart(patterns, 'Plain')).toBeNull();
});
