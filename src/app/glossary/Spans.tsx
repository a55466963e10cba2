import type { Span } from './parse.ts';
import { useGlossary } from './useGlossary.ts';
import './glossary.css';

/** Text with its marks: code, emphasis, and links that open the glossary at their term. */
export function Spans({ spans }: { spans: readonly Span[] }) {
  return spans.map((span, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a span is its place in a text that does not change
    <SpanText key={at} span={span} />
  ));
}

function SpanText({ span }: { span: Span }) {
  const { open } = useGlossary();
  switch (span.type) {
    case 'text':
      return span.text;
    case 'code':
      return <code>{span.text}</code>;
    case 'strong':
      return <strong>{span.text}</strong>;
    case 'emphasis':
      return <em>{span.text}</em>;
    case 'link':
      return (
        <button type="button" className="term-link" onClick={() => open(span.to)}>
          {span.text}
        </button>
      );
  }
}
