import type { MicroBatch } from './batch.ts';
import type { Packing } from './groups.ts';
import type { ReasonerMemory, Rollout, SampleOptions, UpdateOptions } from './reasoner.ts';

/** What is wrong when the base is asked for too early. */
export const NO_BASE = 'The base was asked for, but no base was frozen: call freezeBase first';

/** Sums over the response tokens of an update, and the gradient's norm before clipping. */
export interface UpdateSums {
  /** Divided by the normalizer. */
  loss: number;
  entropy: number;
  /** Of the tokens with a KL coefficient. */
  kl: number;
  gradNorm: number;
}

/** AdamW's moments, each in the order of `parameterShapes`. */
export interface Moments {
  first: readonly Float32Array[];
  second: readonly Float32Array[];
  /** Updates that they have seen. */
  steps: number;
}

/** All that a core must know to go on elsewhere: flat vectors as {@link Core.snapshot} made them. */
export interface Snapshot {
  parameters: Float32Array;
  firstMoments: Float32Array;
  secondMoments: Float32Array;
  base: Float32Array | null;
  /** Updates that the moments have seen. */
  steps: number;
}

/**
 * What computes: the weights, where they live, and the arithmetic on them. `TapeCore` lets TensorFlow.js keep the
 * tape and works without our kernels; `GpuCore` runs our own WGSL, `WasmCore` our own WebAssembly on several threads. Checks, order of calls and faults are the engine's.
 */
export interface Core {
  readonly packing: Packing;
  readonly hasBase: boolean;
  /** Whether it has Muon beside AdamW. */
  readonly hasMuon: boolean;
  /** Throws an Error when the base is to answer and none was frozen. */
  sample(prompts: readonly (readonly number[])[], options: SampleOptions): Promise<Rollout[]>;
  /**
   * One optimizer step on the sum of the micro-batches' gradients; none if that is not finite. Throws an Error when a
   * micro-batch has a KL coefficient and no base was frozen.
   */
  update(batches: readonly MicroBatch[], options: UpdateOptions): Promise<UpdateSums>;
  /** log π(target) of every position of the micro-batch's rows. */
  logprobs(batch: MicroBatch, temperature: number): Promise<Float32Array>;
  /**
   * Σ over the micro-batches' response tokens of KL(π‖base), in nats. Forward passes only; every sequence must have a
   * KL coefficient of 1. Throws an Error when no base was frozen.
   */
  klToBase(batches: readonly MicroBatch[], temperature: number): Promise<number>;
  /** Keeps the current weights as the base; the optimizer starts anew. */
  freezeBase(): void;
  /** The weights, in the order of `parameterShapes`. */
  read(): Promise<Float32Array[]>;
  /** Replaces the weights; the optimizer starts anew. */
  write(values: readonly Float32Array[]): void;
  /** What the optimizer remembers of earlier updates, so that they can go on elsewhere, bit for bit. */
  readMoments(): Promise<Moments>;
  writeMoments(moments: Moments): void;
  /** A copy of the whole state, where the device can be lost. */
  snapshot?(): Promise<Snapshot>;
  restore?(snapshot: Snapshot): Promise<void>;
  memory(): ReasonerMemory;
  dispose(): void;
}
