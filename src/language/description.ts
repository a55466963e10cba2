/** What a program is made of, as a hint to whoever must write it from examples. */

/** In the order in which they are named. */
const PARTS = [
  'for',
  'if',
  'else',
  'abs',
  'len',
  'sum',
  'max',
  'min',
  'sorted',
  'append',
  'count',
  'replace',
  '+',
  '-',
  '*',
  '//',
  '%',
] as const;

const PATTERNS = PARTS.map((part) =>
  /^\w/.test(part)
    ? new RegExp(`\\b${part}\\b`)
    : new RegExp(`(?<= )${part.replace(/[+*]/g, '\\$&')}=?(?= )`),
);

/** Keywords, functions and operators of a program, each once, e.g. `if abs *`; `plain` when there are none. */
export function describeProgram(source: string): string {
  const parts = PARTS.filter((_, i) => (PATTERNS[i] as RegExp).test(source));
  return parts.length > 0 ? parts.join(' ') : 'plain';
}
