import { useMemo } from 'react';
import type { Column } from '../../run/columns.ts';
import { useRun } from '../context.tsx';

export type Axis = 'steps' | 'minutes';

export interface ChartData {
  x: readonly number[];
  columns: readonly Column[];
  xSpan: number;
  /** Only whole numbers are marked on the axis. */
  isWholeX: boolean;
  xName: string;
  formatX: (value: number) => string;
}

/** The columns of some metrics over steps or minutes; changes once per step. `metrics` must keep its identity. */
export function useColumns(metrics: readonly string[], axis: Axis): ChartData {
  const { revision, columns } = useRun((run) => run.metrics);
  return useMemo(() => {
    // Columns grow in place; the revision says when, and a new array tells the chart.
    void revision;
    return { columns: metrics.map((name) => columns.get(name)), ...xAxis(columns, axis) };
  }, [metrics, axis, columns, revision]);
}

/** Positions and words of the x axis. */
export function xAxis(
  columns: { readonly steps: readonly number[]; readonly seconds: readonly number[] },
  axis: Axis,
): Omit<ChartData, 'columns'> {
  if (axis === 'minutes') {
    const x = columns.seconds.map((seconds) => seconds / 60);
    return {
      x,
      xSpan: 1,
      isWholeX: false,
      xName: 'minute',
      formatX: (value) => String(Math.round(value * 100) / 100),
    };
  }
  return { x: columns.steps, xSpan: 10, isWholeX: true, xName: 'step', formatX: String };
}
