/** What the engine is meant to reach, and what it reached. */
import type { EngineFigures, Entry } from './results.ts';
import { FULL, TINY } from './workload.ts';

export interface Target {
  figure: string;
  where: string;
  wanted: string;
  measured: string;
  /** Null where nothing was measured. */
  met: boolean | null;
}

/** A bound on one number. */
export interface Bound {
  figure: string;
  where: string;
  limit: number;
  direction: 'at most' | 'at least';
  value: number | null | undefined;
  unit?: string;
  digits?: number;
}

/** All targets, in order; those of a graphics card only once one was measured. */
export function targetsOf(entries: readonly Entry[]): Target[] {
  const find = (shape: string, test: (entry: Entry) => boolean) =>
    entries.find((entry) => entry.shape.name === shape && test(entry));
  const dry = find(FULL.name, ({ dispatchMicroseconds, parity }) => !!dispatchMicroseconds || !parity);
  const software = find(TINY.name, ({ adapter }) => adapter.isFallbackAdapter);
  const card = find(FULL.name, ({ adapter, parity }) => !!parity && !adapter.isFallbackAdapter);
  return [
    ...requested(dry),
    ...raced(software, { shape: 'tiny shape', tfjs: 6, jaxjs: 1 }),
    ...raced(card, { shape: 'full shape', tfjs: 5, jaxjs: 1.5 }),
  ].map(judgeBound);
}

function requested(entry: Entry | undefined): Bound[] {
  const kelvin: Partial<EngineFigures> = entry?.engines.kelvin ?? {};
  const where = 'full shape, null backend';
  const most = (
    figure: string,
    limit: number,
    value: number | null | undefined,
    rest?: Partial<Bound>,
  ): Bound => ({
    figure,
    where,
    limit,
    direction: 'at most',
    value,
    ...rest,
  });
  const megabytes = typeof kelvin.gpuBytes === 'number' ? kelvin.gpuBytes / 1e6 : null;
  return [
    most('dispatches per training step', 120, kelvin.dispatches),
    most('queue submits per training step', 2, kelvin.submits),
    most('buffers created per step after the third', 0, kelvin.buffersCreated),
    most('CPU time of a training step', 6, kelvin.cpuMs, { unit: ' ms', digits: 1 }),
    most('GPU memory in all', 350, megabytes, { unit: ' MB' }),
    most('dispatches per layer and token, sampling', 9, kelvin.sampleDispatches, { digits: 1 }),
    most('read-backs per token, sampling', 1 / 16, kelvin.sampleReadBacks, { digits: 4 }),
  ];
}

function raced(entry: Entry | undefined, goal: { shape: string; tfjs: number; jaxjs: number }): Bound[] {
  if (!entry) return [];
  const where = `${goal.shape}, ${entry.adapter.name}`;
  const least = (figure: string, limit: number, value: number | null | undefined): Bound => ({
    figure,
    where,
    limit,
    direction: 'at least',
    value,
    unit: '×',
    digits: 1,
  });
  const { kelvin, tfjs, jaxjs } = entry.engines;
  const sampling = [kelvin?.sampleTokensPerSecond, tfjs?.sampleTokensPerSecond];
  const faster = sampling[0] && sampling[1] ? sampling[0] / sampling[1] : null;
  return [
    least('step, times faster than plain TensorFlow.js', goal.tfjs, tfjs?.timesKelvin?.median),
    least('step, times faster than jax-js', goal.jaxjs, jaxjs?.timesKelvin?.median),
    least('sampling, times faster than plain TensorFlow.js', 5, faster),
  ];
}

export function judgeBound({ figure, where, limit, direction, value, unit = '', digits = 0 }: Bound): Target {
  const sign = direction === 'at most' ? '≤' : '≥';
  const show = (x: number) => `${x.toFixed(digits)}${unit}`;
  const known = typeof value === 'number';
  return {
    figure,
    where,
    wanted: `${sign} ${show(limit)}`,
    measured: known ? show(value) : 'not measured',
    met: known ? (direction === 'at most' ? value <= limit : value >= limit) : null,
  };
}
