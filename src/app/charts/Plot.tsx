import { type KeyboardEvent, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Column } from '../../run/columns.ts';
import { cssColour, onThemeChange } from './colours.ts';
import { smooth } from './smoothing.ts';

export interface Line {
  label: string;
  /** Name where there is little room. */
  short?: string;
  /** A custom property, e.g. `--deduction`. */
  colour: string;
  dash?: number[];
  width?: number;
  /** Marks every value: for what is measured now and then. */
  isSparse?: boolean;
  /** Not there at all before its first value: what most runs do not have. */
  isOptional?: boolean;
  /** Never smoothed: constants and evaluations. */
  isExact?: boolean;
  /** The space down to the line at this position is filled, faintly. */
  bandTo?: number;
}

export interface PlotProps {
  /** What the lines are; a new array means a new chart, so keep it outside the component or memoised. */
  lines: readonly Line[];
  x: readonly number[];
  /** One column per line, each as long as `x`. */
  columns: readonly Column[];
  smoothing: number;
  /** Lines not shown. */
  hidden?: ReadonlySet<number>;
  /** Fixed limits of y; without them they follow the data. */
  yRange?: readonly [number, number];
  /** x reaches at least this far. */
  xSpan: number;
  isWholeX?: boolean;
  formatX?: (value: number) => string;
  formatY: (value: number) => string;
  label: string;
  /** Words for one position, for screen readers. */
  wordsAt: (index: number) => string;
  /** Where the drawing area is within the element: its left edge and its width in pixels. */
  onLayout?: (left: number, width: number) => void;
  /** Position under the cursor, null when there is none. */
  onCursor: (index: number | null) => void;
}

/** All charts share one cursor. */
const SYNC_KEY = 'kelvin';
const WHOLE_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000];
/** Between a label and its axis. */
const LABEL_GAP = 4;
const FONT = '11px "Plex Sans", system-ui, sans-serif';
/** `setCursor` also tells the synchronised charts when its third argument is true; its types leave that out. */
type SetCursor = (position: { left: number; top: number }, fire: boolean, publish: boolean) => void;

/** A streaming line chart: uPlot with a keyboard cursor, smoothing over the raw values, and the page's colours. */
export function Plot(props: PlotProps) {
  const {
    lines,
    x,
    columns,
    smoothing,
    hidden,
    yRange,
    xSpan,
    isWholeX = true,
    formatX = String,
    formatY,
    label,
    wordsAt,
  } = props;
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const cursorIndex = useRef<number | null>(null);
  const onCursor = useEffectEvent((index: number | null) => {
    cursorIndex.current = index;
    props.onCursor(index);
    describeCursor(index);
  });
  const onLayout = useEffectEvent(({ over }: uPlot) => props.onLayout?.(over.offsetLeft, over.clientWidth));
  const axisX = useEffectEvent((value: number) => formatX(value));
  const axisY = useEffectEvent((value: number) => formatY(value));
  const spanX = useEffectEvent(() => xSpan);
  const low = yRange?.[0];
  const high = yRange?.[1];

  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return;
    const chart = new uPlot(
      {
        ...size(element),
        legend: { show: false },
        padding: [6, 14, 0, 0],
        cursor: {
          y: false,
          drag: { x: false, y: false },
          points: { size: 6, width: 1.5 },
          sync: { key: SYNC_KEY, scales: ['x', null] },
        },
        scales: {
          x: { time: false, range: (_, __, max) => [0, Math.max(max ?? 0, spanX())] },
          y: {
            range:
              low !== undefined && high !== undefined
                ? [low, high]
                : (_, min, max) =>
                    min == null || max == null
                      ? [0, 1]
                      : uPlot.rangeNum(Math.min(0, min), max || 1, 0.08, true),
          },
        },
        axes: [
          {
            ...axis((_, splits) => splits.map((value) => axisX(value)), 20, 56),
            ...(isWholeX && { incrs: WHOLE_STEPS }),
          },
          axis((_, splits) => splits.map((value) => axisY(value)), widthOf, 30),
        ],
        series: [{}, ...lines.flatMap((line) => [rawSeries(line), lineSeries(line)])],
        bands: lines.flatMap(({ bandTo, colour }, at) =>
          bandTo === undefined ? [] : [{ series: [2 + 2 * at, 2 + 2 * bandTo], fill: () => faint(colour) }],
        ),
        hooks: { setCursor: [(u) => onCursor(u.cursor.idx ?? null)], draw: [(u) => onLayout(u)] },
      },
      emptyData(lines.length),
      element,
    );
    plot.current = chart;
    const observer = new ResizeObserver(() => chart.setSize(size(element)));
    observer.observe(element);
    const stopTheme = onThemeChange(() => chart.redraw(false, true));
    // Canvas text is drawn before the web font arrives unless it is drawn again.
    void document.fonts?.ready.then(() => plot.current === chart && chart.redraw(false, true));
    return () => {
      stopTheme();
      observer.disconnect();
      chart.destroy();
      plot.current = null;
    };
  }, [lines, low, high, isWholeX]);

  useEffect(() => {
    const chart = plot.current;
    if (!chart) return;
    const data =
      x.length === 0
        ? emptyData(lines.length, xSpan)
        : [x, ...lines.flatMap((line, at) => pair(line, columns[at] ?? [], smoothing))];
    chart.batch(() => {
      lines.forEach((line, at) => {
        const isShown = !hidden?.has(at);
        const isRawShown = isShown && smoothing > 0 && !line.isExact;
        if (chart.series[1 + 2 * at]?.show !== isRawShown) chart.setSeries(1 + 2 * at, { show: isRawShown });
        if (chart.series[2 + 2 * at]?.show !== isShown) chart.setSeries(2 + 2 * at, { show: isShown });
      });
      chart.setData(data as uPlot.AlignedData);
    });
  }, [lines, x, columns, smoothing, hidden, xSpan]);

  function describeCursor(index: number | null): void {
    const at = index ?? x.length - 1;
    host.current?.setAttribute('aria-valuenow', String(x[at] ?? 0));
    host.current?.setAttribute('aria-valuetext', x.length === 0 ? 'no values yet' : wordsAt(at));
  }
  useEffect(() => describeCursor(cursorIndex.current));

  const move = (press: KeyboardEvent) => {
    const chart = plot.current;
    const steps = KEY_STEPS[press.key];
    if (!chart || x.length === 0) return;
    if (press.key === 'Escape') return (chart.setCursor as SetCursor)({ left: -10, top: -10 }, true, true);
    if (steps === undefined) return;
    press.preventDefault();
    const from = cursorIndex.current ?? (steps > 0 ? -1 : x.length);
    const to = Math.max(0, Math.min(x.length - 1, from + steps));
    const left = chart.valToPos(x[to] as number, 'x');
    (chart.setCursor as SetCursor)({ left, top: chart.over.clientHeight / 2 }, true, true);
  };

  return (
    <div
      ref={host}
      className="plot"
      role="slider"
      tabIndex={0}
      aria-label={`${label}: cursor`}
      aria-valuemin={0}
      aria-valuemax={Math.max(x.at(-1) ?? 0, xSpan)}
      aria-valuenow={x.at(-1) ?? 0}
      onKeyDown={move}
      onBlur={() => (plot.current?.setCursor as SetCursor | undefined)?.({ left: -10, top: -10 }, true, true)}
    />
  );
}

