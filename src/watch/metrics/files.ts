/** A step's metrics as they are kept: lines of the run's files, and points of an experiment's curves. */
import { ALL_KINDS, type Role } from '../../tasks/task.ts';
import type { Metric, Table } from './metric.ts';
import { type CurvePoint, METRICS, type StepMetrics } from './table.ts';

type Line = Record<string, unknown>;

/**
 * One line of metrics.jsonl: everything but the clock and the memory, so that the same seed on the same adapter writes
 * the same bytes.
 */
export function metricsLine(metrics: StepMetrics, table: Table = METRICS): Line {
  const { seconds: _seconds, ...line }: Line = { ...metrics };
  for (const [key, { file }] of Object.entries(table)) if (file) delete line[key];
  const split: Line = {};
  for (const [key, { fields }] of Object.entries(table)) {
    if (!fields) continue;
    const values = line[key] as Record<string, number>;
    delete line[key];
    for (const role of ['solve', 'propose'] as const) split[fields[role]] = ofRole(values, role);
  }
  return { ...line, ...split };
}

/** A step's metrics of its line of metrics.jsonl and, for what depends on the machine, of timing.jsonl. */
export function metricsOf(line: Line, timing: Line, table: Table = METRICS): StepMetrics {
  const { sandbox: _sandbox, ...measured } = timing;
  const metrics: Line = { ...line, ...measured };
  for (const [key, { fields }] of Object.entries(table)) {
    if (!fields) continue;
    const values = (['solve', 'propose'] as const).flatMap((role) => {
      const ofKinds = Object.entries((line[fields[role]] ?? {}) as Record<string, number>);
      delete metrics[fields[role]];
      return ofKinds.map(([kind, value]) => [`${role}:${kind}`, value]);
    });
    metrics[key] = Object.fromEntries(values);
  }
  return metrics as unknown as StepMetrics;
}

/** A step's part of its line of timing.jsonl. */
export function timingLine(metrics: StepMetrics, table: Table = METRICS): Line {
  return {
    step: metrics.step,
    seconds: metrics.seconds,
    ...only(metrics, table, ({ file }) => file === 'timing'),
  };
}

/** What experiments keep of a step, to four digits after the point: more than a curve shows, and a quarter of the bytes. */
export function curvePoint(metrics: StepMetrics, table: Table = METRICS): CurvePoint {
  const { step, seconds } = metrics;
  const point = { step, seconds, ...only(metrics, table, ({ curve }) => curve === true) };
  return JSON.parse(
    JSON.stringify(point, (_, item: unknown) =>
      typeof item === 'number' ? Math.round(item * 10_000) / 10_000 : item,
    ),
  );
}

function only(metrics: StepMetrics, table: Table, isMeant: (metric: Metric) => boolean): Line {
  return Object.fromEntries(
    Object.entries(metrics).filter(([key]) => {
      const metric = table[key];
      return metric !== undefined && isMeant(metric);
    }),
  );
}

function ofRole(values: Readonly<Record<string, number>>, role: Role): Line {
  return Object.fromEntries(
    ALL_KINDS.flatMap((kind) => {
      const value = values[`${role}:${kind}`];
      return value === undefined ? [] : [[kind, value]];
    }),
  );
}
