/**
 * Metrics by name, one number a step: append-only columns that charts read without copying. A value that was
 * not measured at a step is null, so that every column is as long as `steps`.
 */
import type { SuiteScores } from '../benchmark/scores.ts';
import type { StepMetrics } from '../watch/metrics.ts';
import type { Throughput } from './protocol.ts';

export type Column = (number | null)[];

export class MetricColumns {
  readonly steps: number[] = [];
  readonly seconds: number[] = [];
  private readonly byName = new Map<string, Column>();

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

  append(metrics: StepMetrics, throughput: Throughput): void {
    const row = this.steps.length;
    this.steps.push(metrics.step);
    this.seconds.push(metrics.seconds);
    for (const [name, value] of flatten(metrics, throughput)) {
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

/** Name of a held-out accuracy: of the reasoner, of the frozen base, or of the base forced to think. */
export function suiteColumn(whose: 'heldOut' | 'base' | 'forced', kind: string, tier: string): string {
  return `${whose}:${kind}:${tier}`;
}

function* flatten(metrics: StepMetrics, throughput: Throughput): Generator<[string, number]> {
  for (const name of SCALARS) yield [name, metrics[name]];
  for (const name of [
    'reward',
    'solveRate',
    'thinkShare',
    'responseLength',
    'klToBase',
    'phaseSeconds',
  ] as const) {
    for (const [key, value] of Object.entries(metrics[name])) yield [`${name}:${key}`, value];
  }
  for (const [kind, value] of Object.entries(metrics.bufferByKind)) yield [`buffer:${kind}`, value];
  yield ['tasksPerSecond', throughput.tasksPerSecond];
  yield ['tokensSampledPerSecond', throughput.tokensSampledPerSecond];
  yield ['tokensTrainedPerSecond', throughput.tokensTrainedPerSecond];
  yield ['memoryBytes', metrics.memory.bytes];
  yield* flattenSuite('heldOut', metrics.heldOut);
  yield* flattenSuite('base', metrics.base);
  yield* flattenSuite('forced', metrics.baseForced);
  for (const [kind, value] of Object.entries(metrics.heldOutThinks ?? {})) {
    yield [`heldOutThinks:${kind}`, value];
  }
}

const SCALARS = [
  'validRate',
  'newTasks',
  'bufferSize',
  'behaviours',
  'loss',
  'gradNorm',
  'entropy',
  'zeroSignal',
  'learningRate',
] as const satisfies readonly (keyof StepMetrics)[];

function* flattenSuite(
  whose: 'heldOut' | 'base' | 'forced',
  scores: SuiteScores | undefined,
): Generator<[string, number]> {
  for (const [kind, tiers] of Object.entries(scores ?? {})) {
    for (const [tier, value] of Object.entries(tiers)) yield [suiteColumn(whose, kind, tier), value];
  }
}
