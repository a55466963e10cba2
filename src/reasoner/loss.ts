/**
 * The objective of one gradient step:
 *
 *   (1/normalizer) · Σ over response tokens of −A·ρ + β·KL(π‖base) − c·H(π)
 *
 * with ρ = π/π_sampler, A·ρ bounded as in PPO when asked (Schulman et al. 2017), and A·log π in place of A·ρ
 * where no sampler log-probability is given. π is the policy at the sampling temperature; KL and entropy are
 * exact sums over the vocabulary.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { MicroBatch } from './batch.ts';
import { rowLogits } from './forward.ts';
import type { Kernels, LossOutput } from './kernels/kernels.ts';
import { type Weights, weightsFromList } from './parameters.ts';
import type { ReasonerConfig, UpdateOptions } from './reasoner.ts';

export type LossOptions = Pick<UpdateOptions, 'normalizer' | 'temperature' | 'ppoClip' | 'entropy'>;

export interface LossAndGradients {
  loss: tf.Scalar;
  /** In the order of the parameters. */
  gradients: tf.Tensor[];
  /** `[3]` sums: entropy, KL, clipped ratios. */
  sums: tf.Tensor1D;
}

/** Loss and gradients of a micro-batch. The caller disposes of all tensors in the result. */
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
      if (batch.usesBase && !base) throw new Error('KL to the base was asked for, but no base was frozen');
      const baseLogits = batch.usesBase && base ? rowLogits(base, prepared, kernels) : null;
      let sums: tf.Tensor1D | null = null;
      const { value, grads } = tf.valueAndGrads((...list: tf.Tensor[]) => {
        const logits = rowLogits(weightsFromList(config, list), prepared, kernels);
        const output: LossOutput = kernels.policyLoss(logits, baseLogits, {
          targets: batch.targets,
          mask: batch.mask,
          weights: batch.weights,
          samplerLogprobs: batch.samplerLogprobs,
          klToBase: batch.klToBase,
          temperature: options.temperature,
          normalizer: options.normalizer,
          entropy: options.entropy ?? 0,
          ratioBounds: ratioBounds(options.ppoClip),
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

/** Lowest ratio, highest ratio, and the highest one where the advantage is negative. */
function ratioBounds(clip: LossOptions['ppoClip']): [number, number, number] | null {
  return clip ? [1 - clip.low, 1 + clip.high, clip.dual ?? Number.POSITIVE_INFINITY] : null;
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
