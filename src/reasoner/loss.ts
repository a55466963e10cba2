/**
 * The objective of one gradient step:
 *
 *   (1/normalizer) · Σ over response tokens of −A·log π(token) + β·KL(π‖base) − c·H(π)
 *
 * π is the policy at the sampling temperature; KL and entropy are exact sums over the vocabulary. A step of
 * self-play makes one update with the responses that the same policy has just sampled, so the ratio of PPO
 * (Schulman et al. 2017; paper §3.2) is 1, its gradient is that of A·log π, and a clip would never act.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { MicroBatch } from './batch.ts';
import { NO_BASE } from './core.ts';
import { rowLogits } from './forward.ts';
import type { Kernels, LossOutput } from './kernels/kernels.ts';
import type { ReasonerConfig, UpdateOptions } from './reasoner.ts';
import { type Weights, weightsFromList } from './weights.ts';

export type LossOptions = Pick<UpdateOptions, 'normalizer' | 'temperature' | 'entropy'>;

export interface LossAndGradients {
  loss: tf.Scalar;
  /** In the order of the parameters. */
  gradients: tf.Tensor[];
  /** `[2]` sums: entropy, KL. */
  sums: tf.Tensor1D;
}

/**
 * Loss and gradients of a micro-batch. The caller disposes of all tensors in the result. Throws an Error when a
 * position has a KL coefficient and `base` is null.
 */
export function lossAndGradients(
  config: ReasonerConfig,
  parameters: readonly tf.Tensor[],
  base: Weights | null,
  batch: MicroBatch,
  options: LossOptions,
  kernels: Kernels,
): LossAndGradients {
  const prepared = kernels.prepare(batch, config);
  try {
    return tf.tidy(() => {
      if (batch.usesBase && !base) throw new Error(NO_BASE);
      const baseLogits = batch.usesBase && base ? rowLogits(base, prepared, kernels) : null;
      let sums: tf.Tensor1D | null = null;
      const { value, grads } = tf.valueAndGrads((...list: tf.Tensor[]) => {
        const logits = rowLogits(weightsFromList(config, list), prepared, kernels);
        const output: LossOutput = kernels.policyLoss(logits, baseLogits, {
          targets: batch.targets,
          counts: batch.counts,
          weights: batch.weights,
          klToBase: batch.klToBase,
          temperature: options.temperature,
          normalizer: options.normalizer,
          entropy: options.entropy ?? 0,
        });
        sums = output.sums;
        return output.loss;
      })([...parameters]);
      return { loss: value as tf.Scalar, gradients: grads, sums: sums as unknown as tf.Tensor1D };
    });
  } finally {
    prepared.dispose();
  }
}

/** log π(target) at every row position, `[tokens - prefixTokens]`. */
export function targetLogprobs(
  weights: Weights,
  config: ReasonerConfig,
  batch: MicroBatch,
  temperature: number,
  kernels: Kernels,
): tf.Tensor1D {
  const prepared = kernels.prepare(batch, config);
  try {
    return tf.tidy(() => {
      return kernels.targetLogprobs(rowLogits(weights, prepared, kernels), batch.targets, temperature);
    });
  } finally {
    prepared.dispose();
  }
}

/**
 * Σ over the batch's response tokens of KL(π‖base), in nats: forward passes only. `base` are the weights to
 * compare with.
 */
export async function sumOfKl(
  weights: Weights,
  base: Weights,
  config: ReasonerConfig,
  batch: MicroBatch,
  temperature: number,
  kernels: Kernels,
): Promise<number> {
  const prepared = kernels.prepare(batch, config);
  const perPosition = tf.tidy(() =>
    kernels.klToBase(rowLogits(weights, prepared, kernels), rowLogits(base, prepared, kernels), temperature),
  );
  try {
    const values = await perPosition.data();
    // Positions of padding have a KL too, which does not count.
    return batch.counts.reduce((sum, times, i) => (times > 0 ? sum + times * (values[i] as number) : sum), 0);
  } finally {
    perPosition.dispose();
    prepared.dispose();
  }
}
