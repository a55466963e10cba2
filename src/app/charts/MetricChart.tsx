import { useMemo } from 'react';
import { useRun } from '../context.tsx';
import { annotationsOf } from './annotations.ts';
import type { Axis } from './axis.ts';
import { ChartCard } from './ChartCard.tsx';
import type { ChartDefinition } from './definitions.ts';
import type { Line } from './line.ts';
import { useColumns } from './useColumns.ts';

/** A chart straight from its definition. */
export function MetricChart({
  chart,
  axis,
  smoothing,
  className,
  aside,
  legend,
}: {
  chart: ChartDefinition;
  axis: Axis;
  smoothing: number;
  className?: string;
  aside?: React.ReactNode;
  legend?: 'side';
}) {
  const data = useColumns(chart.columns, axis);
  const shown = chart.lines
    .flatMap(({ isOptional }, at) => (isOptional && (data.columns[at]?.length ?? 0) === 0 ? [] : [at]))
    .join();
  // Kept as they are for as long as the same lines are there: new ones would mean a new chart.
  const lines = useMemo(() => shown.split(',').map((at) => chart.lines[Number(at)] as Line), [chart, shown]);
  const columns = useMemo(
    () => shown.split(',').map((at) => data.columns[Number(at)] ?? []),
    [data.columns, shown],
  );
  const detections = useRun((run) => run.detections);
  const measured = useRun((run) => run.metrics.columns);
  const annotations = useMemo(
    () => annotationsOf(chart.key, detections, measured, axis),
    [chart.key, detections, measured, axis],
  );
  return (
    <ChartCard
      {...data}
      columns={columns}
      text={chart.text}
      lines={lines}
      yRange={chart.yRange}
      formatY={chart.formatY}
      legend={legend}
      smoothing={smoothing}
      className={className}
      aside={aside}
      annotations={annotations}
    />
  );
}
