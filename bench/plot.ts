/**
 * `bench/results/engine.svg`: how the cost of a step grows, and how many times Kelvin's figures the others' are.
 * Engines differ in colour and in the shape of their marks.
 */
import * as Plot from '@observablehq/plot';
import { colour, FAINT, figure, INK, type Panel, type Row, SOFT } from '../scripts/common/figure.ts';
import { brief, shapeText } from './format.ts';
import { type PlotData, plotDataOf, type Panel as Sweep } from './plotData.ts';
import type { Entry } from './results.ts';
import { ENGINE_LABELS, ENGINES, type EngineName } from './rivals/engine.ts';
import type { SweepDimension } from './workload.ts';

const WIDTH = 960;
const SYMBOLS: Readonly<Record<EngineName, string>> = { kelvin: 'circle', tfjs: 'square', jaxjs: 'triangle' };
const AXIS_LABELS: Readonly<Record<SweepDimension, string>> = {
  width: 'width',
  layers: 'layers',
  batch: 'sequences in a batch',
  length: 'tokens in a sequence',
};

/** One figure of an engine. */
interface Mark {
  engine: EngineName;
  x: number;
  y: number;
}

const look = {
  fill: ({ engine }: Mark) => colour(ENGINES.indexOf(engine)),
  symbol: ({ engine }: Mark) => SYMBOLS[engine],
  stroke: null,
  r: 4.5,
};
const identity = { color: { type: 'identity' }, symbol: { type: 'identity' } } as const;

/** The whole picture; says so when there is nothing to draw. */
export function plotOf(entries: readonly Entry[]): string {
  const data = plotDataOf(entries);
  const rows = [...sweepRows(data), ...ratioRows(data)];
  return figure(
    'Cost of a training step: Kelvin, plain TensorFlow.js and jax-js',
    rows.length > 0 ? rows : [{ heading: 'Nothing was measured yet.', panels: [] }],
  );
}

function sweepRows({ adapter, base, panels }: PlotData): Row[] {
  const drawn = panels.filter(({ lines }) => lines.length > 0);
  if (!adapter || !base || drawn.length === 0) return [];
  const times = drawn.flatMap(({ lines }) =>
    lines.flatMap(({ points }) => points.flatMap(({ y }) => [y.min, y.max])),
  );
  const domain: [number, number] = [Math.min(...times) / 1.2, Math.max(...times) * 1.2];
  // The engines' names stand at the ends of the last panel's lines.
  const names = 130;
  const width = (WIDTH - names) / drawn.length;
  return [
    {
      heading: 'Milliseconds of a training step',
      note: `${adapter}; one dimension changes, the others are ${shapeText(base)}`,
      panels: drawn.map((sweep, i) => {
        const isLast = i === drawn.length - 1;
        return sweepPanel(sweep, domain, width + (isLast ? names : 0), isLast ? names : 0);
      }),
    },
  ];
}

