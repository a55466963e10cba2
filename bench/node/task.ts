/** What a process of `process.ts` can be asked to measure, and what it answers. */
import type { Counts } from '../counting.ts';
import type { EngineName } from '../rivals/engine.ts';
import type { Shape } from '../workload.ts';

export type NullTask =
  | { kind: 'step'; engine: EngineName; shape: Shape; timed: number }
  | { kind: 'sample'; engine: EngineName; shape: Shape; rows: number; tokens: number }
  | { kind: 'dispatch' };

export interface StepFigures {
  /** Most that a step after the third asked for. */
  counts: Counts;
  gpuBytes: number;
  /** CPU time of the process for a step, all its threads; null when none was timed. */
  cpuMs: number | null;
}

export type SampleFigures = Counts;

/** Microseconds of JavaScript for one dispatch. */
export interface DispatchFigures {
  runWebGPUProgram: number;
  ours: number;
}
