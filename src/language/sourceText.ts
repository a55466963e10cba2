/** Python source as text: read just far enough to tell code from strings and comments. */

/** Pattern of a Python string literal, closed or not; its groups are its quotes. */
const STRING = /("""|''')(?:\\[\s\S]|(?!\1)[\s\S])*(?:\1|$)|(["'])(?:\\[\s\S]|(?!\2)[^\\\n])*\2?/.source;
const STRING_OR_COMMENT = new RegExp(`${STRING}|#[^\\n]*`, 'g');

/** The same text, of the same length, with `"` for every character of a string or comment. */
function masked(text: string): string {
  return text.replace(STRING_OR_COMMENT, (match) => match.replace(/[^\n]/g, '"'));
}
