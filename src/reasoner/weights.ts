import * as tf from '@tensorflow/tfjs-core';
import { BLOCK_KEYS, parameterShapes } from './parameters.ts';
import type { ReasonerConfig } from './reasoner.ts';

/**
 * Weights of one block as the engine multiplies with them: matrices are `[in, out]`, and what reads the same
 * input is one matrix (fewer, larger products). The Hugging Face names and `[out, in]` live in `checkpoint.ts`.
 */
interface BlockWeights {
  /** `[width]` */
  inputNorm: tf.Tensor1D;
  /** `[width, 3·width]`: queries, keys, values; inside each, heads side by side. */
  qkv: tf.Tensor2D;
  /** `[width, width]` */
  attentionOut: tf.Tensor2D;
  /** `[width]` */
  postNorm: tf.Tensor1D;
  /** `[width, 2·feedForward]`: gate, then up. */
  gateUp: tf.Tensor2D;
  /** `[feedForward, width]` */
  down: tf.Tensor2D;
}

export interface Weights {
  /** `[vocabulary, width]` */
  embedding: tf.Tensor2D;
  blocks: BlockWeights[];
  /** `[width]` */
  norm: tf.Tensor1D;
  /** `[width, vocabulary]`; null when the head is tied to the embedding. */
  head: tf.Tensor2D | null;
}

/** Gives names to a list of tensors in the order of {@link parameterShapes}. */
export function weightsFromList(config: ReasonerConfig, list: readonly tf.Tensor[]): Weights {
  const perBlock = BLOCK_KEYS.length;
  const blocks = Array.from({ length: config.layers }, (_, layer) => {
    const entries = BLOCK_KEYS.map((key, i) => [key, list[1 + layer * perBlock + i]]);
    return Object.fromEntries(entries) as BlockWeights;
  });
  const end = 1 + config.layers * perBlock;
  return {
    embedding: list[0] as tf.Tensor2D,
    blocks,
    norm: list[end] as tf.Tensor1D,
    head: config.tiedHead ? null : (list[end + 1] as tf.Tensor2D),
  };
}

/** One tensor per parameter, in the order of {@link parameterShapes}. The caller disposes of them. */
export function tensorsFromValues(config: ReasonerConfig, values: readonly Float32Array[]): tf.Tensor[] {
  return parameterShapes(config).map(({ shape }, i) =>
    tf.tensor(values[i] as Float32Array, shape, 'float32'),
  );
}
