import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../random.ts';
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

export interface ParameterShape {
  name: string;
  shape: number[];
  size: number;
  /** Place in the flat vector of all parameters. */
  offset: number;
}

const BLOCK_KEYS = ['inputNorm', 'qkv', 'attentionOut', 'postNorm', 'gateUp', 'down'] as const;

/** All parameters in the one order that lists, flat vectors and optimizer state share. */
export function parameterShapes(config: ReasonerConfig): ParameterShape[] {
  const { vocabularySize, layers, width, feedForward } = config;
  const blockShapes: Record<(typeof BLOCK_KEYS)[number], number[]> = {
    inputNorm: [width],
    qkv: [width, 3 * width],
    attentionOut: [width, width],
    postNorm: [width],
    gateUp: [width, 2 * feedForward],
    down: [feedForward, width],
  };
  const named: [string, number[]][] = [['embedding', [vocabularySize, width]]];
  for (let layer = 0; layer < layers; layer++) {
    for (const key of BLOCK_KEYS) named.push([`blocks.${layer}.${key}`, blockShapes[key]]);
  }
  named.push(['norm', [width]]);
  if (!config.tiedHead) named.push(['head', [width, vocabularySize]]);
  let offset = 0;
  return named.map(([name, shape]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    offset += size;
    return { name, shape, size, offset: offset - size };
  });
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

/**
 * Initial values, in the order of {@link parameterShapes}: normal with deviation 0.02, projections back into
 * the residual stream smaller by √(2·layers) (GPT-2, Radford et al. 2019), norms one. Same seed, same values.
 */
export function initialValues(config: ReasonerConfig, seed: number): Float32Array[] {
  const random = new Random(seed);
  const residual = 0.02 / Math.sqrt(2 * config.layers);
  return parameterShapes(config).map(({ name, shape, size }) => {
    const values = new Float32Array(size);
    if (shape.length === 1) return values.fill(1);
    const deviation = name.endsWith('attentionOut') || name.endsWith('down') ? residual : 0.02;
    // Box–Muller, both halves used.
    for (let i = 0; i < size; i += 2) {
      const radius = deviation * Math.sqrt(-2 * Math.log(1 - random.unit()));
      const angle = 2 * Math.PI * random.unit();
      values[i] = radius * Math.cos(angle);
      if (i + 1 < size) values[i + 1] = radius * Math.sin(angle);
    }
    return values;
  });
}

/** One tensor per parameter, in the order of {@link parameterShapes}. The caller disposes of them. */
export function tensorsFromValues(config: ReasonerConfig, values: readonly Float32Array[]): tf.Tensor[] {
  return parameterShapes(config).map(({ shape }, i) =>
    tf.tensor(values[i] as Float32Array, shape, 'float32'),
  );
}
