/** Where a file of the repository stands among the pages of its documents: `docs/metrics.md` is `docs/metrics.html`. */
import { posix } from 'node:path';

/** The folder of the built page that has them. */
export const FOLDER = 'docs';

/** The document with which one begins. */
export const FIRST = 'README.md';

/** The address of a file's page, or of the image itself, relative to the built page. Paths have `/` between folders. */
export function addressOf(path: string): string {
  if (path === FIRST) return `${FOLDER}/index.html`;
  const place = path.replace(/^docs\//, '');
  if (path.endsWith('.md')) return `${FOLDER}/${place.replace(/\.md$/, '.html')}`;
  return isImage(path) ? `${FOLDER}/${place}` : `${FOLDER}/source/${path}.html`;
}

export function isImage(path: string): boolean {
  return /\.(png|svg)$/.test(path);
}

/** From one address of the built page to another. */
export function wayTo(to: string, from: string): string {
  return posix.relative(posix.dirname(from), to);
}

/** The file that a link of a document means; null for another site. The anchor has its `#`, or is empty. */
export function targetOf(href: string, document: string): { path: string; anchor: string } | null {
  if (/^[a-z][a-z\d+.-]*:/i.test(href)) return null;
  const [path = '', anchor] = href.split('#');
  return {
    path: path === '' ? document : posix.normalize(posix.join(posix.dirname(document), decodeURI(path))),
    anchor: anchor === undefined ? '' : `#${anchor}`,
  };
}
