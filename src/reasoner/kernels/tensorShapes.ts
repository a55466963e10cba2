/** Attention and its reshapes in plain tfjs, for training and for decoding. */
import * as tf from '@tensorflow/tfjs-core';

/** Added to scores that must not count; finite, so that a row of nothing else has no NaN. */
export const MASKED = -1e9;

/** Masked q·kᵀ/√headDim of `[batch, heads, time, headDim]`. */
export function scoresOf(q: tf.Tensor4D, k: tf.Tensor4D, mask: tf.Tensor): tf.Tensor4D {
  const scale = 1 / Math.sqrt(q.shape[3]);
  return tf.add(tf.mul(tf.matMul(q, k, false, true), scale), mask) as tf.Tensor4D;
}

/** `[batch, heads, time, headDim]` queries on keys and values. */
export function attend(q: tf.Tensor4D, k: tf.Tensor4D, v: tf.Tensor4D, mask: tf.Tensor): tf.Tensor4D {
  return tf.matMul(tf.softmax(scoresOf(q, k, mask)), v) as tf.Tensor4D;
}

/** x·cos + rotateHalf(x)·sin on `[positions, heads, headDim]`. */
export function rotate(x: tf.Tensor3D, cos: tf.Tensor3D, sin: tf.Tensor3D): tf.Tensor3D {
  const [low, high] = tf.split(x, 2, 2) as [tf.Tensor3D, tf.Tensor3D];
  return tf.add(tf.mul(x, cos), tf.mul(tf.concat([tf.neg(high), low], 2), sin));
}

/** `[batch·time, heads, headDim]` to `[batch, heads, time, headDim]`. */
export function byHead(
  x: tf.Tensor3D,
  batch: number,
  time: number,
  heads: number,
  headDim: number,
): tf.Tensor4D {
  return tf.transpose(tf.reshape(x, [batch, time, heads, headDim]), [0, 2, 1, 3]) as tf.Tensor4D;
}

/** `[batch, heads, time, headDim]` to `[batch·time, heads·headDim]`. */
export function flat(x: tf.Tensor4D, rows: number, width: number): tf.Tensor2D {
  return tf.reshape(tf.transpose(x, [0, 2, 1, 3]), [rows, width]);
}

/** A rotary table `[positions, headDim/2]` as `[positions, 1, headDim]`, its halves alike. */
export function twice(table: Float32Array, headDim: number): tf.Tensor3D {
  return tf.tidy(() => {
    const half = tf.tensor3d(table, [(2 * table.length) / headDim, 1, headDim / 2]);
    return tf.concat([half, half], 2);
  });
}
