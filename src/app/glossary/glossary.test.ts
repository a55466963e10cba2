import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Metric } from '../../watch/metrics/metric.ts';
import { METRICS } from '../../watch/metrics/table.ts';
import { glossary } from './glossary.ts';
import { type Block, findTerms, parseGlossary } from './parse.ts';

const GLOSSARY = glossary();
const terms = GLOSSARY.sections.flatMap((section) => section.terms);
const ids = terms.map(({ id }) => id);
const paragraphs = (blocks: readonly Block[]) =>
  blocks.flatMap((block) => (block.type === 'paragraph' ? [block.spans] : []));

describe('docs/glossary.md', () => {
  test('has every term once, in words and with one worked example', () => {
    expect(terms.length).toBeGreaterThan(50);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { name, blocks } of terms) {
      const openings = paragraphs(blocks).map(([first]) => first);
      expect(openings.length, name).toBeGreaterThan(1);
      const examples = openings.filter((span) => span?.type === 'strong' && span.text === 'Example.');
      expect(examples.length, name).toBe(1);
    }
  });

  test('links only to terms that it has', () => {
    const links = [{ blocks: GLOSSARY.intro }, ...terms]
      .flatMap(({ blocks }) => paragraphs(blocks).flat())
      .flatMap((span) => (span.type === 'link' ? [span.to] : []));
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((to) => !ids.includes(to))).toEqual([]);
  });

  test('has every term that the page links to', () => {
    const app = fileURLToPath(new URL('..', import.meta.url));
    const sources = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter(
      (path) => /\.tsx?$/.test(path) && !path.includes('.test.'),
    );
    const onCharts = Object.values<Metric>(METRICS).flatMap(({ chart }) => chart?.terms ?? []);
    const inSources = sources
      .map((path) => readFileSync(join(app, path), 'utf8'))
      .flatMap((text) => [...text.matchAll(/\bterms(?:: |=\{)\[([^\]]*)\]/g)])
      .flatMap(([, list]) => [...(list as string).matchAll(/'([^']+)'/g)].map(([, id]) => id as string));
    for (const links of [onCharts, inSources]) expect(links.length).toBeGreaterThan(5);
    expect([...onCharts, ...inSources].filter((id) => !ids.includes(id))).toEqual([]);
  });
});

test('the file is read as it is written', () => {
  const { intro, sections } = parseGlossary(
    '# G\n\nHello\nthere.\n\n```python\ndef f():\n\n    pass\n```\n\n## S\n\n### I/O x (y)\n\nA `b` **c** *d* [e](#f).\n',
  );
  expect(intro).toEqual([
    { type: 'paragraph', spans: [{ type: 'text', text: 'Hello there.' }] },
    { type: 'code', text: 'def f():\n\n    pass' },
  ]);
  expect(sections).toEqual([
    {
      name: 'S',
      terms: [
        {
          id: 'io-x-y',
          name: 'I/O x (y)',
          blocks: [
            {
              type: 'paragraph',
              spans: [
                { type: 'text', text: 'A ' },
                { type: 'code', text: 'b' },
                { type: 'text', text: ' ' },
                { type: 'strong', text: 'c' },
                { type: 'text', text: ' ' },
                { type: 'emphasis', text: 'd' },
                { type: 'text', text: ' ' },
                { type: 'link', text: 'e', to: 'f' },
                { type: 'text', text: '.' },
              ],
            },
          ],
        },
      ],
    },
  ]);
});

test('terms are found by words of their name or text', () => {
  const found = (wanted: string) => findTerms(GLOSSARY, wanted).flatMap((section) => section.terms);
  expect(found('ENTROPY undecided').map(({ id }) => id)).toEqual(['entropy']);
  expect(found('')).toHaveLength(terms.length);
  expect(found('no such words')).toEqual([]);
});
