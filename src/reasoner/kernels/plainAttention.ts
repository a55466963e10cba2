import * as tf from '@tensorflow/tfjs-core';
import type { Layout } from '../batch.ts';
import type { ReasonerConfig } from '../reasoner.ts';
import { differentiable } from './differentiable.ts';
import { byHead, flat, rotate, scoresOf } from './tensorShapes.ts';

/** What attention needs to know of a padded batch. */
export interface AttentionShape {
  config: ReasonerConfig;
  layout: Layout;
  rectangle: NonNullable<Layout['rectangle']>;
  /** `[tokens, 1, headDim]` */
  cos: tf.Tensor3D;
  sin: tf.Tensor3D;
  /** `[prefixLength, prefixLength]` */
  prefixMask: tf.Tensor2D;
  /** `[rows, 1, rowLength, prefixLength + rowLength]` */
  rowMask: tf.Tensor4D;
}

/** Rotary attention in plain tfjs, forward and backward; see `Kernels.attention`. */
export function plainAttention(shape: AttentionShape, qkv: tf.Tensor2D, rowsOnly: boolean): tf.Tensor2D {
  return differentiable([qkv], ([x], save) => {
    const parts = new Parts(shape);
    const { q, k, v } = parts.split(x as tf.Tensor2D);
    const keys = parts.rowKeys(k);
    const values = parts.rowKeys(v);
    const rowWeights = tf.softmax(scoresOf(parts.rows(q), keys, shape.rowMask));
    const saved = [q, k, v, rowWeights] as tf.Tensor[];
    let value = parts.flatRows(tf.matMul(rowWeights, values) as tf.Tensor4D);
    if (!rowsOnly && parts.hasPrefixes) {
      const prefixWeights = tf.softmax(scoresOf(parts.prefixes(q), parts.prefixes(k), shape.prefixMask));
      saved.push(prefixWeights);
      const prefixOut = tf.matMul(prefixWeights, parts.prefixes(v)) as tf.Tensor4D;
      value = tf.concat([parts.flatPrefixes(prefixOut), value], 0);
    }
    save(saved);
    return { value, gradient: (dy, tensors) => [parts.backward(dy, tensors, rowsOnly)] };
  });
}

/** Cuts flat tensors into prefixes and rows by head, and puts them together again. */
class Parts {
  private readonly tokens: number;
  private readonly prefixTokens: number;
  private readonly heads: number;
  private readonly headDim: number;

  constructor(private readonly shape: AttentionShape) {
    this.tokens = shape.layout.tokens;
    this.prefixTokens = shape.layout.prefixTokens;
    this.heads = shape.config.heads;
    this.headDim = shape.config.width / shape.config.heads;
  }

  /** Rows may be whole sequences, with no prefix before them. */
  get hasPrefixes(): boolean {
    return this.prefixTokens > 0;
  }

  /** `[tokens, 3·width]` to rotated queries and keys, and values, `[tokens, heads, headDim]`. */
  split(qkv: tf.Tensor2D): { q: tf.Tensor3D; k: tf.Tensor3D; v: tf.Tensor3D } {
    const { cos, sin } = this.shape;
    const [q, k, v] = (tf.split(qkv, 3, 1) as tf.Tensor2D[]).map((x) =>
      tf.reshape(x, [this.tokens, this.heads, this.headDim]),
    ) as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
    return { q: rotate(q, cos, sin), k: rotate(k, cos, sin), v };
  }

  /** `[prefixes, heads, prefixLength, headDim]` */
  prefixes(x: tf.Tensor3D): tf.Tensor4D {
    const { prefixes, prefixLength } = this.shape.rectangle;
    const part = tf.slice(x, [0, 0, 0], [this.prefixTokens, this.heads, this.headDim]);
    return byHead(part, prefixes, prefixLength, this.heads, this.headDim);
  }

  /** `[rows, heads, rowLength, headDim]` */
  rows(x: tf.Tensor3D): tf.Tensor4D {
    const { prefixes, copies, rowLength } = this.shape.rectangle;
    const size = this.tokens - this.prefixTokens;
    const part = this.hasPrefixes
      ? tf.slice(x, [this.prefixTokens, 0, 0], [size, this.heads, this.headDim])
      : x;
    return byHead(part, prefixes * copies, rowLength, this.heads, this.headDim);
  }

  /** What rows attend to: their prefix, repeated for each of them, then themselves. */
  rowKeys(x: tf.Tensor3D): tf.Tensor4D {
    if (!this.hasPrefixes) return this.rows(x);
    const { prefixes, copies, prefixLength } = this.shape.rectangle;
    const size = this.heads * prefixLength * this.headDim;
    const repeated = tf.tile(tf.reshape(this.prefixes(x), [prefixes, 1, size]), [1, copies, 1]);
    const shape: [number, number, number, number] = [
      prefixes * copies,
      this.heads,
      prefixLength,
      this.headDim,
    ];
    return tf.concat([tf.reshape(repeated, shape) as tf.Tensor4D, this.rows(x)], 2);
  }

