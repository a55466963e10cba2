/** A chart as a file: its values as CSV, its picture as SVG or PNG. */
import type { Column } from '../../run/columns.ts';
import { again } from '../../words/words.ts';
import { apart } from './apart.ts';
import { cssColour } from './colours.ts';
import type { Line } from './line.ts';

/** In English, which values have as their heads; a picture says it again. */
export interface ChartContent {
  title: string;
  xName: string;
  x: readonly number[];
  lines: readonly Line[];
  columns: readonly Column[];
  yRange?: readonly [number, number];
}

/** One position of x a row, one line a column; what was not measured is left empty. */
export function chartCsv({ xName, x, lines, columns }: ChartContent): string {
  const head = [xName, ...lines.map(({ label }) => label)].map(csvField).join(',');
  const rows = x.map((at, row) => [at, ...columns.map((column) => column[row] ?? '')].join(','));
  return [head, ...rows].join('\n');
}

/** A field that has a comma, a quote or a line break in it is quoted (RFC 4180). */
function csvField(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Of the picture, in CSS pixels. */
const SIZE = { width: 720, height: 400 };
const MARGIN = { top: 40, right: 180, bottom: 36, left: 52 };
/** Of a name beside a line. */
const LINE = 13;

/** The picture, in the colours of the theme in force, with the names of its lines. */
export async function chartSvg({ title, xName, x, lines, columns, yRange }: ChartContent): Promise<string> {
  // Large, and wanted seldom.
  const Plot = await import('@observablehq/plot');
  const colours = { ink: cssColour('--ink'), soft: cssColour('--ink-3'), faint: cssColour('--line') };
  const points = lines.map((_, at) =>
    x.flatMap((position, row) => {
      const value = columns[at]?.[row];
      return value == null ? [] : [{ x: position, y: value }];
    }),
  );
  const values = points.flatMap((drawn) => drawn.map(({ y }) => y));
  const [low, high] = yRange ?? [Math.min(...values), Math.max(...values)];
  // Names that would touch are moved apart, as on the page.
  const gap = ((high - low) * LINE) / (SIZE.height - MARGIN.top - MARGIN.bottom);
  const named = lines.flatMap(({ follows }, at) => (follows === undefined && points[at]?.length ? [at] : []));
  const places = apart(
    named.map((at) => points[at]?.at(-1)?.y ?? 0),
    gap,
    [low, high],
  );
  const end = Math.max(1, x.at(-1) ?? 1);
  const marks = lines.flatMap(
    ({ colour, dash, width = 1.75, isSparse, isHollow, follows, short, label }, at) => {
      const drawn = points[at] ?? [];
      const stroke = cssColour(colour);
      if (isHollow) return [Plot.dot(drawn, { x: 'x', y: 'y', r: 3, stroke, fill: cssColour('--panel') })];
      return [
        Plot.line(drawn, {
          x: 'x',
          y: 'y',
          stroke,
          strokeWidth: width,
          strokeDasharray: dash?.join(' '),
        }),
        ...(isSparse ? [Plot.dot(drawn, { x: 'x', y: 'y', r: 2.5, fill: stroke })] : []),
        ...(follows === undefined
          ? [
              Plot.text(drawn.slice(-1), {
                x: end,
                y: () => places[named.indexOf(at)] ?? 0,
                text: () => again(short ?? label),
                fill: stroke,
                textAnchor: 'start',
                dx: 6,
              }),
            ]
          : []),
      ];
    },
  );
  const svg = Plot.plot({
    ...SIZE,
    marginTop: MARGIN.top,
    marginRight: MARGIN.right,
    marginBottom: MARGIN.bottom,
    marginLeft: MARGIN.left,
    style: { background: cssColour('--panel'), color: colours.ink, fontFamily: 'system-ui, sans-serif' },
    x: { label: again(xName), domain: [0, end] },
    y: { label: null, domain: [low, high] },
    marks: [
      Plot.gridY({ stroke: colours.faint, strokeOpacity: 1 }),
      Plot.axisX({ fill: colours.soft, tickSize: 0 }),
      Plot.axisY({ fill: colours.soft, tickSize: 0 }),
      ...marks,
      Plot.text([again(title)], {
        frameAnchor: 'top-left',
        dy: -26,
        fontSize: 14,
        fontWeight: 600,
        fill: colours.ink,
      }),
    ],
  });
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return svg.outerHTML;
}

/** The same as pixels, two for each of the picture's. Rejects where the browser cannot draw it. */
export async function chartPng(content: ChartContent): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([await chartSvg(content)], { type: 'image/svg+xml' }));
  try {
    const image = new Image(2 * SIZE.width, 2 * SIZE.height);
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be drawn.')))),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}
