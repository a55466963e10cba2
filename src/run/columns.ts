/**
 * Metrics by name, one number a step: append-only columns that charts read without copying. A value that was
 * not measured at a step is null, so that every column is as long as `steps`.
 */
import type { Table, Value } from '../watch/metrics/metric.ts';
import { METRICS, type StepMetrics } from '../watch/metrics/table.ts';

export type Column = (number | null)[];

export class MetricColumns {
  readonly steps: number[] = [];
  readonly seconds: number[] = [];
  private readonly byName = new Map<string, Column>();

  constructor(private readonly table: Table = METRICS) {}

  /** The column of that name, empty when nothing was ever measured under it. Do not change it. */
  get(name: string): Column {
    return this.byName.get(name) ?? [];
  }

  /** Names of all columns, in the order in which they were first measured. */
  names(): string[] {
    return [...this.byName.keys()];
  }

  /** The latest measured value and null when there is none. */
  last(name: string): number | null {
    const column = this.get(name);
    for (let i = column.length - 1; i >= 0; i--) {
      const value = column[i];
      if (value != null) return value;
    }
    return null;
  }

  append(metrics: StepMetrics): void {
    const row = this.steps.length;
    this.steps.push(metrics.step);
    this.seconds.push(metrics.seconds);
    const values = Object.keys(this.table).flatMap((key) => [
      ...flatten(key, metrics[key as keyof StepMetrics] as Value | undefined),
    ]);
    for (const [name, value] of values) {
      if (!Number.isFinite(value)) continue;
      let column = this.byName.get(name);
      if (!column) {
        column = [];
        this.byName.set(name, column);
      }
      while (column.length < row) column.push(null);
      column.push(value);
    }
    for (const column of this.byName.values()) while (column.length <= row) column.push(null);
  }
}

/** Name of a held-out accuracy: of the reasoner (on all tasks or a few), of the frozen base, or of the base forced to think. */
export function suiteColumn(
  whose: 'heldOut' | 'heldOutQuick:scores' | 'base' | 'baseForced',
  kind: string,
  tier: string,
): string {
  return `${whose}:${kind}:${tier}`;
}

/** The numbers in a value, each with the names on the way to it. */
function* flatten(name: string, value: Value | undefined): Generator<[string, number]> {
  if (typeof value === 'number') yield [name, value];
  else for (const [key, part] of Object.entries(value ?? {})) yield* flatten(`${name}:${key}`, part);
}
