import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../common/build.ts';
import { broughtUpToDate, type Catalogue, cataloguesIn, flawsOf } from './catalogue.ts';
import { textsBelow, textsOfPage } from './extract.ts';
import { saidTexts } from './sources.ts';

const FOLDER = join(ROOT, 'src/words/catalogues');

test('what the page says is found where it stands', () => {
  const code = `
    t('Start'); t(\`Steps\`, {}); const NAMES = { a: msg('One ' + 'two') };
    const x = <Rich text="Read <a>it</a>" parts={{}} />;
    inSense('Play', 'a game');
  `;
  expect(textsOfPage('x.tsx', code).map(({ text, line }) => [text, line])).toEqual([
    ['Start', 2],
    ['Steps', 2],
    ['One two', 2],
    ['Read <a>it</a>', 3],
    ['Play [a game]', 4],
  ]);
  expect(() => textsOfPage('x.tsx', 'inSense(word, sense)')).toThrow('x.tsx:1');
  expect(() => textsOfPage('x.tsx', 'say();\nt(name)')).toThrow('x.tsx:2');
  const below =
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code.
    'throw new UsageError(`No “${name}” of ${n + 1}.`); const A = { label: c ? "Yes, it" : "No", x: "not" };';
  expect(textsBelow('y.ts', below).map(({ text }) => text)).toEqual(['No “{0}” of {1}.', 'Yes, it', 'No']);
  const told =
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code.
    "function why() { if (x) return 'code'; return `one of ${n}`; } this.report('base', 'Starting Python', 0);";
  expect(textsBelow('z.ts', told).map(({ text }) => text)).toEqual(['one of {0}', 'Starting Python']);
});

test('a catalogue that lacks, has too much or cannot be put together is told so', () => {
  const texts = ['Start', '{n, plural, one {step} other {# of {all}}}', 'See <a>it</a>, {name}'];
  const good = {
    Start: 'Los',
    [texts[1]!]: '{n, plural, other {# von {all}}}',
    [texts[2]!]: '{name}: <a>hier</a>',
  };
  expect(flawsOf(good, texts)).toEqual([]);
  const bad = { Stop: 'Halt', [texts[1]!]: '{n, plural, one {x', [texts[2]!]: 'Siehe {nahme}' };
  expect(flawsOf(bad, texts)).toEqual([
    'not translated: Start',
    'said nowhere: Stop',
    expect.stringContaining('{n, plural, one {x'),
    'lacks {name}, lacks <a>, lacks </a>, has {nahme} too many: Siehe {nahme}',
  ]);
  expect(broughtUpToDate(bad, texts)).toEqual({
    Start: '',
    [texts[1]!]: bad[texts[1]!],
    [texts[2]!]: bad[texts[2]!],
  });
});

describe('every language says all that the page says', () => {
  const texts = saidTexts().map(({ text }) => text);
  test('which is more than nothing', () => expect(texts.length).toBeGreaterThan(300));
  for (const file of cataloguesIn(FOLDER))
    test(file, () => {
      const catalogue = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Catalogue;
      expect(flawsOf(catalogue, texts)).toEqual([]);
    });
});
