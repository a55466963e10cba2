import { describe, expect, test } from 'vitest';
import { metricsOf } from '../../../test/builders.ts';
import type { SuiteScores } from '../../benchmark/scores.ts';
import { MetricColumns } from '../../run/columns.ts';
import type { StepMetrics } from '../../watch/metrics/table.ts';
import { heldOutSeries, tierMean, tiersOf } from './heldOut.ts';

const scores = (...values: number[]): SuiteScores => ({
  deduction: Object.fromEntries(values.map((value, at) => [String(at + 1), value])),
});
const BASE = {
  name: 'small',
  scores: scores(0.9, 0.6, 0.4, 0.2),
  forced: scores(1, 1, 0.9, 0.8),
  thinks: {},
  from: 'shipped' as const,
};

function columnsWith(
  evaluations: Record<number, SuiteScores>,
  steps: number,
  quick: Record<number, StepMetrics['heldOutQuick']> = {},
): MetricColumns {
  const columns = new MetricColumns();
  for (let step = 1; step <= steps; step++) {
    columns.append(metricsOf(step, { heldOut: evaluations[step], heldOutQuick: quick[step] }));
  }
  return columns;
}

test('the mean needs every tier', () => {
  expect(tierMean(BASE.scores, 'deduction', tiersOf('2-4'))).toBeCloseTo(0.4);
  expect(tierMean(BASE.scores, 'deduction', ['5'])).toBeNull();
  expect(tierMean(BASE.scores, 'induction', ['1'])).toBeNull();
});

test('the run begins on the base and has a point per evaluation; the base crosses the chart', () => {
  const columns = columnsWith({ 2: scores(0.9, 0.7, 0.5, 0.3) }, 3);
  const series = heldOutSeries(columns, columns.steps, BASE, 'deduction', tiersOf('2-4'), 10);
  expect(series.x).toEqual([0, 2, 10]);
  expect(series.run.map((value) => value && Math.round(value * 100))).toEqual([40, 50, null]);
  expect(series.base).toHaveLength(3);
  expect(series.latest).toBeCloseTo(0.5);
  expect([series.baseline, series.ceiling]).toEqual([expect.closeTo(0.4), expect.closeTo(0.9)]);
});

describe('where few tasks were asked in between', () => {
  const quick = { tasks: 10, scores: scores(0.9, 0.6, 0.6, 0.6) };
  const columns = columnsWith({ 3: scores(0.9, 0.8, 0.8, 0.8) }, 3, { 2: quick });
  const series = (isQuickShown: boolean) =>
    heldOutSeries(columns, columns.steps, BASE, 'deduction', tiersOf('2-4'), 10, isQuickShown);

  test('the line goes through their points, which are told apart', () => {
    const { x, run, quick: hollow, latest, latestTasks } = series(true);
    expect(x).toEqual([0, 2, 3, 10]);
    expect(run).toEqual([expect.closeTo(0.4), expect.closeTo(0.6), expect.closeTo(0.8), null]);
    expect(hollow).toEqual([null, expect.closeTo(0.6), null, null]);
    expect([latest, latestTasks]).toEqual([expect.closeTo(0.8), null]);
  });

  test('the latest says of how many it is', () => {
    const early = columnsWith({}, 2, { 2: quick });
    const found = heldOutSeries(early, early.steps, BASE, 'deduction', tiersOf('2-4'), 10, true);
    expect([found.latest, found.latestTasks]).toEqual([expect.closeTo(0.6), 10]);
  });

  test('they are left out where single difficulties are compared', () => {
    expect(series(false)).toMatchObject({ x: [0, 3, 10], quick: [null, null, null] });
  });
});

test('before anything is known there is nothing to draw', () => {
  const series = heldOutSeries(new MetricColumns(), [], null, 'deduction', ['1'], 10);
  expect(series).toMatchObject({ x: [], run: [], latest: null, baseline: null });
});
