/**
 * Gradients are written out here operation by operation; tfjs's own registry of gradients is not loaded (it is
 * large, and several of its entries are wrong or missing on some backend). tfjs keeps the tape.
 */
import * as tf from '@tensorflow/tfjs-core';

type Save = (tensors: tf.Tensor[]) => void;

/** A value, and the gradients of its inputs given its own and the tensors that were saved. */
export interface Derivation {
  value: tf.Tensor;
  gradient: (dy: tf.Tensor2D, saved: tf.Tensor[]) => tf.Tensor[];
}

/** An operation with its own gradient; `compute` saves the tensors that its gradient reads. */
export function differentiable<T extends tf.Tensor>(
  inputs: tf.Tensor[],
  compute: (inputs: tf.Tensor[], save: Save) => Derivation,
): T {
  const operation = tf.customGrad((...args) => {
    const save = args.pop() as unknown as Save;
    const { value, gradient } = compute(args as tf.Tensor[], save);
    return { value, gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => gradient(dy as tf.Tensor2D, saved) };
  });
  return operation(...inputs) as T;
}

/** x `[n, in]` · weight `[in, out]`. */
export function linear(x: tf.Tensor2D, weight: tf.Tensor2D): tf.Tensor2D {
  return differentiable([x, weight], ([a, b], save) => {
    save([a as tf.Tensor, b as tf.Tensor]);
    return {
      value: tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D),
      gradient: (dy, [savedX, savedWeight]) => [
        tf.matMul(dy, savedWeight as tf.Tensor2D, false, true),
        tf.matMul(savedX as tf.Tensor2D, dy, true, false),
      ],
    };
  });
}

/** x `[n, width]` · table `[vocabulary, width]` transposed: the head that is tied to the embedding. */
export function tiedLinear(x: tf.Tensor2D, table: tf.Tensor2D): tf.Tensor2D {
  return differentiable([x, table], ([a, b], save) => {
    save([a as tf.Tensor, b as tf.Tensor]);
    return {
      value: tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D, false, true),
      gradient: (dy, [savedX, savedTable]) => [
        tf.matMul(dy, savedTable as tf.Tensor2D),
        tf.matMul(dy, savedX as tf.Tensor2D, true, false),
      ],
    };
  });
}

/** a + b, of equal shapes. */
export function residualAdd(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return differentiable([a, b], ([x, y]) => ({
    value: tf.add(x as tf.Tensor, y as tf.Tensor),
    gradient: (dy) => [tf.clone(dy), tf.clone(dy)],
  }));
}
