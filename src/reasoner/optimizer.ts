import * as tf from '@tensorflow/tfjs-core';
import type { Moments } from './core.ts';
import { inOne, inParts, parameterShapes } from './parameters.ts';
import type { ReasonerConfig, UpdateOptions } from './reasoner.ts';

/** Share of a matrix that decays per step, times the learning rate: AdamW's usual value; of little effect at these rates. */
export const WEIGHT_DECAY = 0.01;
/** AdamW's memory of the gradient's direction. */
export const BETA1 = 0.9;
/** Keeps the quotient finite where a gradient was always zero. */
export const EPSILON = 1e-8;

/**
 * AdamW (Loshchilov & Hutter 2019) with clipping of the global gradient norm, on one flat vector of all
 * parameters: a few large operations instead of a dozen for each tensor. Norm gains do not decay.
 */
export class AdamW {
  private m: tf.Tensor1D;
  private v: tf.Tensor1D;
  private readonly decays: tf.Tensor1D;
  private steps = 0;
  private readonly shapes;

  constructor(config: ReasonerConfig) {
    this.shapes = parameterShapes(config);
    const total = this.shapes.reduce((sum, { size }) => sum + size, 0);
    const decays = new Float32Array(total);
    for (const { shape, size, offset } of this.shapes) {
      if (shape.length > 1) decays.fill(1, offset, offset + size);
    }
    this.decays = tf.tensor1d(decays);
    this.m = tf.zeros([total]);
    this.v = tf.zeros([total]);
  }

  /**
   * New parameters for a flat gradient; the old ones are left to the caller, as is the gradient. Nothing
   * changes when the gradient is not finite: then `parameters` is null.
   */
  async step(
    parameters: readonly tf.Tensor[],
    gradient: tf.Tensor1D,
    options: Pick<UpdateOptions, 'learningRate' | 'maxGradNorm' | 'beta2'>,
  ): Promise<{ parameters: tf.Tensor[] | null; gradNorm: number }> {
    const normTensor = tf.tidy(() => tf.norm(gradient));
    const gradNorm = (await normTensor.data())[0] as number;
    normTensor.dispose();
    if (!Number.isFinite(gradNorm)) return { parameters: null, gradNorm };
    this.steps++;
    const { learningRate, maxGradNorm, beta2 } = options;
    const scale = gradNorm > maxGradNorm ? maxGradNorm / gradNorm : 1;
    const corrected = learningRate / (1 - BETA1 ** this.steps);
    const correction = 1 / (1 - beta2 ** this.steps);
    const updated = tf.tidy(() => {
      const g = tf.mul(gradient, scale);
      const m = tf.add(tf.mul(this.m, BETA1), tf.mul(g, 1 - BETA1)) as tf.Tensor1D;
      const v = tf.add(tf.mul(this.v, beta2), tf.mul(tf.square(g), 1 - beta2)) as tf.Tensor1D;
      const denominator = tf.add(tf.sqrt(tf.mul(v, correction)), EPSILON);
      const p = flatten(parameters);
      const decay = tf.mul(tf.mul(p, this.decays), learningRate * WEIGHT_DECAY);
      const next = tf.sub(tf.sub(p, tf.div(tf.mul(m, corrected), denominator)), decay) as tf.Tensor1D;
      return { m, v, list: this.unflatten(next) };
    });
    tf.dispose([this.m, this.v]);
    this.m = updated.m;
    this.v = updated.v;
    return { parameters: updated.list, gradNorm };
  }

  /** What it remembers of earlier updates. */
  async read(): Promise<Moments> {
    const [first, second] = await Promise.all([this.m, this.v].map((moment) => moment.data()));
    const { steps } = this;
    return {
      first: inParts(this.shapes, first as Float32Array),
      second: inParts(this.shapes, second as Float32Array),
      steps,
    };
  }

  /** The opposite of {@link read}. */
  write({ first, second, steps }: Moments): void {
    tf.dispose([this.m, this.v]);
    this.m = tf.tensor1d(inOne(first));
    this.v = tf.tensor1d(inOne(second));
    this.steps = steps;
  }

  private unflatten(flatVector: tf.Tensor1D): tf.Tensor[] {
    return this.shapes.map(({ shape, size, offset }) =>
      tf.reshape(tf.slice(flatVector, [offset], [size]), shape),
    );
  }

  dispose(): void {
    tf.dispose([this.m, this.v, this.decays]);
  }
}

/** All tensors as one vector, in order. */
export function flatten(tensors: readonly tf.Tensor[]): tf.Tensor1D {
  return tf.concat1d(tensors.map((tensor) => tf.reshape(tensor, [tensor.size]) as tf.Tensor1D));
}
