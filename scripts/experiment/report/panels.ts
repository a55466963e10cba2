/** The panel that the pictures are made of: lines over the steps. */
import * as Plot from '@observablehq/plot';
import { ABSENT } from '../../../src/experiments/format.ts';
import { apart, colour, FAINT, type Panel, SOFT } from '../../common/figure.ts';
import type { Measure } from './measures.ts';

/** Of the inside of a panel, and of what is around it. */
const PANEL = { width: 238, height: 150, left: 44, right: 24, top: 8, bottom: 24 };
const DASHES = ['', '6 3', '2 3', '8 3 2 3', '1 2', '10 4', '4 1 1 1', '12 3'];

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

function percentOf(share: number): string {
  return `${Math.round(100 * share)} %`;
}
