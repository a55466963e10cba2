import { memo } from 'react';
import { again, msg } from '../../words/words.ts';
import { type ResponsePart, responseParts } from './responseText.ts';

const MARKER_TEXT: Record<string, string> = {
  think: msg('thinks'),
  ans: msg('answers'),
  out: msg('gives'),
  in: msg('input'),
  prog: msg('program'),
  ref: msg('reference'),
  msg: msg('message'),
};

/**
 * A whole response, readable: the markers in words, every executed line of a thought on a line of its own.
 * An answer that is a program keeps its line breaks.
 */
export const Response = memo(function Response({ text }: { text: string }) {
  const sections = toSections(responseParts(text));
  return (
    <div className="response">
      {sections.map((section, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a response never changes, its sections have no other name
        <div key={at} className={section.marker === 'ans' ? 'response-answer' : 'response-thought'}>
          {section.marker && (
            <span className="response-marker">{again(MARKER_TEXT[section.marker] ?? section.marker)} </span>
          )}
          {section.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <Line key={index} {...line} />
          ))}
        </div>
      ))}
    </div>
  );
});

/** A thought on one line: labels as small numbers, everything else as it was written. */
export const InlineThought = memo(function InlineThought({ text }: { text: string }) {
  return responseParts(text).map((part, at) =>
    part.type === 'text' ? (
      part.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a response never changes, its parts have no other name
      <span className="response-label" key={at}>
        {part.type === 'label' ? part.line : again(MARKER_TEXT[part.name] ?? part.name)}
      </span>
    ),
  );
});

function Line({ label, text }: { label: number | null; text: string }) {
  if (label === null) return <span>{text}</span>;
  return (
    <span className="response-line">
      <span className="response-label">{label}</span>
      {text}
    </span>
  );
}

interface Section {
  marker: string | null;
  lines: { label: number | null; text: string }[];
}

function toSections(parts: readonly ResponsePart[]): Section[] {
  const sections: Section[] = [];
  let current: Section = { marker: null, lines: [] };
  const close = () => {
    if (current.marker || current.lines.length > 0) sections.push(current);
  };
  for (const part of parts) {
    if (part.type === 'marker') {
      if (part.name === 'eos' || part.name === 'pad') continue;
      close();
      current = { marker: part.name, lines: [] };
    } else if (part.type === 'label') current.lines.push({ label: part.line, text: '' });
    else {
      const last = current.lines.at(-1);
      if (last && last.label !== null && last.text === '') last.text = part.text;
      else current.lines.push({ label: null, text: part.text });
    }
  }
  close();
  return sections;
}