function sweepPanel(
  { dimension, lines }: Sweep,
  domain: [number, number],
  width: number,
  names: number,
): Panel {
  const steps = [...new Set(lines.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  const marks = lines.flatMap(({ engine, points }) =>
    points.map(({ x, y }) => ({ engine, x, y: y.median, ...y })),
  );
  const ends = lines.flatMap(({ engine, points }) =>
    points.slice(-1).map(({ x, y }): Mark => ({ engine, x, y: y.median })),
  );
  return {
    title: AXIS_LABELS[dimension],
    options: {
      width,
      height: 240,
      marginLeft: 48,
      marginRight: 14 + names,
      marginTop: 6,
      marginBottom: 28,
      // The sizes double from one to the next.
      x: { type: 'point', domain: steps, padding: 0.2 },
      y: { type: 'log', domain },
      ...identity,
      marks: [
        Plot.gridY(ticksOf(domain), { stroke: FAINT, strokeOpacity: 1 }),
        Plot.axisY(ticksOf(domain), {
          tickSize: 0,
          label: null,
          fill: SOFT,
          text: (ms: number) => ms.toLocaleString('en'),
        }),
        Plot.axisX(steps, { tickSize: 0, label: null, fill: SOFT, text: String }),
        Plot.ruleX(marks, { x: 'x', y1: 'min', y2: 'max', stroke: look.fill }),
        Plot.line(marks, { x: 'x', y: 'y', z: 'engine', stroke: look.fill, strokeWidth: 2 }),
        Plot.dot(marks, { x: 'x', y: 'y', ...look }),
        ...(names > 0
          ? [
              Plot.text(ends, {
                x: 'x',
                y: 'y',
                text: ({ engine }: Mark) => ENGINE_LABELS[engine],
                fill: look.fill,
                textAnchor: 'start',
                dx: 10,
              }),
            ]
          : []),
      ],
    },
  };
}

/** 1, 2 and 5 times the powers of ten within a range. */
function ticksOf([low, high]: readonly [number, number]): number[] {
  const decades = Array.from(
    { length: Math.ceil(Math.log10(high)) - Math.floor(Math.log10(low)) + 1 },
    (_, i) => Math.floor(Math.log10(low)) + i,
  );
  return decades
    .flatMap((decade) => [1, 2, 5].map((digit) => Number(`${digit}e${decade}`)))
    .filter((tick) => tick >= low && tick <= high);
}

function ratioRows({ ratios }: PlotData): Row[] {
  if (ratios.length === 0) return [];
  const marks = ratios.flatMap(({ label, values }) => {
    // What is written lies outside of the marks, so that near ones do not write over each other.
    const sorted = [...values].sort((a, b) => a.times.median - b.times.median);
    return sorted.map(({ engine, times }, place) => ({
      engine,
      label,
      x: times.median,
      y: 0,
      ...times,
      isRightmost: place === sorted.length - 1,
    }));
  });
  const least = Math.min(1, ...marks.map(({ min }) => min));
  const most = Math.max(2, ...marks.map(({ max }) => max));
  const domain: [number, number] = [least / 1.2, most * 1.2];
  const beside = (isRightmost: boolean) =>
    Plot.text(
      marks.filter((mark) => mark.isRightmost === isRightmost),
      {
        x: isRightmost ? 'max' : 'min',
        y: 'label',
        text: ({ x }) => `${brief(x)}×`,
        textAnchor: isRightmost ? 'start' : 'end',
        dx: isRightmost ? 9 : -9,
        fill: SOFT,
      },
    );
  const key = ENGINES.filter((name) => marks.some(({ engine }) => engine === name)).map(
    (name) => `${ENGINE_LABELS[name]} (${SYMBOLS[name]}s)`,
  );
  return [
    {
      heading: 'Times Kelvin’s figure',
      note: `${key.join(' and ')}; at 1× they are level with Kelvin`,
      panels: [
        {
          title: '',
          options: {
            width: WIDTH,
            height: 40 + 26 * ratios.length,
            marginLeft: 290,
            marginRight: 70,
            marginTop: 0,
            marginBottom: 30,
            x: { type: 'log', domain },
            y: { type: 'band', domain: ratios.map(({ label }) => label) },
            ...identity,
            marks: [
              Plot.gridX(ticksOf(domain), { stroke: FAINT, strokeOpacity: 1 }),
              Plot.ruleX([1], { stroke: SOFT, strokeWidth: 1.5 }),
              Plot.axisX(ticksOf(domain), {
                tickSize: 0,
                label: null,
                fill: SOFT,
                text: (x: number) => `${x}×`,
              }),
              Plot.axisY({ tickSize: 0, label: null, fill: INK }),
              Plot.ruleY(marks, { y: 'label', x1: 'min', x2: 'max', stroke: look.fill }),
              Plot.dot(marks, { x: 'x', y: 'label', ...look }),
              beside(true),
              beside(false),
            ],
          },
        },
      ],
    },
  ];
}
