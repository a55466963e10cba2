/** Python source as text: read just far enough to tell code from strings and comments. */

/** Pattern of a Python string literal, closed or not; its groups are its quotes. */
const STRING = /("""|''')(?:\\[\s\S]|(?!\1)[\s\S])*(?:\1|$)|(["'])(?:\\[\s\S]|(?!\2)[^\\\n])*\2?/.source;
const STRING_OR_COMMENT = new RegExp(`${STRING}|#[^\\n]*`, 'g');

/** The same text, of the same length, with `"` for every character of a string or comment. */
function masked(text: string): string {
  return text.replace(STRING_OR_COMMENT, (match) => match.replace(/[^\n]/g, '"'));
}

/**
 * The functions of a text, each a program with what stands between it and the one before. Whatever else is wrong with
 * a function, the next `def` at the beginning of a line ends it.
 */
export function splitPrograms(text: string): string[] {
  const hidden = masked(text).split('\n');
  const starts = hidden.flatMap((line, i) => (/^def\b/.test(line) ? [i] : []));
  const lines = text.split('\n');
  return [0, ...starts.slice(1)]
    .map((start, i) =>
      lines
        .slice(start, starts[i + 1])
        .join('\n')
        .trim(),
    )
    .filter((program) => program !== '');
}
