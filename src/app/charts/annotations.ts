/** Where the detectors' findings are pinned: on which charts, and where along their x axis. */
import type { MetricColumns } from '../../run/columns.ts';
import type { Detection } from '../../watch/findings.ts';
import { detectorsOf } from '../detectors.ts';
import { type Axis, xAxis } from './axis.ts';

export interface Annotation {
  detection: Detection;
  /** On the x axis, in its unit. */
  x: number;
  /** How many annotations of the same step are below it. */
  level: number;
  /** Which run it was seen in, where a chart shows several. */
  run?: string;
}

/** The annotations on the chart of a metric, oldest first. */
export function annotationsOf(
  metric: string,
  detections: readonly Detection[],
  columns: Pick<MetricColumns, 'steps' | 'seconds' | 'get'>,
  axis: Axis,
): Annotation[] {
  const pinned = detectorsOf(metric);
  const positions = xAxis(columns, axis).x;
  const annotations: Annotation[] = [];
  for (const detection of detections) {
    if (!pinned.includes(detection.name)) continue;
    const x = positions[columns.steps.indexOf(detection.step)];
    if (x === undefined) continue;
    annotations.push({ detection, x, level: annotations.filter((annotation) => annotation.x === x).length });
  }
  return annotations;
}
