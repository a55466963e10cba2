/** Where the steps of compared runs lie on an axis of minutes or tokens. */
import type { MetricColumns } from '../../run/columns.ts';
import type { StepMetrics } from '../../watch/metrics/table.ts';
import { type Axis, xAxis } from '../charts/axis.ts';
import type { Curve } from './curves.ts';

/** What says where the steps of a run lie. */
export type Paced = Pick<MetricColumns, 'steps' | 'seconds' | 'get'>;

/** The same of points of a curve; shipped ones have no tokens, and those of metrics.jsonl alone no clock. */
export function pacedBy(
  points: readonly (Pick<StepMetrics, 'step' | 'seconds'> & Partial<Pick<StepMetrics, 'tokensTrained'>>)[],
): Paced {
  const tokens = points.map(({ tokensTrained }) => tokensTrained ?? null);
  return {
    steps: points.map(({ step }) => step),
    seconds: points.map(({ seconds }) => seconds),
    get: (name) => (name === 'tokensTrained' ? tokens : []),
  };
}

/**
 * A curve of runs that differ in nothing but the seed, from steps onto an axis: a step lies where it does in them on
 * the average. Null where one of them does not say where.
 */
export function placedOn(axis: Axis, curve: Curve, runs: readonly Paced[]): Curve | null {
  if (axis === 'steps') return curve;
  if (!runs.every((run) => says(axis, run))) return null;
  const advances = new Map<number, number[]>();
  for (const run of runs) {
    const { x } = xAxis(run, axis);
    for (const [row, step] of run.steps.entries()) {
      const advance = (x[row] ?? 0) - (x[row - 1] ?? 0);
      advances.set(step, [...(advances.get(step) ?? []), advance]);
    }
  }
  // A seed that ended early must not draw the curve back: what a step adds is averaged, not where it is.
  const positions = new Map([[0, 0]]);
  let position = 0;
  for (const [step, all] of [...advances].sort(([a], [b]) => a - b)) {
    position += all.reduce((sum, advance) => sum + advance, 0) / all.length;
    positions.set(step, position);
  }
  return { ...curve, x: curve.x.map((step) => positions.get(step) ?? 0) };
}

function says(axis: Axis, { steps, seconds, get }: Paced): boolean {
  const column = axis === 'minutes' ? seconds : get('tokensTrained');
  return steps.every((_, row) => typeof column[row] === 'number');
}
