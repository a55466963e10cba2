/**
 * The picture of an experiment. Mostly curves over the steps: a panel for each figure, a line for each variant (or,
 * of a single one, for each kind), the mean over the seeds with the range of the seeds behind it; where the question
 * is what has become of a base, points before and after.
 */
import * as Plot from '@observablehq/plot';
import { type Experiment, experimentNamed } from '../../../src/experiments/definitions.ts';
import { ABSENT } from '../../../src/experiments/format.ts';
import { type ArmResult, type ExperimentResult, resultFile } from '../../../src/experiments/results.ts';
import { atEnd, type Figure, overall, spreadOf } from '../../../src/experiments/summary.ts';
import { KINDS, type TaskKind } from '../../../src/tasks/task.ts';
import { apart, colour, FAINT, figure, INK, type Panel, type Row, SOFT } from '../../common/figure.ts';
import { formsOf, labelOf } from './format.ts';
import { type Measure, measuresOf } from './measures.ts';

/** Of the inside of a panel, and of what is around it. */
const PANEL = { width: 238, height: 150, left: 44, right: 24, top: 8, bottom: 24 };
const DASHES = ['', '6 3', '2 3', '8 3 2 3', '1 2', '10 4', '4 1 1 1', '12 3'];

/** What points are drawn of, and where their names stand, as a share of the width. */
const MOMENTS = [
  { what: 'before', symbol: 'circle', place: 5, at: 0.02 },
  { what: 'before, forced to think', symbol: 'triangle', place: 1, at: 0.17 },
  { what: 'after', symbol: 'square', place: 0, at: 0.48 },
] as const;

interface Line {
  name: string;
  /** Of its colour and its dashes. */
  place: number;
  points: { step: number; mean: number; low: number; high: number }[];
}

/** Name of the picture, beside those of the other experiments. */
export function plotFile({ name, budget }: ExperimentResult): string {
  return resultFile(name, budget.level).replace(/\.json$/, '.svg');
}

/** The picture. Throws a RangeError when the experiment is not defined. */
export function plotOf(result: ExperimentResult): string {
  const experiment = experimentNamed(result.name);
  if (!experiment) throw new RangeError(`There is no experiment “${result.name}”.`);
  const seeds = `mean over ${result.budget.seeds.length} seeds`;
  switch (experiment.name) {
    case 'scaling':
      return figure(`${experiment.title}: before and after, ${seeds}`, sizeRows(result));
    case 'transfer':
      return figure(`${experiment.title}: before and after, ${seeds}`, transferRows(result));
    default:
      return figure(`${experiment.title}: curves over the steps, ${seeds}`, curveRows(experiment, result));
  }
}

function curveRows(experiment: Experiment, { arms, budget }: ExperimentResult): Row[] {
  const measures = measuresOf(experiment);
  const sizes = [...new Set(arms.map(({ size }) => size))];
  const { steps } = budget;
  const [only] = arms;
  if (only && arms.length === 1) {
    const panels = measures.map((measure) => {
      const kinds = measure.byKind ? KINDS : KINDS.slice(0, 1);
      const lines = kinds.map((kind, i) => lineOf(only, measure, kind, kind, i));
      return curvePanel(measure.title, measure, lines, steps, measure.byKind ? 80 : 0);
    });
    return inRows(panels, 2);
  }
  // An arm keeps its colour from size to size.
  const place = (arm: ArmResult) => experiment.arms.findIndex(({ name }) => name === arm.arm);
  const isOneArm = new Set(arms.map(({ arm }) => arm)).size === 1;
  const groups = isOneArm ? [arms] : sizes.map((size) => arms.filter((arm) => arm.size === size));
  return groups.flatMap((group) => {
    const named = group.map((arm, i) =>
      isOneArm
        ? { arm, name: arm.size, place: i }
        : { arm, name: labelOf(experiment, arm), place: place(arm) },
    );
    const margin = 26 + 6.6 * Math.max(...named.map(({ name }) => name.length));
    const figures = measures.flatMap((measure) =>
      (measure.byKind ? KINDS : KINDS.slice(0, 1)).map((kind) => ({
        title: measure.byKind ? `${kind}, ${measure.title}` : measure.title,
        measure,
        lines: named.map((one) => lineOf(one.arm, measure, kind, one.name, one.place)),
      })),
    );
    // Lines are named at the end of each row.
    const panels = figures.map(({ title, measure, lines }, i) =>
      curvePanel(title, measure, lines, steps, i % 3 === 2 || i === figures.length - 1 ? margin : 0),
    );
    const [first, ...others] = inRows(panels, 3);
    const heading = !isOneArm && sizes.length > 1 ? { heading: group[0]?.size ?? '' } : {};
    return first ? [{ ...first, ...heading }, ...others] : [];
  });
}

function lineOf(
  arm: ArmResult,
  { value, start }: Measure,
  kind: TaskKind,
  name: string,
  place: number,
): Line {
  const byStep = new Map<number, number[]>();
  const add = (step: number, y: number | null | undefined) => {
    if (y !== null && y !== undefined) byStep.set(step, [...(byStep.get(step) ?? []), y]);
  };
  for (const { curve } of arm.seeds) for (const point of curve) add(point.step, value(point, kind));
  // The base begins a curve; alone it is none.
  if (start && byStep.size > 0) add(0, start(arm.start, kind));
  const points = [...byStep]
    .sort(([a], [b]) => a - b)
    .map(([step, values]) => ({
      step,
      mean: spreadOf(values)?.mean ?? 0,
      low: Math.min(...values),
      high: Math.max(...values),
    }));
  return { name, place, points };
}

/** Lines over the steps, named at their ends where `names` leaves room for it. */
function curvePanel(
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

/** The mean of the kinds by size. */
function sizeRows({ arms }: ExperimentResult): Row[] {
  const rows = arms.map((arm) => ({ name: arm.size, arm, of: overall }));
  return [{ panels: [pointsPanel('Mean of the three kinds, held out, difficulty 2–4', rows)] }];
}

/** What is never asked in self-play, by form of question and by kind. */
function transferRows({ arms }: ExperimentResult): Row[] {
  return (['arithmetic', 'classics'] as const).flatMap((part) => {
    const rows = formsOf(arms, part).flatMap(({ form, figure: of }) =>
      arms.map((arm) => ({ name: arms.length > 1 ? `${form}, ${arm.size}` : form, arm, of })),
    );
    const title = part === 'arithmetic' ? 'Arithmetic' : 'Hand-written functions';
    return rows.length > 0 ? [{ panels: [pointsPanel(title, rows)] }] : [];
  });
}

/** Before, before and forced to think, and after, as points on one line each; the line above them names them. */
function pointsPanel(title: string, rows: readonly { name: string; arm: ArmResult; of: Figure }[]): Panel {
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

function inRows(panels: readonly Panel[], columns: number): Row[] {
  return Array.from({ length: Math.ceil(panels.length / columns) }, (_, i) => ({
    panels: panels.slice(columns * i, columns * (i + 1)),
  }));
}

function percentOf(share: number): string {
  return `${Math.round(100 * share)} %`;
}
