/**
 * Remarks by people, kept in a file of their own so that nothing is lost when the results are written anew. Every
 * second-level heading of the file names the page that its text is put on, e.g. `## main` or `## bases`.
 */

export type Remarks = ReadonlyMap<string, string>;

/** Reads the file. Throws a RangeError on a heading that is none of `pages`, or that comes twice. */
export function readRemarks(text: string, pages: readonly string[]): Remarks {
  const remarks = new Map<string, string>();
  for (const part of `\n${text}`.split(/\n## /).slice(1)) {
    const [heading = '', ...lines] = part.split('\n');
    const name = heading.trim();
    if (!pages.includes(name)) {
      throw new RangeError(`There is no page “${name}” for remarks; there are ${pages.join(', ')}.`);
    }
    if (remarks.has(name)) throw new RangeError(`There are two remarks on “${name}”; make them one.`);
    remarks.set(name, lines.join('\n').trim());
  }
  return remarks;
}
