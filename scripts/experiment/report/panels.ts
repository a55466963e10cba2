/** The two panels that the pictures are made of: lines over the steps, and points before and after. */
import * as Plot from '@observablehq/plot';
import { ABSENT } from '../../../src/experiments/format.ts';
import type { ArmResult } from '../../../src/experiments/results.ts';
import { atEnd, type Figure } from '../../../src/experiments/summary.ts';
import { apart, colour, FAINT, INK, type Panel, SOFT } from '../../common/figure.ts';
import type { Measure } from './measures.ts';

/** Of the inside of a panel, and of what is around it. */
const PANEL = { width: 238, height: 150, left: 44, right: 24, top: 8, bottom: 24 };
const DASHES = ['', '6 3', '2 3', '8 3 2 3', '1 2', '10 4', '4 1 1 1', '12 3'];

/** What points are drawn of, and where their names stand, as a share of the width. */
const MOMENTS = [
  { what: 'before', symbol: 'circle', place: 5, at: 0.02 },
  { what: 'before, forced to think', symbol: 'triangle', place: 1, at: 0.17 },
  { what: 'after', symbol: 'square', place: 0, at: 0.48 },
] as const;

export interface Line {
  name: string;
  /** Of its colour and its dashes. */
  place: number;
  points: { step: number; mean: number; low: number; high: number }[];
}

/** Lines over the steps, named at their ends where `names` leaves room for it. */
export function curvePanel(
  title: string,
  { isShare, digits = 0 }: Measure,
  lines: readonly Line[],
  steps: number,
  names: number,
): Panel {
  const drawn = lines.filter(({ points }) => points.length > 0);
  const absent = lines.filter(({ points }) => points.length === 0);
  const most = Math.max(isShare ? 0.1 : 0, ...drawn.flatMap(({ points }) => points.map(({ high }) => high)));
  const ceiling = most > 0 ? most : 1;
  const heights = [...drawn.map(({ points }) => points.at(-1)?.mean ?? 0), ...absent.map(() => 0)];
  const places = apart(heights, ceiling / PANEL.height, ceiling);
  const labels = [...drawn, ...absent].map(({ name, place, points }, i) => ({
    name: points.length > 0 ? name : `${name}: ${ABSENT}`,
    place,
    y: places[i] ?? 0,
  }));
  return {
    title,
    options: {
      width: PANEL.left + PANEL.width + PANEL.right + names,
      height: PANEL.top + PANEL.height + PANEL.bottom,
      marginLeft: PANEL.left,
      marginRight: PANEL.right + names,
      marginTop: PANEL.top,
      marginBottom: PANEL.bottom,
      x: { domain: [0, steps] },
      y: { domain: [0, ceiling] },
      marks: [
        Plot.gridY({ ticks: 4, stroke: FAINT, strokeOpacity: 1 }),
        Plot.axisY({
          ticks: 4,
          tickSize: 0,
          label: null,
          fill: SOFT,
          tickFormat: (value: number) => (isShare ? percentOf(value) : value.toFixed(digits)),
        }),
        Plot.axisX([0, Math.round(steps / 2), steps], {
          tickSize: 0,
          label: null,
          fill: SOFT,
          tickFormat: (step: number) => (step === 0 ? '0' : step === steps ? `step ${step}` : String(step)),
        }),
        ...drawn.flatMap(({ place, points }) => [
          points.some(({ low, high }) => high > low)
            ? Plot.areaY(points, {
                x: 'step',
                y1: 'low',
                y2: 'high',
                fill: colour(place),
                fillOpacity: 0.15,
              })
            : null,
          Plot.lineY(points, {
            x: 'step',
            y: 'mean',
            stroke: colour(place),
            strokeWidth: 2,
            ...(DASHES[place] ? { strokeDasharray: DASHES[place] } : {}),
          }),
          // A single point has no line to be seen by.
          points.length === 1
            ? Plot.dot(points, { x: 'step', y: 'mean', fill: colour(place), stroke: null })
            : null,
        ]),
        ...(names > 0
          ? [
              Plot.text(labels, {
                x: () => steps,
                y: 'y',
                text: 'name',
                fill: ({ place }: (typeof labels)[number]) => colour(place),
                textAnchor: 'start',
                dx: 8,
              }),
            ]
          : []),
      ],
      color: { type: 'identity' },
    },
  };
}

/** Before, before and forced to think, and after, as points on one line each; the line above them names them. */
export function pointsPanel(
  title: string,
  rows: readonly { name: string; arm: ArmResult; of: Figure }[],
): Panel {
  const points = rows.flatMap(({ name, arm, of }) => {
    const end = atEnd(arm, of);
    const all = [
      { ...MOMENTS[0], x: of(arm.start), deviation: 0 },
      { ...MOMENTS[1], x: of(arm.forced), deviation: 0 },
      { ...MOMENTS[2], x: end?.mean ?? null, deviation: end?.deviation ?? 0 },
    ];
    return all.flatMap(({ x, ...point }) => (x === null ? [] : [{ ...point, x, name }]));
  });
  const ceiling = Math.min(1, Math.ceil(10 * Math.max(0.1, ...points.map(({ x }) => x))) / 10);
  const key = MOMENTS.map((moment) => ({ ...moment, name: '', x: ceiling * moment.at, deviation: 0 }));
  const drawn = [...key, ...points];
  return {
    title,
    options: {
      width: 760,
      height: 40 + 30 * (rows.length + 1),
      marginLeft: 130,
      marginRight: 40,
      marginTop: 4,
      marginBottom: 36,
      x: { domain: [0, ceiling] },
      y: { type: 'band', domain: ['', ...rows.map(({ name }) => name)] },
      color: { type: 'identity' },
      symbol: { type: 'identity' },
      marks: [
        Plot.gridX({ ticks: 5, stroke: FAINT, strokeOpacity: 1 }),
        Plot.axisX({ ticks: 5, tickSize: 0, label: null, fill: SOFT, tickFormat: percentOf }),
        Plot.axisY({ tickSize: 0, label: null, fill: INK }),
        Plot.ruleY(
          points.filter(({ deviation }) => deviation > 0),
          {
            y: 'name',
            x1: ({ x, deviation }) => x - deviation,
            x2: ({ x, deviation }) => x + deviation,
            stroke: ({ place }) => colour(place),
          },
        ),
        Plot.dot(drawn, {
          x: 'x',
          y: 'name',
          symbol: 'symbol',
          r: 5,
          fill: ({ place }) => colour(place),
          stroke: null,
        }),
        Plot.text(key, { x: 'x', y: 'name', text: 'what', textAnchor: 'start', dx: 12 }),
      ],
    },
  };
}

function percentOf(share: number): string {
  return `${Math.round(100 * share)} %`;
}
