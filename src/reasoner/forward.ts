import type * as tf from '@tensorflow/tfjs-core';
import { linear, residualAdd, tiedLinear } from './kernels/differentiable.ts';
import type { Kernels, Prepared } from './kernels/kernels.ts';
import type { ReasonerConfig } from './reasoner.ts';
import type { Weights } from './weights.ts';

/** Turns queries, keys and values `[n, 3·width]` of a block into what attention reads, `[m, width]`. */
export type Attend = (qkv: tf.Tensor2D, layer: number) => tf.Tensor2D;

/**
 * The decoder on one batch: logits at the rows' positions, `[tokens - prefixTokens, vocabulary]`. Prefixes
 * stop being computed after the last block's keys and values, since nothing reads further.
 */
export function rowLogits(weights: Weights, batch: Prepared, kernels: Kernels): tf.Tensor2D {
  const last = weights.blocks.length - 1;
  const x = runBlocks(
    weights,
    batch.config,
    kernels,
    kernels.embed(batch, weights.embedding),
    (qkv, layer) => kernels.attention(batch, qkv, layer === last),
    (residual) => kernels.rows(batch, residual),
  );
  return headLogits(weights, batch.config, kernels, x);
}

/**
 * All blocks on the residual stream `x` `[n, width]`. When the last block's attention answers for fewer
 * positions, `trim` takes the residual stream down to the same.
 */
export function runBlocks(
  weights: Weights,
  config: ReasonerConfig,
  kernels: Pick<Kernels, 'rmsNorm' | 'swiglu'>,
  x: tf.Tensor2D,
  attend: Attend,
  trim?: (x: tf.Tensor2D) => tf.Tensor2D,
): tf.Tensor2D {
  const epsilon = config.rmsNormEpsilon;
  let residual = x;
  for (const [layer, block] of weights.blocks.entries()) {
    const qkv = linear(kernels.rmsNorm(residual, block.inputNorm, epsilon), block.qkv);
    const attended = attend(qkv, layer);
    if (trim && layer === weights.blocks.length - 1) residual = trim(residual);
    residual = residualAdd(residual, linear(attended, block.attentionOut));
    const gateUp = linear(kernels.rmsNorm(residual, block.postNorm, epsilon), block.gateUp);
    residual = residualAdd(residual, linear(kernels.swiglu(gateUp), block.down));
  }
  return residual;
}

/** Final norm and head: the residual stream `[n, width]` to logits `[n, vocabulary]`. */
export function headLogits(
  weights: Weights,
  config: ReasonerConfig,
  kernels: Pick<Kernels, 'rmsNorm'>,
  x: tf.Tensor2D,
): tf.Tensor2D {
  const hidden = kernels.rmsNorm(x, weights.norm, config.rmsNormEpsilon);
  return weights.head ? linear(hidden, weights.head) : tiedLinear(hidden, weights.embedding);
}
