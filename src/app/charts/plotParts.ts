/** What a chart of uPlot is made of: its axes, its series, and what is drawn beside them. */
import uPlot from 'uplot';
import type { Column } from '../../run/columns.ts';
import { again } from '../../words/words.ts';
import { apart } from './apart.ts';
import { cssColour } from './colours.ts';
import type { Line } from './line.ts';
import { smooth } from './smoothing.ts';

/** Between a label and its axis. */
const LABEL_GAP = 4;
/** How many times as large all is drawn: no other style reaches a canvas, and a class sees it from afar. */
const plotScale = () =>
  Number(getComputedStyle(document.documentElement).getPropertyValue('--plot-scale')) || 1;
export const fontPixels = () => Math.round(11 * plotScale());
const fontOf = (pixels: number) => `${pixels}px "Plex Sans", system-ui, sans-serif`;

export function size(element: HTMLElement): { width: number; height: number } {
  return { width: Math.max(40, element.clientWidth), height: Math.max(40, element.clientHeight) };
}

export function faint(colour: string): string {
  return cssColour(colour).replace(/^rgb\((.*)\)$/, 'rgba($1, 0.13)');
}

export function pair(line: Line, values: Column, smoothing: number): [Column, Column] {
  return [values, line.isExact ? values : smooth(values, smoothing)];
}

/** Two positions without values: uPlot then draws the frame of a chart that waits. */
export function emptyData(lines: number, xSpan = 10): uPlot.AlignedData {
  return [[0, xSpan], ...Array.from({ length: lines * 2 }, () => [null, null])] as uPlot.AlignedData;
}

export function axis(values: uPlot.Axis.DynamicValues, size: uPlot.Axis.Size, space: number): uPlot.Axis {
  return {
    values,
    size,
    space: space * plotScale(),
    gap: LABEL_GAP,
    font: fontOf(fontPixels()),
    stroke: () => cssColour('--ink-3'),
    grid: { stroke: () => cssColour('--line'), width: 1 },
    ticks: { show: false },
  };
}

/** Measures text on a canvas of its own: uPlot remembers what font it has set on its own one. */
let ruler: CanvasRenderingContext2D | null = null;

/** Room for the longest label of the y axis, so that none is cut; in CSS pixels. */
export function widthOf(_: uPlot, labels: readonly string[] | null): number {
  const widths = labels?.map(textWidth) ?? [];
  return Math.max(36, Math.ceil(Math.max(0, ...widths)) + LABEL_GAP + 4);
}

/** The position of the value that is nearest to a position, both in CSS pixels from the left. */
export function ontoValue(chart: uPlot, left: number): number {
  const at = chart.data[0][chart.posToIdx(left)];
  return at === undefined ? left : Math.max(0, chart.valToPos(at, 'x'));
}

/** Dashes are drawn in pixels of the screen, and a window may be moved to another screen. */
export function scaleDashes(chart: uPlot, lines: readonly Line[]): void {
  const scale = uPlot.pxRatio * plotScale();
  lines.forEach(({ dash }, at) => {
    const series = chart.series[2 + 2 * at];
    if (series) series.dash = dash?.map((length) => length * scale);
  });
}

export function rawSeries({ colour }: Line): uPlot.Series {
  return {
    stroke: () => cssColour(colour),
    alpha: 0.24,
    width: 1,
    show: false,
    spanGaps: true,
    points: { show: false },
  };
}

const MARK = 5;

export function lineSeries(line: Line): uPlot.Series {
  const { colour, width = 1.75, isSparse = false, isExact = false } = line;
  if (line.isHollow) return hollowSeries(line);
  return {
    stroke: () => cssColour(colour),
    width: width * plotScale(),
    spanGaps: true,
    points: {
      size: MARK * plotScale(),
      fill: () => cssColour(colour),
      show: isSparse ? true : isExact ? false : (u) => u.data[0].length <= 2,
    },
  };
}

function hollowSeries({ colour }: Line): uPlot.Series {
  return {
    stroke: () => cssColour(colour),
    paths: () => null,
    points: {
      show: true,
      size: (MARK + 2) * plotScale(),
      width: 1.5 * plotScale(),
      fill: () => cssColour('--panel'),
    },
  };
}

/** Limits that keep within others, where there are any. */
export function within(
  [min, max]: uPlot.Range.MinMax,
  low: number | undefined,
  high: number | undefined,
): [number, number] {
  return [Math.max(min ?? 0, low ?? -Infinity), Math.min(max ?? 1, high ?? Infinity)];
}

/** CSS pixels between two names at the ends of lines, and the widest that a name may be. */
const END_LINE = 12;
const END_WIDTH = 150;

const isNamed = ({ follows, label }: Line) => follows === undefined && label !== '';

/** Room at the right for the names of lines, in CSS pixels. */
export function endLabelWidth(lines: readonly Line[]): number {
  const widths = lines.filter(isNamed).map((line) => textWidth(endName(line)));
  return Math.ceil(Math.min(END_WIDTH, Math.max(8, ...widths))) + LABEL_GAP + 6;
}

/** The name of each line that is shown, beside its last value; names that would touch are moved apart. */
export function drawEndLabels(chart: uPlot, lines: readonly Line[]): void {
  const { ctx, bbox } = chart;
  const scale = uPlot.pxRatio;
  const [, last] = chart.series[0]?.idxs ?? [];
  const ends = lines.flatMap((line, at) => {
    const series = chart.series[2 + 2 * at];
    if (!isNamed(line) || !series?.show) return [];
    const values = chart.data[2 + 2 * at] ?? [];
    let end = last ?? values.length - 1;
    while (end >= 0 && values[end] == null) end--;
    const value = values[end];
    return value == null ? [] : [{ line, y: chart.valToPos(value, 'y', true) }];
  });
  const places = apart(
    ends.map(({ y }) => y),
    END_LINE * scale,
    [bbox.top, bbox.top + bbox.height],
  );
  ctx.save();
  ctx.font = fontOf(fontPixels() * scale);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  for (const [i, { line }] of ends.entries()) {
    ctx.fillStyle = cssColour(line.colour);
    ctx.fillText(cut(endName(line)), bbox.left + bbox.width + LABEL_GAP * scale, places[i] ?? 0);
  }
  ctx.restore();
}

const endName = ({ short, label }: Line) => again(short ?? label);

/** A name, shortened to the room that there is. */
function cut(name: string): string {
  let text = name;
  while (text.length > 2 && textWidth(text) > END_WIDTH) text = `${text.slice(0, -2)}…`;
  return text;
}

function textWidth(text: string): number {
  ruler ??= document.createElement('canvas').getContext('2d');
  if (!ruler) return 0;
  ruler.font = fontOf(fontPixels());
  return ruler.measureText(text).width;
}
