/** What stands around every document: where one is, what else there is, and the way back to the lab. */
import { PAPER } from '../../../src/app/about/documents.ts';
import { THEME_KEY } from '../../../src/app/header/themeKey.ts';
import { FOLDER, wayTo } from './places.ts';
import { SOURCE_ZIP } from './source.ts';

/** The style sheet of all documents. */
export const STYLES = `${FOLDER}/documents.css`;

export interface Entry {
  address: string;
  /** Its file in the repository. */
  path: string;
  /** As HTML. */
  title: string;
  sections: readonly { anchor: string; title: string }[];
}

/** One page. `title` and `html` are HTML, `list` has every document. */
export function writePage({
  address,
  title,
  html,
  list,
}: {
  address: string;
  title: string;
  html: string;
  list: readonly Entry[];
}): string {
  const to = (other: string) => wayTo(other, address);
  const sections = (entry: Entry) =>
    entry.address !== address || entry.sections.length < 2
      ? ''
      : `<ul>${entry.sections.map((each) => `<li><a href="#${each.anchor}">${each.title}</a></li>`).join('')}</ul>`;
  const documents = list.map((entry) => {
    const here = entry.address === address ? ' aria-current="page"' : '';
    return `<li><a href="${to(entry.address)}"${here}>${entry.title}</a>${sections(entry)}</li>`;
  });
  // The lab's choice of colours holds here, too; a frame without an origin has no storage to read it from.
  const theme = `try{const t=localStorage.getItem('${THEME_KEY}');if(t)document.documentElement.dataset.theme=t}catch{}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<title>${title === 'Kelvin' ? 'Kelvin: documentation' : `${title} – Kelvin`}</title>
<link rel="icon" href="${to('icon.svg')}" type="image/svg+xml" />
<link rel="stylesheet" href="${to(STYLES)}" />
<script>${theme}</script>
</head>
<body>
<a class="skip-link" href="#text">Skip to the text</a>
<header class="bar">
<a class="bar-lab" href="${to('index.html')}">To the lab</a>
<a class="bar-list" href="#documents">All documents</a>
<a href="${PAPER}">Paper</a>
<a href="${to(SOURCE_ZIP)}">Source</a>
</header>
<div class="page">
<main id="text">
${html}</main>
<nav id="documents" aria-label="Documents">
<h2>Documents</h2>
<ul>
${documents.join('\n')}
</ul>
</nav>
</div>
</body>
</html>
`;
}
