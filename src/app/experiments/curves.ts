/** The shipped curves of an experiment as lines of one chart: a mean of each arm with its seeds beside it. */
import type { SuiteScores } from '../../benchmark/scores.ts';
import type { Experiment } from '../../experiments/definitions.ts';
import type { ArmResult, ExperimentResult } from '../../experiments/results.ts';
import { spreadOf } from '../../experiments/summary.ts';
import type { Column, MetricColumns } from '../../run/columns.ts';
import type { Detection } from '../../watch/findings.ts';
import type { CurvePoint } from '../../watch/metrics/table.ts';
import { said } from '../../words/said.ts';
import type { Annotation } from '../charts/annotations.ts';
import type { Line } from '../charts/line.ts';
import { armLabel } from './arms.ts';
import type { Measure } from './measures.ts';

export interface Curve {
  /** Positions on the horizontal axis: steps, from 0 (the base) on, where nothing else is said. */
  x: readonly number[];
  values: Column;
}

/** A curve and how it is drawn. */
export interface Drawn {
  line: Line;
  curve: Curve;
}

export interface ArmCurves {
  mean: Curve;
  /** Lowest and highest seed. */
  low: Curve;
  high: Curve;
}

/**
 * Mean and extent over the seeds, at the steps where every seed that got so far was measured. The base begins the
 * curve; alone it is none, as in the mean of the kinds of an arm that leaves a kind out.
 */
export function armCurves({ start, seeds }: ArmResult, measure: Measure): ArmCurves {
  return seedCurves(
    seeds.map(({ curve }) => ({ curve, start: start.heldOut })),
    measure,
  );
}

/** The same of runs that differ in their seeds alone. */
export function seedCurves(
  seeds: readonly { curve: readonly CurvePoint[]; start: SuiteScores | null }[],
  measure: Measure,
): ArmCurves {
  const bySeed = seeds.map(({ curve, start: scores }) => {
    const start = (scores && measure.ofScores?.(scores)) ?? null;
    const values = new Map<number, number>();
    for (const point of curve) {
      const value = measure.of(point);
      if (value !== null) values.set(point.step, value);
    }
    if (start !== null && values.size > 0) values.set(0, start);
    return values;
  });
  const steps = [...new Set(bySeed.flatMap((values) => [...values.keys()]))].sort((a, b) => a - b);
  const at = (pick: (values: readonly number[]) => number): Curve => ({
    x: steps,
    values: steps.map((step) => {
      const values = bySeed.flatMap((of) => of.get(step) ?? []);
      return values.length > 0 ? pick(values) : null;
    }),
  });
  return {
    mean: at((values) => spreadOf(values)?.mean ?? 0),
    low: at((values) => Math.min(...values)),
    high: at((values) => Math.max(...values)),
  };
}

/** A mean with its extent as lines of a chart; the extent only where there is one. `at` is how many lines there are. */
export function bandLines(
  { mean, low, high }: ArmCurves,
  look: Pick<Line, 'label' | 'colour' | 'isSparse'>,
  isBand: boolean,
  at: number,
): Drawn[] {
  const { label, colour } = look;
  const line: Drawn = { line: { ...look, width: 2.2, isExact: true }, curve: mean };
  if (!isBand) return [line];
  const edge = { colour, width: 0.5, isExact: true, follows: label };
  return [
    line,
    { line: { ...edge, label: said('{run}, highest', { run: label }), bandTo: at + 2 }, curve: high },
    { line: { ...edge, label: said('{run}, lowest', { run: label }) }, curve: low },
  ];
}

/** The run in this tab, with the base as its step 0. */
export function liveCurve(columns: MetricColumns, start: number | null, measure: Measure): Curve {
  const steps: number[] = [];
  const values: Column = [];
  if (start !== null) {
    steps.push(0);
    values.push(start);
  }
  for (const [row, step] of columns.steps.entries()) {
    const value = measure.ofColumns?.(columns, row) ?? null;
    if (value === null) continue;
    steps.push(step);
    values.push(value);
  }
  return { x: steps, values };
}

/** Curves over one axis: the union of their positions, with null where a curve has no value. */
export function alignCurves(curves: readonly Curve[]): { x: number[]; columns: Column[] } {
  const x = [...new Set(curves.flatMap((curve) => curve.x))].sort((a, b) => a - b);
  const columns = curves.map((curve) => {
    const byPosition = new Map(curve.x.map((position, i) => [position, curve.values[i] ?? null]));
    return x.map((position) => byPosition.get(position) ?? null);
  });
  return { x, columns };
}

/** A detector's finding, and the run it was seen in. */
export interface Found {
  run: string;
  detection: Detection;
}

/** What the detectors saw in the shipped runs, arm by arm and seed by seed. */
export function foundIn(experiment: Experiment, result: ExperimentResult): Found[] {
  return result.arms.flatMap((arm) =>
    arm.seeds.flatMap(({ seed, detections }) =>
      detections.map((detection) => ({
        run: said('{run}, seed {seed}', { run: armLabel(experiment, arm), seed }),
        detection,
      })),
    ),
  );
}

/** Share of the x axis within which annotations would cover each other. */
const PIN_WIDTH = 0.03;

/** The findings that are pinned on a measure's chart, oldest first; close ones above one another. */
export function pinsOn(measure: Measure, found: readonly Found[], span: number): Annotation[] {
  const annotations: Annotation[] = [];
  const shown = found.filter(
    ({ detection }) => measure.detectors === 'all' || measure.detectors.includes(detection.name),
  );
  for (const { run, detection } of [...shown].sort((p, q) => p.detection.step - q.detection.step)) {
    const level = annotations.filter(({ x }) => detection.step - x < PIN_WIDTH * span).length;
    annotations.push({ detection, run, x: detection.step, level });
  }
  return annotations;
}
