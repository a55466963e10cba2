/** Pieces of the plots in the documents: plain SVG text, coordinates to a tenth. */

export const round = (value: number): number => Math.round(10 * value) / 10;

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

export function label(text: string, x: number, y: number, attributes = ''): string {
  return `  <text x="${round(x)}" y="${round(y)}"${attributes ? ` ${attributes}` : ''}>${escaped(text)}</text>`;
}

export function rule(x1: number, y1: number, x2: number, y2: number, kind: string): string {
  return `  <line class="${kind}" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`;
}
