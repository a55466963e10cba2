/** Lists within an English text, so that the page can write them as another language does. */

const OPENING = '(“[';
const CLOSING = ')”]';

/** A text at a separator, wherever that stands outside brackets and quotation marks. */
export function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (OPENING.includes(letter)) depth++;
    else if (CLOSING.includes(letter)) depth--;
    else if (depth === 0 && at >= from && text.startsWith(separator, at)) {
      parts.push(text.slice(from, at));
      from = at + separator.length;
    }
  }
  return [...parts, text.slice(from)];
}

/** The items of “a, b and c”; null where the text is no such list. */
export function itemsOf(text: string): string[] | null {
  const [before, last, ...more] = splitOutside(text, ' and ');
  if (before === undefined || last === undefined || more.length > 0) return null;
  if (splitOutside(last, ', ').length > 1) return null;
  return [...splitOutside(before, ', '), last];
}
