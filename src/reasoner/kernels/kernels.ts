/**
 * The operations of the decoder that are worth more than a chain of plain tfjs calls. `plain.ts` has each of
 * them in plain tfjs and is the reference for our own kernels on WebGPU and WebAssembly. All take and give flat
 * `[positions, …]` tensors in the order of {@link Layout}, and all but {@link Kernels.prepare} are
 * differentiable.
 */
import type * as tf from '@tensorflow/tfjs-core';
import type { TokenBatch } from '../batch.ts';
import type { Packing } from '../groups.ts';
import type { ReasonerConfig } from '../reasoner.ts';
import type { Weights } from '../weights.ts';

export interface Kernels {
  readonly packing: Packing;
  /** Uploads what the operations below need to know of a batch, once for all layers. Dispose after use. */
  prepare(batch: TokenBatch, config: ReasonerConfig): Prepared;
  /** Rows of `table` `[vocabulary, width]` for the batch's tokens: `[tokens, width]`. */
  embed(batch: Prepared, table: tf.Tensor2D): tf.Tensor2D;
  /** x · gain / √(mean x² + ε), row by row (Zhang & Sennrich 2019). */
  rmsNorm(x: tf.Tensor2D, gain: tf.Tensor1D, epsilon: number): tf.Tensor2D;
  /**
   * Rotary positions (rotate-half, Su et al. 2021) on queries and keys, then causal attention: prefixes see
   * themselves, rows see their prefix and themselves. `[tokens, 3·width]` to `[tokens, width]`, or to
   * `[tokens - prefixTokens, width]` when only the rows' outputs are wanted. Padding gives anything finite.
   */
  attention(batch: Prepared, qkv: tf.Tensor2D, rowsOnly: boolean): tf.Tensor2D;
  /** SiLU(gate) · up (Shazeer 2020): `[n, 2·feedForward]` to `[n, feedForward]`. */
  swiglu(gateUp: tf.Tensor2D): tf.Tensor2D;
  /** The rows' part of `[tokens, width]`. */
  rows(batch: Prepared, x: tf.Tensor2D): tf.Tensor2D;
  /** The objective of `loss.ts`. */
  policyLoss(logits: tf.Tensor2D, baseLogits: tf.Tensor2D | null, terms: LossTerms): LossOutput;
  /** log π(target) of every row of logits; no gradient. */
  targetLogprobs(logits: tf.Tensor2D, targets: Int32Array, temperature: number): tf.Tensor1D;
  /** KL(π‖base) of every row of the logits `[n, vocabulary]`, summed over the vocabulary, in nats; no gradient. */
  klToBase(logits: tf.Tensor2D, baseLogits: tf.Tensor2D, temperature: number): tf.Tensor1D;
  /**
   * Starts sampling: computes the prefixes (prompts without their last token) and keeps their keys and values.
   * `rowPrefix[r]` is the prefix of row r; no row takes more than `maxSteps` steps.
   */
  startDecoding(
    weights: Weights,
    config: ReasonerConfig,
    prefixes: readonly (readonly number[])[],
    rowPrefix: Int32Array,
    maxSteps: number,
  ): Decoder;
  /** Rows that one decoder should hold at most. */
  decoderRows(config: ReasonerConfig): number;
}

/** Rows that grow by one token at a time, all in step. */
export interface Decoder {
  /** Appends one token to each row; gives the logits of the next one, `[rows, vocabulary]`. */
  step(tokens: Int32Array): Promise<Float32Array>;
  /** Goes on with these rows only (indices into the current ones, increasing). */
  keep(rows: Int32Array): void;
  dispose(): void;
}

export interface Prepared {
  readonly batch: TokenBatch;
  readonly config: ReasonerConfig;
  dispose(): void;
}

/** Per row position; see {@link MicroBatch}. */
export interface LossTerms {
  targets: Int32Array;
  counts: Float32Array;
  weights: Float32Array;
  klToBase: Float32Array;
  temperature: number;
  normalizer: number;
  /** Coefficient of the entropy bonus. */
  entropy: number;
}

export interface LossOutput {
  loss: tf.Scalar;
  /** `[2]` sums over the row positions: entropy, KL where it has a coefficient. Kept; caller disposes. */
  sums: tf.Tensor1D;
}
