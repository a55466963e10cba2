/** The operations of the decoder in plain tfjs: right on every backend, fast on none. */
import * as tf from '@tensorflow/tfjs-core';
import type { TokenBatch } from '../batch.ts';
import type { ReasonerConfig } from '../reasoner.ts';
import { rotaryTables } from '../rotary.ts';
import { differentiable } from './differentiable.ts';
import type { Kernels, Prepared } from './kernels.ts';
import { type AttentionShape, plainAttention } from './plainAttention.ts';
import { PlainDecoder } from './plainDecoder.ts';
import { plainPolicyLoss } from './plainLoss.ts';
import { MASKED, twice } from './tensorShapes.ts';

interface PlainPrepared extends Prepared {
  tokens: tf.Tensor1D;
  attention: AttentionShape;
}

/** Most rows of a decoder, and the bytes that their keys and values may take. */
const MOST_ROWS = 128;
const CACHE_BYTES = 128e6;

function decoderRows({ layers, width, contextLength }: ReasonerConfig): number {
  const bytes = 4 * 2 * layers * width * contextLength;
  return Math.max(8, Math.min(MOST_ROWS, Math.floor(CACHE_BYTES / bytes)));
}

/** `tokenBudget`: positions of a micro-batch. */
export function plainKernels(tokenBudget: number): Kernels {
  const kernels: Kernels = {
    packing: { style: 'padded', tokenBudget },
    decoderRows,
    prepare,
    embed,
    rmsNorm,
    attention: (batch, qkv, rowsOnly) => plainAttention((batch as PlainPrepared).attention, qkv, rowsOnly),
    swiglu,
    rows,
    policyLoss: plainPolicyLoss,
    targetLogprobs: (logits, targets, temperature) => {
      const logp = tf.logSoftmax(tf.div(logits, temperature) as tf.Tensor2D);
      const oneHot = tf.cast(tf.oneHot(tf.tensor1d(targets, 'int32'), logits.shape[1]), 'float32');
      return tf.sum(tf.mul(logp, oneHot), 1) as tf.Tensor1D;
    },
    klToBase: (logits, baseLogits, temperature) => {
      const [logp, logBase] = [logits, baseLogits].map((x) => tf.logSoftmax(tf.div(x, temperature))) as [
        tf.Tensor,
        tf.Tensor,
      ];
      return tf.sum(tf.mul(tf.exp(logp), tf.sub(logp, logBase)), 1) as tf.Tensor1D;
    },
    startDecoding: (weights, config, prefixes, rowPrefix) =>
      new PlainDecoder(kernels, weights, config, prefixes, rowPrefix),
  };
  return kernels;
}

function prepare(batch: TokenBatch, config: ReasonerConfig): PlainPrepared {
  const { layout } = batch;
  const rectangle = layout.rectangle;
  if (!rectangle) throw new Error('Plain attention needs a padded batch');
  const { prefixLength: P, rowLength: R } = rectangle;
  const headDim = config.width / config.heads;
  const { cos, sin } = rotaryTables(batch.positions, headDim, config.ropeTheta);
  const prefixMask = new Float32Array(P * P);
  for (let i = 0; i < P; i++) prefixMask.fill(MASKED, i * P + i + 1, (i + 1) * P);
  const rowCount = layout.rowOffset.length;
  const rowMask = new Float32Array(rowCount * R * (P + R));
  for (let r = 0; r < rowCount; r++) {
    const seen = layout.prefixLength[layout.rowPrefix[r] as number] as number;
    for (let i = 0; i < R; i++) {
      const start = (r * R + i) * (P + R);
      rowMask.fill(MASKED, start + seen, start + P);
      rowMask.fill(MASKED, start + P + i + 1, start + P + R);
    }
  }
  const tokens = tf.tensor1d(batch.inputs, 'int32');
  const tables = {
    cos: twice(cos, headDim),
    sin: twice(sin, headDim),
    prefixMask: tf.tensor2d(prefixMask, [P, P]),
    rowMask: tf.tensor4d(rowMask, [rowCount, 1, R, P + R]),
  };
  return {
    batch,
    config,
    tokens,
    attention: { ...tables, config, layout, rectangle },
    dispose: () => tf.dispose([tokens, ...Object.values(tables)]),
  };
}

function embed(batch: Prepared, table: tf.Tensor2D): tf.Tensor2D {
  const { tokens } = batch as PlainPrepared;
  return differentiable([table], ([x]) => ({
    value: tf.gather(x as tf.Tensor2D, tokens),
    gradient: (dy) => {
      // A product adds in a fixed order, unlike a scatter on WebGPU, so runs repeat exactly.
      const oneHot = tf.cast(tf.oneHot(tokens, batch.config.vocabularySize), 'float32') as tf.Tensor2D;
      return [tf.matMul(oneHot, dy, true, false)];
    },
  }));
}

function rmsNorm(x: tf.Tensor2D, gain: tf.Tensor1D, epsilon: number): tf.Tensor2D {
  return differentiable([x, gain], ([input, g], save) => {
    const scale = tf.rsqrt(tf.add(tf.mean(tf.square(input as tf.Tensor), 1, true), epsilon));
    const normed = tf.mul(input as tf.Tensor, scale);
    save([normed, scale, g as tf.Tensor]);
    return {
      value: tf.mul(normed, g as tf.Tensor),
      gradient: (dy, [n, s, gains]) => {
        const inner = tf.mul(dy, gains as tf.Tensor);
        const along = tf.mean(tf.mul(inner, n as tf.Tensor), 1, true);
        const dx = tf.mul(tf.sub(inner, tf.mul(n as tf.Tensor, along)), s as tf.Tensor);
        return [dx, tf.sum(tf.mul(dy, n as tf.Tensor), 0)];
      },
    };
  });
}

function swiglu(gateUp: tf.Tensor2D): tf.Tensor2D {
  return differentiable([gateUp], ([x], save) => {
    save([x as tf.Tensor]);
    const [gate, up] = tf.split(x as tf.Tensor2D, 2, 1) as [tf.Tensor2D, tf.Tensor2D];
    return {
      value: tf.mul(tf.mul(gate, tf.sigmoid(gate)), up),
      gradient: (dy, [saved]) => {
        const [g, u] = tf.split(saved as tf.Tensor2D, 2, 1) as [tf.Tensor2D, tf.Tensor2D];
        const s = tf.sigmoid(g);
        const slope = tf.mul(s, tf.add(tf.mul(g, tf.sub(1, s)), 1));
        return [tf.concat([tf.mul(tf.mul(dy, u), slope), tf.mul(dy, tf.mul(g, s))], 1)];
      },
    };
  });
}

function rows(batch: Prepared, x: tf.Tensor2D): tf.Tensor2D {
  const { tokens, prefixTokens } = batch.batch.layout;
  if (prefixTokens === 0) return x;
  return differentiable([x], ([input]) => ({
    value: tf.slice(input as tf.Tensor2D, [prefixTokens, 0], [tokens - prefixTokens, -1]),
    gradient: (dy) => [
      tf.pad(dy, [
        [prefixTokens, 0],
        [0, 0],
      ]),
    ],
  }));
}
