/** A Markdown file as HTML: the links of the repository become links between pages, headings get GitHub's anchors. */
import hljs from 'highlight.js/lib/common';
import { Marked, type Tokens } from 'marked';
import { anchorOf } from '../../common/markdown.ts';
import { addressOf, isImage, targetOf, wayTo } from './places.ts';

export interface Rendered {
  /** Its first heading, as text. */
  title: string;
  html: string;
  /** Headings below the first, of the second level. */
  sections: { anchor: string; title: string }[];
  /** Files of the repository that it leads to or shows. */
  leadsTo: string[];
}

/** Renders a document of the repository. `path` is its place there, by which its links are read. */
export function renderMarkdown(text: string, path: string): Rendered {
  const page: Rendered = { title: path, html: '', sections: [], leadsTo: [] };
  const anchors = new Set<string>();
  const link = (href: string) => {
    const target = targetOf(href, path);
    if (target === null) return href;
    if (target.path !== path) page.leadsTo.push(target.path);
    const way = target.path === path ? '' : wayTo(addressOf(target.path), addressOf(path));
    return way + target.anchor;
  };
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text: heading }: Tokens.Heading) {
        let anchor = anchorOf(heading);
        for (let n = 1; anchors.has(anchor); n++) anchor = `${anchorOf(heading)}-${n}`;
        anchors.add(anchor);
        const html = this.parser.parseInline(tokens);
        const title = withoutTags(html);
        if (depth === 1 && anchors.size === 1) page.title = title;
        if (depth === 2) page.sections.push({ anchor, title });
        return `<h${depth} id="${anchor}">${html}</h${depth}>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        return `<a href="${escaped(link(href))}">${this.parser.parseInline(tokens)}</a>`;
      },
      image({ href, text: alt }: Tokens.Image) {
        const target = targetOf(href, path);
        if (target !== null && !isImage(target.path))
          throw new Error(`${path} shows ${href}, which is no image.`);
        return `<img src="${escaped(link(href))}" alt="${escaped(alt)}" />`;
      },
      code({ text: code, lang }: Tokens.Code) {
        return block('Code', `<pre class="code"><code>${coloured(code, lang ?? '')}</code></pre>`);
      },
      table({ header, rows }: Tokens.Table) {
        const row = (cells: readonly Tokens.TableCell[], tag: string) =>
          `<tr>${cells
            .map(({ tokens, align }) => {
              const side = align ? ` class="${align}"` : '';
              return `<${tag}${side}>${this.parser.parseInline(tokens)}</${tag}>`;
            })
            .join('')}</tr>`;
        const body = rows.map((cells) => row(cells, 'td')).join('\n');
        return block('Table', `<table><thead>${row(header, 'th')}</thead>\n<tbody>${body}</tbody></table>`);
      },
    },
  });
  page.html = marked.parse(text, { async: false });
  return page;
}

/** A source file as HTML, in colour where its language is known. */
export function renderSource(text: string, path: string): string {
  return block(
    'Source',
    `<pre class="code"><code>${coloured(text, path.split('.').at(-1) ?? '')}</code></pre>`,
  );
}

/** What may be wider than the page scrolls by itself, by keyboard, too. */
function block(name: string, html: string): string {
  return `<div class="wide" role="group" aria-label="${name}" tabindex="0">${html}</div>\n`;
}

function coloured(text: string, language: string): string {
  // highlight.js escapes what it colours.
  return hljs.getLanguage(language) ? hljs.highlight(text, { language }).value : escaped(text);
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function withoutTags(html: string): string {
  return html.replace(/<[^>]*>/g, '');
}