  flatRows(x: tf.Tensor4D): tf.Tensor2D {
    return flat(x, this.tokens - this.prefixTokens, this.heads * this.headDim);
  }

  flatPrefixes(x: tf.Tensor4D): tf.Tensor2D {
    return flat(x, this.prefixTokens, this.heads * this.headDim);
  }

  backward(dy: tf.Tensor2D, saved: tf.Tensor[], rowsOnly: boolean): tf.Tensor2D {
    const [q, k, v] = saved as tf.Tensor3D[] as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
    const rowWeights = saved[3] as tf.Tensor4D;
    const width = this.heads * this.headDim;
    const dyAll = tf.reshape(
      rowsOnly && this.hasPrefixes
        ? tf.pad(dy, [
            [this.prefixTokens, 0],
            [0, 0],
          ])
        : dy,
      [this.tokens, this.heads, this.headDim],
    ) as tf.Tensor3D;
    const ofRows = attentionGradient(
      this.rows(q),
      this.rowKeys(k),
      this.rowKeys(v),
      rowWeights,
      this.rows(dyAll),
    );
    const rowParts = [ofRows.q, this.own(ofRows.k), this.own(ofRows.v)];
    const prefixParts = this.hasPrefixes
      ? this.prefixGradients(saved, ofRows, rowsOnly ? null : this.prefixes(dyAll))
      : null;
    const { cos, sin } = this.shape;
    const backwards = tf.neg(sin) as tf.Tensor3D;
    const parts = rowParts.map((rows, i) => {
      const flatRows = this.flatRows(rows);
      const part = prefixParts ? tf.concat([this.flatPrefixes(prefixParts[i]!), flatRows]) : flatRows;
      if (i === 2) return part;
      const heads = tf.reshape(part, [this.tokens, this.heads, this.headDim]) as tf.Tensor3D;
      return tf.reshape(rotate(heads, cos, backwards), [this.tokens, width]) as tf.Tensor2D;
    });
    return tf.concat(parts, 1);
  }

  /**
   * Gradients of the prefixes' queries, keys and values: what the rows that see them pass on, and, where prefixes
   * have outputs, what comes from `dy`.
   */
  private prefixGradients(
    saved: readonly tf.Tensor[],
    ofRows: { k: tf.Tensor4D; v: tf.Tensor4D },
    dy: tf.Tensor4D | null,
  ): tf.Tensor4D[] {
    const [q, k, v] = (saved as tf.Tensor3D[]).slice(0, 3).map((x) => this.prefixes(x)) as [
      tf.Tensor4D,
      tf.Tensor4D,
      tf.Tensor4D,
    ];
    const [fromRowsK, fromRowsV] = [this.fold(ofRows.k), this.fold(ofRows.v)];
    if (!dy) return [tf.zerosLike(q), fromRowsK, fromRowsV];
    const inner = attentionGradient(q, k, v, saved[4] as tf.Tensor4D, dy);
    return [inner.q, tf.add(fromRowsK, inner.k), tf.add(fromRowsV, inner.v)];
  }

  /** The prefix columns of a gradient of {@link rowKeys}, summed over the rows that share the prefix. */
  private fold(x: tf.Tensor4D): tf.Tensor4D {
    const { prefixes, copies, prefixLength } = this.shape.rectangle;
    const part = tf.slice(x, [0, 0, 0, 0], [prefixes * copies, this.heads, prefixLength, this.headDim]);
    const size = this.heads * prefixLength * this.headDim;
    return tf.reshape(tf.sum(tf.reshape(part, [prefixes, copies, size]), 1), [
      prefixes,
      this.heads,
      prefixLength,
      this.headDim,
    ]);
  }

  /** The rows' own columns of a gradient of {@link rowKeys}. */
  private own(x: tf.Tensor4D): tf.Tensor4D {
    if (!this.hasPrefixes) return x;
    const { prefixes, copies, prefixLength, rowLength } = this.shape.rectangle;
    return tf.slice(x, [0, 0, prefixLength, 0], [prefixes * copies, this.heads, rowLength, this.headDim]);
  }
}

/** Gradients of softmax(q·kᵀ/√d)·v, given the softmax `[batch, heads, queries, keys]`. */
function attentionGradient(
  q: tf.Tensor4D,
  k: tf.Tensor4D,
  v: tf.Tensor4D,
  weights: tf.Tensor4D,
  dy: tf.Tensor4D,
): { q: tf.Tensor4D; k: tf.Tensor4D; v: tf.Tensor4D } {
  const scale = 1 / Math.sqrt(q.shape[3]);
  const dWeights = tf.matMul(dy, v, false, true);
  const dScores = tf.mul(
    tf.mul(weights, tf.sub(dWeights, tf.sum(tf.mul(weights, dWeights), 3, true))),
    scale,
  ) as tf.Tensor4D;
  return {
    q: tf.matMul(dScores, k) as tf.Tensor4D,
    k: tf.matMul(dScores, q, true, false) as tf.Tensor4D,
    v: tf.matMul(weights, dy, true, false) as tf.Tensor4D,
  };
}
