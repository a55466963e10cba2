import { useMemo } from 'react';
import { useRun } from '../context.tsx';
import { type Axis, type ChartData, xAxis } from './axis.ts';

/** The columns of some metrics over steps or minutes; changes once per step. `metrics` must keep its identity. */
export function useColumns(metrics: readonly string[], axis: Axis): ChartData {
  const { revision, columns } = useRun((run) => run.metrics);
  return useMemo(() => {
    // Columns grow in place; the revision says when, and a new array tells the chart.
    void revision;
    return { columns: metrics.map((name) => columns.get(name)), ...xAxis(columns, axis) };
  }, [metrics, axis, columns, revision]);
}
