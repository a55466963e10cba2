/**
 * The documents of the repository as pages beside Kelvin: `docs/*.md`, `docs/experiments/*.md`, the README, what these
 * link to, and the images they show. Source files that they link to are pages, too.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Rendered, renderMarkdown, renderSource } from './markdown.ts';
import { addressOf, FIRST, isImage, wayTo } from './places.ts';
import { SOURCE_ZIP } from './source.ts';
import { type Entry, writePage } from './template.ts';

/** In the order in which they are listed. Documents that are not named stand at the end. */
const ORDER = [
  FIRST,
  'docs/method.md',
  'docs/glossary.md',
  'docs/results.md',
  'docs/experiments/*',
  'docs/negative-results.md',
  'docs/experiments.md',
  'docs/metrics.md',
  'docs/hyperparameters.md',
  'docs/recordings.md',
  'docs/suites.md',
  'docs/verify.md',
  'docs/architecture.md',
  'docs/kernels.md',
  'docs/sandbox.md',
];

/** Its paragraphs become part of other pages, with their links. */
export const REMARKS = 'docs/results.remarks.md';

/** Every file of the site by its address, relative to the built page. Throws where a link leads nowhere. */
export function makeSite(root: string): Map<string, string | Uint8Array> {
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const documents = new Map<string, Rendered>();
  const others = new Set<string>();
  // What a document links to is a document that may link to others.
  const waiting = [FIRST, ...markdownIn(root, 'docs'), ...markdownIn(root, 'docs/experiments')];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (documents.has(path)) continue;
    if (!path.endsWith('.md')) others.add(path);
    else {
      const document = renderMarkdown(read(path), path);
      documents.set(path, document);
      waiting.push(...document.leadsTo);
    }
  }

  const list: Entry[] = [...documents]
    .map(([path, { title, sections }]) => ({ address: addressOf(path), path, title, sections }))
    .toSorted((a, b) => rank(a.path) - rank(b.path) || a.path.localeCompare(b.path));
  const site = new Map<string, string | Uint8Array>();
  for (const [path, { title, html }] of documents) {
    const address = addressOf(path);
    site.set(address, writePage({ address, title, html, list }));
  }
  for (const path of others) {
    if (!statSync(join(root, path)).isFile())
      throw new Error(`A document links to ${path}, which is no file.`);
    const address = addressOf(path);
    if (isImage(path)) site.set(address, readFileSync(join(root, path)));
    else {
      const whole = `<p>One file of the <a href="${wayTo(SOURCE_ZIP, address)}">source</a>.</p>`;
      const html = `<h1>${path}</h1>\n${whole}\n${renderSource(read(path), path)}`;
      site.set(address, writePage({ address, title: path, html, list }));
    }
  }
  return site;
}

function markdownIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder))
    .map((name) => `${folder}/${name}`)
    .filter((path) => path.endsWith('.md') && path !== REMARKS);
}

function rank(path: string): number {
  const place = ORDER.findIndex(
    (each) => each === path || (each.endsWith('*') && path.startsWith(each.slice(0, -1))),
  );
  return place === -1 ? ORDER.length : place;
}
