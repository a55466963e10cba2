/** The documents as pages: every link leads somewhere, of them and from the page; the zip has the source, and only that. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';
import * as documents from '../../../src/app/about/documents.ts';
import { glossary } from '../../../src/app/glossary/glossary.ts';
import { ROOT } from '../../common/build.ts';
import { renderMarkdown } from './markdown.ts';
import { addressOf, targetOf, wayTo } from './places.ts';
import { makeSite } from './site.ts';
import { notIgnored, packSource, SOURCE_ZIP, sourceFiles } from './source.ts';
import { STYLES } from './template.ts';

const site = makeSite(ROOT);
const pages = new Map(
  [...site].flatMap(([address, file]) =>
    typeof file === 'string' && address.endsWith('.html')
      ? [[address, new JSDOM(file).window.document] as const]
      : [],
  ),
);
/** What else stands beside the page. */
const BESIDE = [STYLES, SOURCE_ZIP, 'index.html', 'icon.svg'];

/** Whether an address of the built page exists, with its anchor. */
function exists(address: string): boolean {
  const [file = '', anchor] = address.split('#');
  if (!site.has(file)) return BESIDE.includes(file) && anchor === undefined;
  return anchor === undefined || pages.get(file)?.getElementById(anchor) != null;
}

test('the README, the documents and the experiments are pages', () => {
  for (const path of ['README.md', 'docs/metrics.md', 'docs/experiments/climb.md', 'CONTRIBUTING.md'])
    expect(pages.has(addressOf(path)), path).toBe(true);
  expect(site.get('docs/images/run.png')).toEqual(readFileSync(join(ROOT, 'docs/images/run.png')));
  expect(pages.get('docs/metrics.html')?.title).toBe('What a run writes – Kelvin');
});

test.each([...pages.keys()])('every link and every image of %s leads somewhere', (address) => {
  const page = pages.get(address) as Document;
  const marks = [...page.querySelectorAll('a[href], img[src], link[href]')];
  const ways = marks.map((mark) => (mark.getAttribute('href') ?? mark.getAttribute('src')) as string);
  expect(ways.length).toBeGreaterThan(20);
  const dead = ways
    .filter((way) => !/^https?:/.test(way))
    .filter((way) => {
      const [file, anchor] = way.split('#');
      const place = file ? posix.join(posix.dirname(address), file) : address;
      return !exists(anchor === undefined ? place : `${place}#${anchor}`);
    });
  expect(dead).toEqual([]);
  // Every page is one of the list, or a source file.
  const current = page.querySelectorAll('nav [aria-current="page"]').length;
  expect(current).toBe(address.startsWith('docs/source/') ? 0 : 1);
});

test('every address that the page has for documents, source and terms leads somewhere', () => {
  const { DOCUMENTS, METRICS_DOCUMENT, SETTINGS_DOCUMENT, RESULTS_DOCUMENT, LICENCE, SOURCE } = documents;
  const fixed = [DOCUMENTS, METRICS_DOCUMENT, SETTINGS_DOCUMENT, RESULTS_DOCUMENT, LICENCE, SOURCE];
  const ofTerms = documents.TERMS_WITH_MORE.map((term) => documents.moreAbout(term)?.address ?? '');
  expect([...fixed, ...ofTerms].filter((address) => !exists(address))).toEqual([]);
  const known = glossary().sections.flatMap(({ terms }) => terms.map(({ id }) => id));
  expect(documents.TERMS_WITH_MORE.filter((term) => !known.includes(term))).toEqual([]);
});

test('a way from one page to another leads there', () => {
  const folder = fc.constantFrom('', 'docs/', 'docs/experiments/', 'src/a/', 'bench/results/');
  const path = fc
    .tuple(folder, fc.constantFrom('README.md', 'one.md', 'two.ts', 'three.svg'))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(path, path, (from, to) => {
      const way = wayTo(addressOf(to), addressOf(from));
      expect(posix.join(posix.dirname(addressOf(from)), way)).toBe(addressOf(to));
      const link = posix.relative(posix.dirname(from), to);
      expect(targetOf(`${link}#place`, from)).toEqual({ path: to, anchor: '#place' });
    }),
  );
});

test('Markdown is rendered with its anchors, and whatever is code stays text', () => {
  const text =
    '# One `two`\n\n## Same\n\n## Same\n\n[here](#same-1) [there](docs/a.md#b) [out](https://a.test/)\n';
  const { title, html, sections, leadsTo } = renderMarkdown(text, 'README.md');
  expect(title).toBe('One two');
  expect(sections.map(({ anchor }) => anchor)).toEqual(['same', 'same-1']);
  expect(leadsTo).toEqual(['docs/a.md']);
  expect(html).toContain(
    '<a href="#same-1">here</a> <a href="a.html#b">there</a> <a href="https://a.test/">out</a>',
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[ -_a-~]{1,40}$/), (code) => {
      fc.pre(code.trim() !== '');
      const rendered = renderMarkdown(`\`\`\`python\n${code}\n\`\`\`\n`, 'README.md');
      expect(new JSDOM(rendered.html).window.document.querySelector('pre')?.textContent).toBe(code);
    }),
    { numRuns: 20 },
  );
});

test('the zip has what git tracks, without what lies beside the page, and says so', () => {
  const files = unzipSync(packSource(ROOT));
  const names = Object.keys(files);
  const tracked = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');
  expect(names).toContain('kelvin-source/src/selfplay/loop.ts');
  expect(new Set(names.map((name) => name.replace('kelvin-source/', '')))).toEqual(
    new Set([
      'SOURCE.txt',
      ...tracked.filter((path) => !/^public\/(bases|experiments|recordings)\//.test(path)),
    ]),
  );
  expect(new TextDecoder().decode(files['kelvin-source/SOURCE.txt'])).toContain('public/bases');
});

test('without git, the zip has what .gitignore does not leave out', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kelvin-source-'));
  try {
    const write = (path: string) => {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), path);
    };
    cpSync(join(ROOT, '.gitignore'), join(folder, '.gitignore'));
    const kept = [
      'README.md',
      'src/runs/a.ts',
      'bench/results/engine.md',
      'src/distance.ts',
      'a/kelvin-1.zip',
    ];
    const left = [
      'node_modules/a/b.js',
      'dist/index.html',
      'kelvin-1.zip',
      'runs/a.json',
      'bench/results/tmp/a.json',
      'bridge/__pycache__/a.pyc',
      'a/b.tsbuildinfo',
      '.git/config',
    ];
    for (const path of [...kept, ...left, 'public/bases/nano/card.json']) write(path);
    expect(sourceFiles(folder)).toEqual(['.gitignore', ...kept].toSorted());
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('both ways name the same files of this repository', () => {
  const without = new Set(notIgnored(ROOT));
  expect(sourceFiles(ROOT).filter((path) => !without.has(path))).toEqual([]);
});
