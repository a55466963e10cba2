import * as tf from '@tensorflow/tfjs-core';
import { differentiable } from './differentiable.ts';
import type { LossOutput, LossTerms } from './kernels.ts';

/** The objective of `loss.ts` in plain tfjs; its gradient comes out of the same pass. */
export function plainPolicyLoss(
  logits: tf.Tensor2D,
  baseLogits: tf.Tensor2D | null,
  terms: LossTerms,
): LossOutput {
  let sums: tf.Tensor1D | null = null;
  const loss = differentiable<tf.Scalar>([logits], ([z], save) => {
    const result = lossGradient(z as tf.Tensor2D, baseLogits, terms);
    sums = tf.keep(result.sums);
    save([result.gradient]);
    return { value: result.loss, gradient: (dy, [gradient]) => [tf.mul(gradient as tf.Tensor2D, dy)] };
  });
  return { loss, sums: sums as unknown as tf.Tensor1D };
}

function lossGradient(logits: tf.Tensor2D, baseLogits: tf.Tensor2D | null, terms: LossTerms) {
  const [n, vocabulary] = logits.shape;
  const column = (values: Float32Array) => tf.tensor2d(values, [n, 1]);
  const rowSum = (x: tf.Tensor) => tf.sum(x, 1, true);
  const counts = column(terms.counts);
  const logp = tf.logSoftmax(tf.div(logits, terms.temperature) as tf.Tensor2D);
  const p = tf.exp(logp);
  const oneHot = tf.cast(tf.oneHot(tf.tensor1d(terms.targets, 'int32'), vocabulary), 'float32');
  const chosen = rowSum(tf.mul(logp, oneHot));
  const weights = column(terms.weights);
  const entropy = tf.neg(rowSum(tf.mul(p, logp)));

  let perToken = tf.sub(tf.neg(tf.mul(weights, chosen)), tf.mul(entropy, terms.entropy));
  let gradient = tf.sub(
    tf.mul(weights, tf.sub(p, oneHot)),
    tf.mul(tf.mul(tf.neg(p), tf.add(logp, entropy)), terms.entropy),
  );
  let kl: tf.Tensor = tf.zerosLike(counts);
  if (baseLogits) {
    const gap = tf.sub(logp, tf.logSoftmax(tf.div(baseLogits, terms.temperature) as tf.Tensor2D));
    const coefficient = column(terms.klToBase);
    kl = rowSum(tf.mul(p, gap));
    perToken = tf.add(perToken, tf.mul(kl, coefficient));
    gradient = tf.add(gradient, tf.mul(tf.mul(p, tf.sub(gap, kl)), coefficient));
  }
  const loss = tf.div(tf.sum(tf.mul(perToken, counts)), terms.normalizer) as tf.Scalar;
  const hasKl = column(terms.klToBase.map((value) => (value > 0 ? 1 : 0)));
  const sums = tf.stack([
    tf.sum(tf.mul(entropy, counts)),
    tf.sum(tf.mul(kl, tf.mul(hasKl, counts))),
  ]) as tf.Tensor1D;
  const share = tf.div(counts, terms.normalizer * terms.temperature);
  return { loss, sums, gradient: tf.mul(gradient, share) as tf.Tensor2D };
}
