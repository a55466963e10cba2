import { type KeyboardEvent, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Column } from '../../run/columns.ts';
import { t } from '../../words/words.ts';
import { onThemeChange } from './colours.ts';
import type { Line } from './line.ts';
import {
  axis,
  drawEndLabels,
  emptyData,
  endLabelWidth,
  faint,
  fontPixels,
  lineSeries,
  ontoValue,
  pair,
  rawSeries,
  scaleDashes,
  size,
  widthOf,
  within,
} from './plotParts.ts';

export interface PlotProps {
  /** What the lines are; a new array means a new chart, so keep it outside the component or memoised. */
  lines: readonly Line[];
  x: readonly number[];
  /** One column per line, each as long as `x`. */
  columns: readonly Column[];
  smoothing: number;
  /** Lines not shown. */
  hidden?: ReadonlySet<number>;
  /** Limits of y; without them they follow the data, from zero on. */
  yRange?: readonly [number, number];
  /** y reaches only as far as the data, within its limits. */
  fits?: boolean;
  /** Lines are named at their ends, where there is room. */
  hasEndLabels?: boolean;
  /** x reaches at least this far. */
  xSpan: number;
  isWholeX?: boolean;
  formatX?: (value: number) => string;
  formatY: (value: number) => string;
  label: string;
  /** Words for one position, for screen readers. */
  wordsAt: (index: number) => string;
  /** Where the drawing area is within the element, in pixels, and which x it begins and ends at. */
  onLayout?: (area: PlotArea) => void;
  /** Position under the cursor, null when there is none. */
  onCursor: (index: number | null) => void;
}

export interface PlotArea {
  left: number;
  width: number;
  from: number;
  to: number;
}

