/** What the engine and its threads say to each other. */
import type { MicroBatch } from '../batch.ts';
import type { ReasonerConfig, Rollout, WeightsChoice } from '../reasoner.ts';
import type { DrawOptions, SampleRow } from '../wasm/decoding.ts';
import type { GradientOptions, ShardGradient } from '../wasm/unit.ts';

/** A shard of a call: what one thread does at a time. */
export type Shard =
  | { type: 'sample'; weights: WeightsChoice; rows: readonly SampleRow[]; options: DrawOptions }
  | { type: 'gradient'; batches: readonly MicroBatch[]; options: GradientOptions }
  | { type: 'logprobs'; batch: MicroBatch; temperature: number }
  /** Of Muon: a direction made orthogonal. */
  | { type: 'orthogonal'; matrix: Float32Array; rows: number; columns: number }
  | { type: 'kl'; batch: MicroBatch; temperature: number };

/** What comes of a shard. */
export interface Answers {
  sample: Rollout[];
  gradient: ShardGradient;
  logprobs: Float32Array;
  orthogonal: Float32Array;
  kl: number;
}

export type ToThread =
  /** First message. */
  | { type: 'open'; config: ReasonerConfig }
  | { type: 'weights'; which: WeightsChoice; values: Float32Array }
  | { type: 'shard'; id: number; shard: Shard };

export type FromThread =
  /** It can compute. */
  | { type: 'ready' }
  /** Sequences of the shard that have ended since the last message. */
  | { type: 'progress'; id: number; ended: number }
  | { type: 'done'; id: number; answer: Answers[keyof Answers]; bytes: number }
  /** The work itself failed: elsewhere it would fail in the same way. */
  | { type: 'failed'; id: number; name: string; message: string };

/** A thread at the other end of a wire. */
export interface Thread {
  post(message: ToThread): void;
  /** Ends it at once; it is silent from then on. */
  terminate(): void;
}

/** Starts a thread. `died` is called once, with a reason, if it ends by itself; neither is called before it returns. */
export type Spawn = (listen: (message: FromThread) => void, died: (reason: string) => void) => Thread;
