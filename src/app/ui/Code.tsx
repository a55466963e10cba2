import hljs from 'highlight.js/lib/core';
import python from 'highlight.js/lib/languages/python';
import { memo, useMemo } from 'react';
import './code.css';

hljs.registerLanguage('python', python);

/** Highlighted programs, newest last; the same ones come back again and again. */
const cache = new Map<string, string>();
const CACHE_SIZE = 800;

/** HTML of a program; highlight.js escapes the text itself. */
function highlighted(text: string): string {
  let html = cache.get(text);
  if (html === undefined) {
    html = hljs.highlight(text, { language: 'python', ignoreIllegals: true }).value;
    cache.set(text, html);
    if (cache.size > CACHE_SIZE) cache.delete(cache.keys().next().value as string);
  }
  return html;
}

/**
 * A Python program in colour. `numbered` shows line numbers: those that thoughts refer to (the first line is 0).
 * `marked` is the number of a line to point out.
 */
export const Code = memo(function Code({
  text,
  numbered = false,
  marked = null,
}: {
  text: string;
  numbered?: boolean;
  marked?: number | null;
}) {
  const lines = useMemo(() => (numbered ? highlightedLines(text) : null), [text, numbered]);
  if (!lines) {
    return (
      <pre className="code">
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: highlight.js escapes everything it does not add itself */}
        <code dangerouslySetInnerHTML={{ __html: highlighted(text) }} />
      </pre>
    );
  }
  return (
    <pre className="code code-numbered">
      {lines.map((html, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
        <span className="code-line" key={line} data-marked={line === marked}>
          <span className="code-number" aria-hidden="true">
            {line || ''}
          </span>
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: as above */}
          <code dangerouslySetInnerHTML={{ __html: html || ' ' }} />
        </span>
      ))}
    </pre>
  );
});

/** One line of Python in colour, for lists: newlines are shown as a thin mark. */
export const InlineCode = memo(function InlineCode({ text }: { text: string }) {
  // The mark is set in after colouring, or it would be read as Python.
  const html = highlighted(text.replace(/\n\s*/g, '\n')).replaceAll('\n', '<i class="code-break">⏎</i>');
  // biome-ignore lint/security/noDangerouslySetInnerHtml: as above
  return <code className="code code-inline" dangerouslySetInnerHTML={{ __html: html }} />;
});

/** Lines are coloured one by one: programs of the task language have no tokens that span lines. */
function highlightedLines(text: string): string[] {
  return text.split('\n').map(highlighted);
}
