import * as tf from '@tensorflow/tfjs-core';
import type { MicroBatch } from './batch.ts';
import { type Core, type Moments, NO_BASE, type UpdateSums } from './core.ts';
import type { Packing } from './groups.ts';
import type { Kernels } from './kernels/kernels.ts';
import { lossAndGradients, sumOfKl, targetLogprobs } from './loss.ts';
import { AdamW, flatten } from './optimizer.ts';
import type { ReasonerConfig, ReasonerMemory, Rollout, SampleOptions, UpdateOptions } from './reasoner.ts';
import { sampleResponses } from './sampler.ts';
import { tensorsFromValues, type Weights, weightsFromList } from './weights.ts';

/** The decoder on the current TensorFlow.js backend, with the operations of {@link Kernels} on its tape. */
export class TapeCore implements Core {
  private parameters: tf.Tensor[];
  private base: tf.Tensor[] | null = null;
  private optimizer: AdamW;

  constructor(
    private readonly config: ReasonerConfig,
    private readonly kernels: Kernels,
    values: readonly Float32Array[],
  ) {
    this.parameters = tensorsFromValues(config, values);
    this.optimizer = new AdamW(config);
  }

  get packing(): Packing {
    return this.kernels.packing;
  }

  readonly hasMuon = false;

  get hasBase(): boolean {
    return this.base !== null;
  }

  async sample(prompts: readonly (readonly number[])[], options: SampleOptions): Promise<Rollout[]> {
    const weights = options.weights === 'base' ? this.baseWeights() : this.weights();
    return sampleResponses(weights, this.config, this.kernels, prompts, options);
  }

  async update(batches: readonly MicroBatch[], options: UpdateOptions): Promise<UpdateSums> {
    const total: UpdateSums = { loss: 0, entropy: 0, kl: 0, gradNorm: 0 };
    const base = this.base ? weightsFromList(this.config, this.base) : null;
    let gradient: tf.Tensor1D | null = null;
    try {
      for (const batch of batches) {
        const result = lossAndGradients(this.config, this.parameters, base, batch, options, this.kernels);
        const added: tf.Tensor1D = tf.tidy(() => {
          const vector = flatten(result.gradients);
          return gradient ? tf.add(gradient, vector) : vector;
        });
        tf.dispose([gradient, result.gradients].filter((x) => x !== null));
        gradient = added;
        // Reading also keeps the GPU's queue short.
        const [loss, sums] = await Promise.all([result.loss.data(), result.sums.data()]);
        tf.dispose([result.loss, result.sums]);
        total.loss += loss[0] as number;
        total.entropy += sums[0] as number;
        total.kl += sums[1] as number;
      }
      if (gradient) {
        const { parameters, gradNorm } = await this.optimizer.step(this.parameters, gradient, options);
        total.gradNorm = gradNorm;
        if (parameters) {
          tf.dispose(this.parameters);
          this.parameters = parameters;
        }
      }
    } finally {
      if (gradient) (gradient as tf.Tensor1D).dispose();
    }
    return total;
  }

  async logprobs(batch: MicroBatch, temperature: number): Promise<Float32Array> {
    const tensor = targetLogprobs(this.weights(), this.config, batch, temperature, this.kernels);
    const values = await tensor.data();
    tensor.dispose();
    return values as Float32Array;
  }

  async klToBase(batches: readonly MicroBatch[], temperature: number): Promise<number> {
    const base = this.baseWeights();
    let sum = 0;
    for (const batch of batches) {
      sum += await sumOfKl(this.weights(), base, this.config, batch, temperature, this.kernels);
    }
    return sum;
  }

  freezeBase(): void {
    if (this.base) tf.dispose(this.base);
    // Updates make new tensors and never write into old ones, so sharing the data is a copy.
    this.base = this.parameters.map((tensor) => tf.clone(tensor));
    this.resetOptimizer();
  }

  async read(): Promise<Float32Array[]> {
    return (await Promise.all(this.parameters.map((tensor) => tensor.data()))) as Float32Array[];
  }

  write(values: readonly Float32Array[]): void {
    tf.dispose(this.parameters);
    this.parameters = tensorsFromValues(this.config, values);
    this.resetOptimizer();
  }

  readMoments(): Promise<Moments> {
    return this.optimizer.read();
  }

  writeMoments(moments: Moments): void {
    this.optimizer.write(moments);
  }

  memory(): ReasonerMemory {
    const { numTensors, numBytes } = tf.memory();
    return { tensors: numTensors, bytes: numBytes };
  }

  dispose(): void {
    tf.dispose(this.parameters);
    if (this.base) tf.dispose(this.base);
    this.optimizer.dispose();
  }

  private weights(): Weights {
    return weightsFromList(this.config, this.parameters);
  }

  private baseWeights(): Weights {
    if (!this.base) throw new Error(NO_BASE);
    return weightsFromList(this.config, this.base);
  }

  private resetOptimizer(): void {
    this.optimizer.dispose();
    this.optimizer = new AdamW(this.config);
  }
}
