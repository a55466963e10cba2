import { ChartCard } from './ChartCard.tsx';
import type { ChartDefinition } from './definitions.ts';
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
    />
  );
}
