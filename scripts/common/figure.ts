/**
 * Pictures of the documents: panels by Observable Plot, put together to one SVG that follows the reader's light or
 * dark page. The same data give the same bytes.
 */
import * as Plot from '@observablehq/plot';
import { JSDOM } from 'jsdom';

export interface Panel {
  title: string;
  /** With `width` and `height` in pixels: panels stand beside each other without a gap. */
  options: Plot.PlotOptions & { width: number; height: number };
}

/** Panels that stand side by side, below a heading where there is one. */
export interface Row {
  heading?: string;
  /** A softer line below the heading. */
  note?: string;
  panels: readonly Panel[];
}

/** Okabe and Ito's palette and two more, for light and for dark pages. */
const LIGHT = ['#0072b2', '#d55e00', '#007a5a', '#a3547c', '#8a6d00', '#1b1f24', '#6f42c1', '#c2185b'];
const DARK = ['#56b4e9', '#e69f00', '#2cc295', '#d68fb3', '#d9c94a', '#e6edf3', '#b794f6', '#ff8fab'];

export const INK = 'var(--ink)';
export const SOFT = 'var(--soft)';
export const FAINT = 'var(--faint)';

const { window } = new JSDOM('');

/** Height of a panel's title, above its plot. */
const TITLE = 26;
/** Distance between two labels that stand below each other. */
const LINE = 14;

/** A colour of the palette, by its place; it begins anew after eight. */
export function colour(place: number): string {
  return `var(--c${place % LIGHT.length})`;
}

/** Rows of panels as one picture, whose `label` tells those who cannot see it what it is. */
export function figure(label: string, rows: readonly Row[]): string {
  const { document } = window;
  const create = (name: string, attributes: Readonly<Record<string, string | number>>, text = '') => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    element.textContent = text;
    return element;
  };
  const children: Element[] = [];
  let [width, bottom] = [0, 0];
  for (const { heading, note, panels } of rows) {
    for (const [text, kind] of [
      [heading, 'heading'],
      [note, 'note'],
    ] as const) {
      if (text === undefined) continue;
      bottom += 22;
      children.push(create('text', { class: kind, x: 8, y: bottom }, text));
    }
    let left = 0;
    for (const { title, options } of panels) {
      const group = create('g', { transform: `translate(${left},${bottom})` });
      group.append(create('text', { class: 'title', x: options.marginLeft ?? 40, y: 18 }, title));
      const plot = Plot.plot({ ...options, document, style: {} });
      plot.querySelector('style')?.remove();
      const inner = create('g', { transform: `translate(0,${TITLE})`, 'text-anchor': 'middle' });
      inner.append(...plot.childNodes);
      group.append(inner);
      children.push(group);
      left += options.width;
    }
    width = Math.max(width, left);
    bottom += panels.length > 0 ? TITLE + Math.max(...panels.map(({ options }) => options.height)) : 8;
  }
  const size = { viewBox: `0 0 ${Math.max(width, 320)} ${bottom}`, fill: 'currentColor' };
  const picture = create('svg', { ...size, role: 'img', 'aria-label': label });
  picture.append(create('style', {}, STYLE), ...children);
  for (const element of picture.querySelectorAll('*')) tidy(element);
  const text = new window.XMLSerializer().serializeToString(picture);
  return `${text.replaceAll(/<(?=g |style|path|\/svg)/g, '\n<')}\n`;
}

/**
 * Where labels stand that are wanted at `heights` (in units of an axis that has `unitsPerPixel`): as near as
 * possible, one line apart, above 0 and, where all have room, below `ceiling`.
 */
export function apart(heights: readonly number[], unitsPerPixel: number, ceiling: number): number[] {
  const line = LINE * unitsPerPixel;
  const order = heights.map((_, i) => i).sort((a, b) => heights[b]! - heights[a]!);
  const placed = [...heights];
  // Groups of labels that touch are centred on the mean of what they name.
  let groups = order.map((i) => ({ members: [i], centre: heights[i]! }));
  const top = ({ members, centre }: (typeof groups)[number]) => centre + (line * (members.length - 1)) / 2;
  const low = ({ members, centre }: (typeof groups)[number]) => centre - (line * (members.length - 1)) / 2;
  for (let i = 0; i < groups.length; ) {
    const [group, next] = [groups[i]!, groups[i + 1]];
    group.centre -= Math.max(0, top(group) - ceiling);
    if (!next || low(group) - top(next) >= line) {
      i++;
      continue;
    }
    const members = [...group.members, ...next.members];
    const centre = members.reduce((sum, member) => sum + heights[member]!, 0) / members.length;
    groups = [...groups.slice(0, i), { members, centre }, ...groups.slice(i + 2)];
    i = Math.max(0, i - 1);
  }
  for (const group of groups) {
    for (const [place, member] of group.members.entries()) placed[member] = top(group) - place * line;
  }
  let floor = 0;
  for (const i of order.reverse()) {
    placed[i] = Math.max(placed[i]!, floor);
    floor = placed[i]! + line;
  }
  return placed;
}

/** Coordinates to a tenth, and no attribute that only a page needs. */
function tidy(element: Element): void {
  for (const name of ['aria-hidden', 'class', 'font-variant']) {
    const isOurs =
      name === 'class' && ['heading', 'note', 'title'].includes(element.getAttribute(name) ?? '');
    if (!isOurs) element.removeAttribute(name);
  }
  for (const { name, value } of [...element.attributes]) {
    element.setAttribute(
      name,
      value.replace(/-?\d+\.\d{2,}(?![\w.])/g, (number) => String(Number(Number(number).toFixed(1)))),
    );
  }
}

const colours = (palette: readonly string[]) => palette.map((value, i) => `--c${i}: ${value};`).join(' ');

const STYLE = `
svg { --ink: #1b1f24; --faint: #d5d9de; --soft: #59636e; ${colours(LIGHT)} color: var(--ink); }
@media (prefers-color-scheme: dark) {
  svg { --ink: #e6edf3; --faint: #3a424b; --soft: #9ea7b1; ${colours(DARK)} }
}
text { font: 12px system-ui, -apple-system, 'Segoe UI', sans-serif; white-space: pre; }
.heading { font-size: 15px; font-weight: 600; }
.title { font-weight: 600; }
.note { fill: var(--soft); }
`;
