/** What `bench/results/engine.json` holds: one entry per shape and adapter. */
import type { Counts } from './counting.ts';
import type { EngineName } from './rivals/engine.ts';
import type { SessionResult } from './session.ts';
import { ratios, type Spread, spread } from './statistics.ts';
import { productOperations, type Shape, type SweepDimension } from './workload.ts';

/** Null where not measured. */
export interface EngineFigures {
  /** For a training step, the most that one asked for after the third. */
  dispatches: number | null;
  submits: number | null;
  bindGroups: number | null;
  buffersCreated: number | null;
  /** Of all buffers alive at once, the most. */
  gpuBytes: number | null;
  /** CPU time of a training step in Node, where the GPU does nothing. */
  cpuMs: number | null;
  stepMs: Spread | null;
  /** This engine's step over Kelvin's, round by round. */
  timesKelvin: Spread | null;
  /** Billions of floating-point operations a second that a step's products come to. */
  gflops: number | null;
  sampleTokensPerSecond: number | null;
  /** Sampling: dispatches per token and layer, and read-backs per token. */
  sampleDispatches: number | null;
  sampleReadBacks: number | null;
}

export interface Adapter {
  name: string;
  vendor: string;
  architecture: string;
  description: string;
  isFallbackAdapter: boolean;
}

export interface Entry {
  adapter: Adapter;
  shape: Shape;
  /** Of which the shape is a point, or null. */
  sweep: SweepDimension | 'all' | null;
  engines: Partial<Record<EngineName, EngineFigures>>;
  /** Largest relative distance between the engines' losses, over so many steps; null where nothing is computed. */
  parity: { steps: number; distance: number } | null;
  /** Microseconds of JavaScript per dispatch; null where not measured. */
  dispatchMicroseconds: { runWebGPUProgram: number; ours: number } | null;
  /** Machine and programs. */
  host: string;
  command: string;
  /** Highest speed of the card for f32 in TFLOP/s, as told by `--peak-tflops`. */
  peakTflops: number | null;
}

export const NOTHING_MEASURED: Readonly<EngineFigures> = {
  dispatches: null,
  submits: null,
  bindGroups: null,
  buffersCreated: null,
  gpuBytes: null,
  cpuMs: null,
  stepMs: null,
  timesKelvin: null,
  gflops: null,
  sampleTokensPerSecond: null,
  sampleDispatches: null,
  sampleReadBacks: null,
};

export function countFigures({
  dispatches,
  submits,
  bindGroups,
  buffersCreated,
}: Counts): Partial<EngineFigures> {
  return { dispatches, submits, bindGroups, buffersCreated };
}

/** Figures of an engine that ran in a session, beside Kelvin's result in the same session. */
export function sessionFigures(
  shape: Shape,
  result: SessionResult,
  kelvin: SessionResult | undefined,
): EngineFigures {
  const stepMs = spread(result.steps);
  const sampled = spread(result.sampled);
  return {
    ...NOTHING_MEASURED,
    ...(result.counts ? countFigures(result.counts) : {}),
    gpuBytes: result.gpuBytes,
    stepMs,
    timesKelvin: kelvin ? ratios(result.steps, kelvin.steps) : null,
    gflops: stepMs ? productOperations(shape) / stepMs.median / 1e6 : null,
    sampleTokensPerSecond: sampled?.median ?? null,
  };
}

/** Old entries with new ones in their place; what was measured on other adapters stays. */
export function merge(old: readonly Entry[], fresh: readonly Entry[]): Entry[] {
  const key = ({ adapter, shape }: Entry) => `${adapter.name}\n${shape.name}`;
  const replaced = new Set(fresh.map(key));
  return [...old.filter((entry) => !replaced.has(key(entry))), ...fresh];
}

/** A name for people. */
export function adapterName(info: Omit<Adapter, 'name'>): Adapter {
  const words = [info.vendor, info.architecture, info.description].filter(Boolean);
  const name = words.join(' ') || 'unnamed adapter';
  return { ...info, name: info.isFallbackAdapter ? `${name} (software)` : name };
}