/** Least width of a chart, in pixels, that has room for names at the ends of its lines. */
const NAMED_FROM = 480;
/** All charts share one cursor. */
const SYNC_KEY = 'kelvin';
const WHOLE_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 50_000];
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
    fits = false,
    hasEndLabels = false,
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
  const onLayout = useEffectEvent(({ over, scales: { x: scale } }: uPlot) =>
    props.onLayout?.({
      left: over.offsetLeft,
      width: over.clientWidth,
      from: scale?.min ?? 0,
      to: scale?.max ?? 1,
    }),
  );
  const axisX = useEffectEvent((value: number) => formatX(value));
  const axisY = useEffectEvent((value: number) => formatY(value));
  const spanX = useEffectEvent(() => xSpan);
  /** The part of x that is looked at; null for all of it. */
  const zoom = useRef<readonly [number, number] | null>(null);
  const [isZoomed, setZoomed] = useState(false);
  const zoomTo = (part: readonly [number, number] | null) => {
    zoom.current = part;
    setZoomed(part !== null);
    const chart = plot.current;
    // Both axes are laid out anew with the data.
    chart?.setData(chart.data);
  };
  const onSelect = useEffectEvent((chart: uPlot) => {
    const { left, width } = chart.select;
    if (width === 0) return;
    const part = [chart.posToVal(left, 'x'), chart.posToVal(left + width, 'x')] as const;
    chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    zoomTo(part);
  });
  const onWhole = useEffectEvent(() => zoomTo(null));
  const low = yRange?.[0];
  const high = yRange?.[1];

  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return;
    const isNamed = hasEndLabels && element.clientWidth >= NAMED_FROM;
    const chart = new uPlot(
      {
        ...size(element),
        legend: { show: false },
        padding: [Math.ceil(fontPixels() / 2), isNamed ? endLabelWidth(lines) : 14, 0, 0],
        cursor: {
          y: false,
          // On a value, where the legend reads it: charts that are measured now and then have few.
          move: (u, left, top) => [left < 0 ? left : ontoValue(u, left), top],
          drag: { x: true, y: false, setScale: false, dist: 8 },
          bind: {
            dblclick: () => () => {
              onWhole();
              return null;
            },
          },
          points: { size: 6, width: 1.5 },
          sync: { key: SYNC_KEY, scales: ['x', null] },
        },
        scales: {
          x: {
            time: false,
            range: (_, __, max) => (zoom.current ? [...zoom.current] : [0, Math.max(max ?? 0, spanX())]),
          },
          y: {
            range:
              low !== undefined && high !== undefined && !fits
                ? [low, high]
                : (_, min, max) =>
                    min == null || max == null
                      ? [low ?? 0, high ?? 1]
                      : fits
                        ? within(uPlot.rangeNum(min, max, 0.12, true), low, high)
                        : uPlot.rangeNum(Math.min(0, min), max || 1, 0.08, true),
          },
        },
        axes: [
          {
            ...axis((_, splits) => splits.map((value) => axisX(value)), fontPixels() + 9, 56),
            ...(isWholeX && { incrs: WHOLE_STEPS }),
          },
          axis((_, splits) => splits.map((value) => axisY(value)), widthOf, 30),
        ],
        series: [{}, ...lines.flatMap((line) => [rawSeries(line), lineSeries(line)])],
        bands: lines.flatMap(({ bandTo, colour }, at) =>
          bandTo === undefined ? [] : [{ series: [2 + 2 * at, 2 + 2 * bandTo], fill: () => faint(colour) }],
        ),
        hooks: {
          setCursor: [(u) => onCursor(u.cursor.idx ?? null)],
          setSelect: [(u) => onSelect(u)],
          drawClear: [(u) => scaleDashes(u, lines)],
          draw: [
            (u) => {
              if (isNamed) drawEndLabels(u, lines);
              onLayout(u);
            },
          ],
        },
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
  }, [lines, low, high, fits, hasEndLabels, isWholeX]);

  useEffect(() => {
    const chart = plot.current;
    if (!chart) return;
    const data =
      x.length === 0
        ? emptyData(lines.length, xSpan)
        : [x, ...lines.flatMap((line, at) => pair(line, columns[at] ?? [], smoothing))];
    chart.batch(() => {
      lines.forEach((line, at) => {
        const leader =
          line.follows === undefined ? at : lines.findIndex(({ label }) => label === line.follows);
        const isShown = !hidden?.has(leader);
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
    host.current?.setAttribute('aria-valuetext', x.length === 0 ? t('no values yet') : wordsAt(at));
  }
  useEffect(() => describeCursor(cursorIndex.current));

  const move = (press: KeyboardEvent) => {
    const chart = plot.current;
    const steps = KEY_STEPS[press.key];
    if (!chart || x.length === 0) return;
    const part = ZOOM_KEYS[press.key];
    if (part !== undefined) {
      press.preventDefault();
      return zoomTo(
        part === null ? null : narrowed(chart, x[cursorIndex.current ?? x.length - 1] ?? 0, part),
      );
    }
    if (press.key === 'Escape') return (chart.setCursor as SetCursor)({ left: -10, top: -10 }, true, true);
    if (steps === undefined) return;
    press.preventDefault();
    const from = cursorIndex.current ?? (steps > 0 ? -1 : x.length);
    const to = Math.max(0, Math.min(x.length - 1, from + steps));
    const left = chart.valToPos(x[to] as number, 'x');
    (chart.setCursor as SetCursor)({ left, top: chart.over.clientHeight / 2 }, true, true);
  };

  return (
    <>
      <div
        ref={host}
        className="plot"
        role="slider"
        tabIndex={0}
        aria-label={t('{chart}: cursor', { chart: label })}
        aria-valuemin={0}
        aria-valuemax={Math.max(x.at(-1) ?? 0, xSpan)}
        aria-valuenow={x.at(-1) ?? 0}
        onKeyDown={move}
        onBlur={() =>
          (plot.current?.setCursor as SetCursor | undefined)?.({ left: -10, top: -10 }, true, true)
        }
      />
      {isZoomed && (
        <button type="button" className="button plot-whole" onClick={() => zoomTo(null)}>
          {t('Whole run')}
        </button>
      )}
    </>
  );
}

/** By how much the part that is looked at grows; null for the whole. */
const ZOOM_KEYS: Record<string, number | null> = { '+': 0.5, '-': 2, '0': null };

/** The part of x around a value that is so many times as long as what is seen; null for all of it. */
function narrowed(chart: uPlot, around: number, times: number): readonly [number, number] | null {
  const { min = 0, max = 1 } = chart.scales.x ?? {};
  const [from, to] = [min ?? 0, max ?? 1];
  const span = (to - from) * times;
  const end = Math.max(...(chart.data[0] as number[]), 1);
  if (span >= end) return null;
  const begin = Math.max(0, Math.min(end - span, around - span / 2));
  return [begin, begin + span];
}

const KEY_STEPS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  PageUp: 10,
  PageDown: -10,
  Home: -Infinity,
  End: Infinity,
};
