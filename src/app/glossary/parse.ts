/**
 * docs/glossary.md as data: the page shows the same text that the repository has. Only what the file uses is read:
 * headings, paragraphs, fenced code, `code`, **strong**, *emphasis* and links to other terms.
 */

export type Span =
  | { type: 'text' | 'code' | 'strong' | 'emphasis'; text: string }
  /** `to` is the id of a term. */
  | { type: 'link'; text: string; to: string };

export type Block = { type: 'paragraph'; spans: Span[] } | { type: 'code'; text: string };

interface Term {
  /** As in a link to its heading: small letters, `-` between words. */
  id: string;
  name: string;
  blocks: Block[];
}

export interface Section {
  name: string;
  terms: Term[];
}

export interface Glossary {
  intro: Block[];
  sections: Section[];
}

/**
 * Reads the file: `##` begins a section, `###` a term; what stands before them is the introduction. `say` has headings and
 * paragraphs in another language; terms keep the ids of their English names.
 */
export function parseGlossary(markdown: string, say = (text: string) => text): Glossary {
  const glossary: Glossary = { intro: [], sections: [] };
  let blocks = glossary.intro;
  for (const part of parts(markdown)) {
    const heading = /^(#{1,3}) (.+)$/.exec(part);
    const name = heading?.[2] ?? '';
    if (heading?.[1] === '##') glossary.sections.push({ name: say(name), terms: [] });
    else if (heading?.[1] === '###') {
      const term: Term = { id: idOf(name), name: say(name), blocks: [] };
      glossary.sections.at(-1)?.terms.push(term);
      blocks = term.blocks;
    } else if (!heading) blocks.push(blockOf(part, say));
  }
  return glossary;
}

/** The anchor that GitHub gives a heading, so that links work in the file and on the page. */
function idOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\w\s/-]|\//g, '')
    .trim()
    .replace(/\s+/g, '-');
}

/** What stands between empty lines; a fence is one part, empty lines and all. */
function parts(markdown: string): string[] {
  return [...markdown.matchAll(/```[\s\S]*?\n```|(?:^(?!```).+\n?)+/gm)].map(([part]) => part.trim());
}

function blockOf(part: string, say: (text: string) => string): Block {
  const fence = /^```\w*\n([\s\S]*)\n```$/.exec(part);
  return fence
    ? { type: 'code', text: fence[1] as string }
    : { type: 'paragraph', spans: spansOf(say(part.replaceAll('\n', ' '))) };
}

const SPAN = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\[([^\]]+)\]\(#([\w-]+)\)/g;

/** Text with its marks read: `code`, **strong**, *emphasis*, [links](#to-terms). */
export function spansOf(text: string): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const match of text.matchAll(SPAN)) {
    if (match.index > at) spans.push({ type: 'text', text: text.slice(at, match.index) });
    const [whole, code, strong, emphasis, link, to] = match;
    if (code !== undefined) spans.push({ type: 'code', text: code });
    else if (strong !== undefined) spans.push({ type: 'strong', text: strong });
    else if (emphasis !== undefined) spans.push({ type: 'emphasis', text: emphasis });
    else spans.push({ type: 'link', text: link as string, to: to as string });
    at = match.index + whole.length;
  }
  if (at < text.length) spans.push({ type: 'text', text: text.slice(at) });
  return spans;
}

/** The sections with the terms whose name or text holds all words of `wanted`, whatever their case. */
export function findTerms({ sections }: Glossary, wanted: string): Section[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (term: Term) => {
    const text = `${term.name} ${term.blocks.map(textOf).join(' ')}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return sections
    .map(({ name, terms }) => ({ name, terms: terms.filter(holds) }))
    .filter(({ terms }) => terms.length > 0);
}

function textOf(block: Block): string {
  return block.type === 'code' ? block.text : block.spans.map(({ text }) => text).join('');
}
