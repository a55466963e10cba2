import { useMemo } from 'react';
import { useRun } from '../context.tsx';
import { ChartCard } from './ChartCard.tsx';
import type { ChartDefinition } from './definitions.ts';
import { pinsOf } from './pins.ts';
import { type Axis, useColumns } from './useColumns.ts';

/** A chart straight from its definition. */
export function MetricChart({
  chart,
  axis,
  smoothing,
  className,
  aside,
}: {
  chart: ChartDefinition;
  axis: Axis;
  smoothing: number;
  className?: string;
  aside?: React.ReactNode;
}) {
  const data = useColumns(chart.metrics, axis);
  const detections = useRun((run) => run.detections);
  const columns = useRun((run) => run.metrics.columns);
  const pins = useMemo(
    () => pinsOf(chart.id, detections, columns, axis),
    [chart.id, detections, columns, axis],
  );
  return (
    <ChartCard
      {...data}
      text={chart.text}
      lines={chart.lines}
      yRange={chart.yRange}
      formatY={chart.formatY}
      legend={chart.legend}
      smoothing={smoothing}
      className={className}
      aside={aside}
      pins={pins}
    />
  );
}