const KEY_STEPS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  PageUp: 10,
  PageDown: -10,
  Home: -Infinity,
  End: Infinity,
};

function size(element: HTMLElement): { width: number; height: number } {
  return { width: Math.max(40, element.clientWidth), height: Math.max(40, element.clientHeight) };
}

function faint(colour: string): string {
  return cssColour(colour).replace(/^rgb\((.*)\)$/, 'rgba($1, 0.13)');
}

function pair(line: Line, values: Column, smoothing: number): [Column, Column] {
  return [values, line.isExact ? values : smooth(values, smoothing)];
}

/** Two positions without values: uPlot then draws the frame of a chart that waits. */
function emptyData(lines: number, xSpan = 10): uPlot.AlignedData {
  return [[0, xSpan], ...Array.from({ length: lines * 2 }, () => [null, null])] as uPlot.AlignedData;
}

function axis(values: uPlot.Axis.DynamicValues, size: uPlot.Axis.Size, space: number): uPlot.Axis {
  return {
    values,
    size,
    space,
    gap: LABEL_GAP,
    font: FONT,
    stroke: () => cssColour('--ink-3'),
    grid: { stroke: () => cssColour('--line'), width: 1 },
    ticks: { show: false },
  };
}

/** Room for the longest label of the y axis, so that none is cut. */
function widthOf({ ctx }: uPlot, labels: readonly string[] | null): number {
  ctx.font = FONT;
  const widths = labels?.map((label) => ctx.measureText(label).width) ?? [];
  return Math.max(36, Math.ceil(Math.max(0, ...widths)) + LABEL_GAP + 4);
}

function rawSeries({ colour }: Line): uPlot.Series {
  return {
    stroke: () => cssColour(colour),
    alpha: 0.24,
    width: 1,
    show: false,
    spanGaps: true,
    points: { show: false },
  };
}

function lineSeries({ colour, dash, width = 1.75, isSparse = false, isExact = false }: Line): uPlot.Series {
  return {
    stroke: () => cssColour(colour),
    width,
    dash,
    spanGaps: true,
    points: {
      size: 5,
      fill: () => cssColour(colour),
      show: isSparse ? true : isExact ? false : (u) => u.data[0].length <= 2,
    },
  };
}
