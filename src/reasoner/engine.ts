import * as tf from '@tensorflow/tfjs-core';
import { type Backend, type BackendOptions, openBackend } from './backends.ts';
import { checkSequence, checkTokens, type MicroBatch, packSequences } from './batch.ts';
import { fromHuggingFace, toHuggingFace } from './checkpoint.ts';
import { checkConfig, toHuggingFaceConfig } from './config.ts';
import type { Kernels } from './kernels/kernels.ts';
import { kernelsFor } from './kernels/select.ts';
import { lossAndGradients, targetLogprobs } from './loss.ts';
import { AdamW, flatten } from './optimizer.ts';
import { initialValues, tensorsFromValues, type Weights, weightsFromList } from './parameters.ts';
import type {
  Reasoner,
  ReasonerConfig,
  ReasonerMemory,
  Rollout,
  SampleOptions,
  TrainingSequence,
  UpdateOptions,
  UpdateReport,
} from './reasoner.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import { sampleResponses } from './sampler.ts';

export interface ReasonerOptions extends BackendOptions {
  config: ReasonerConfig;
  /** Seed of the initial weights. */
  seed: number;
}

type Fault = Parameters<Parameters<Reasoner['onFault']>[0]>[0];

/**
 * A reasoner with fresh weights on the first backend that works. Throws a RangeError on an impossible shape.
 */
export async function createReasoner(options: ReasonerOptions): Promise<Reasoner> {
  checkConfig(options.config);
  const backend = await openBackend(options);
  return new TensorFlowReasoner(
    options.config,
    backend,
    await kernelsFor(backend.name, options.onNotice),
    options.seed,
  );
}

class TensorFlowReasoner implements Reasoner {
  readonly config: ReasonerConfig;
  readonly backend: Backend['name'];
  readonly device: string;
  private readonly gpu: GPUDevice | null;
  private parameters: tf.Tensor[];
  private base: tf.Tensor[] | null = null;
  private optimizer: AdamW;
  private readonly faultListeners: ((fault: Fault) => void)[] = [];
  private fault: Fault | null = null;
  private disposed = false;
  /** Ends when the latest piece of work has. */
  private latest: Promise<unknown> = Promise.resolve();
  private readonly onGpuError = (event: GPUUncapturedErrorEvent) => this.raiseGpuError(event.error);

  constructor(
    config: ReasonerConfig,
    backend: Backend,
    private readonly kernels: Kernels,
    seed: number,
  ) {
    this.config = config;
    this.backend = backend.name;
    this.device = backend.device;
    this.gpu = backend.gpu;
    this.parameters = tensorsFromValues(config, initialValues(config, seed));
    this.optimizer = new AdamW(config);
    this.gpu?.addEventListener('uncapturederror', this.onGpuError);
    void this.gpu?.lost.then(({ reason, message }) => {
      if (!this.disposed) {
        this.raise({
          kind: 'device-lost',
          message: `The graphics device was lost (${reason || 'unknown'}): ${message}`,
        });
      }
    });
  }

  async sample(prompts: readonly (readonly number[])[], options: SampleOptions): Promise<Rollout[]> {
    for (const prompt of prompts) checkTokens(this.config, prompt);
    return this.guarded(() => sampleResponses(this.weights(), this.config, this.kernels, prompts, options));
  }

  async update(sequences: readonly TrainingSequence[], options: UpdateOptions): Promise<UpdateReport> {
    for (const sequence of sequences) this.checkTraining(sequence);
    if (!(options.normalizer > 0)) throw new RangeError('The normalizer must be positive');
    return this.guarded(() => this.updateNow(sequences, options));
  }

  async logprobs(
    sequences: readonly { prompt: readonly number[]; response: readonly number[] }[],
    temperature: number,
  ): Promise<number[][]> {
    for (const { prompt, response } of sequences) checkSequence(this.config, prompt, response);
    const results: number[][] = sequences.map(() => []);
    return this.guarded(async () => {
      const weighted = sequences.map((sequence) => ({ ...sequence, weight: 0 }));
      for (const batch of packSequences(weighted, this.kernels.packing)) {
        const tensor = targetLogprobs(this.weights(), this.config, batch, temperature, this.kernels);
        const values = await tensor.data();
        tensor.dispose();
        const { layout } = batch;
        for (const [r, index] of batch.sequenceOf.entries()) {
          if (index < 0) continue;
          const start = (layout.rowOffset[r] as number) - layout.prefixTokens;
          results[index] = Array.from(values.subarray(start, start + (layout.rowLength[r] as number)));
        }
      }
      return results;
    });
  }

  freezeBase(): void {
    this.assertUsable();
    if (this.base) tf.dispose(this.base);
    // Updates make new tensors and never write into old ones, so sharing the data is a copy.
    this.base = this.parameters.map((tensor) => tf.clone(tensor));
    this.resetOptimizer();
  }

  save(): Promise<Uint8Array> {
    return this.guarded(async () => {
      const values = (await Promise.all(this.parameters.map((tensor) => tensor.data()))) as Float32Array[];
      return writeSafetensors(toHuggingFace(this.config, values), {
        metadata: { format: 'pt', config: JSON.stringify(toHuggingFaceConfig(this.config)) },
      });
    });
  }

  load(safetensors: Uint8Array): Promise<void> {
    return this.guarded(async () => {
      const values = fromHuggingFace(this.config, readSafetensors(safetensors).tensors);
      tf.dispose(this.parameters);
      this.parameters = tensorsFromValues(this.config, values);
      this.resetOptimizer();
    });
  }

  memory(): ReasonerMemory {
    const { numTensors, numBytes } = tf.memory();
    return { tensors: numTensors, bytes: numBytes };
  }

  onFault(listener: (fault: Fault) => void): void {
    this.faultListeners.push(listener);
    if (this.fault) listener(this.fault);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.gpu?.removeEventListener('uncapturederror', this.onGpuError);
    tf.dispose(this.parameters);
    if (this.base) tf.dispose(this.base);
    this.optimizer.dispose();
  }

  private async updateNow(
    sequences: readonly TrainingSequence[],
    options: UpdateOptions,
  ): Promise<UpdateReport> {
    const batches = packSequences(sequences, this.kernels.packing);
    const counts = countTokens(sequences, batches);
    const report = { loss: 0, gradNorm: 0, entropy: 0, kl: 0, clipFraction: 0 };
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
        report.loss += loss[0] as number;
        report.entropy += (sums[0] as number) / counts.response;
        if (counts.withKl > 0) report.kl += (sums[1] as number) / counts.withKl;
        report.clipFraction += (sums[2] as number) / counts.response;
      }
      if (gradient) {
        const { parameters, gradNorm } = await this.optimizer.step(this.parameters, gradient, options);
        report.gradNorm = gradNorm;
        if (parameters) {
          tf.dispose(this.parameters);
          this.parameters = parameters;
        }
      }
    } finally {
      if (gradient) (gradient as tf.Tensor1D).dispose();
    }
    return {
      ...report,
      tokens: counts.response,
      usefulShare: counts.computed > 0 ? counts.useful / counts.computed : 1,
    };
  }

  private weights(): Weights {
    return weightsFromList(this.config, this.parameters);
  }

  private resetOptimizer(): void {
    this.optimizer.dispose();
    this.optimizer = new AdamW(this.config);
  }

  private checkTraining({ prompt, response, weight, samplerLogprobs, klToBase }: TrainingSequence): void {
    checkSequence(this.config, prompt, response);
    if (typeof weight !== 'number' && weight.length !== response.length) {
      throw new RangeError(`${weight.length} weights were given for ${response.length} response tokens`);
    }
    if (samplerLogprobs && samplerLogprobs.length !== response.length) {
      throw new RangeError(
        `${samplerLogprobs.length} log-probabilities were given for ${response.length} response tokens`,
      );
    }
    if ((klToBase ?? 0) > 0 && !this.base) {
      throw new RangeError('KL to the base was asked for, but no base was frozen');
    }
  }

  /** Runs work when all earlier work has ended: calls may overlap, computations on the weights may not. */
  private guarded<T>(work: () => Promise<T>): Promise<T> {
    const result = this.latest.then(() => this.supervised(work));
    this.latest = result.catch(() => undefined);
    return result;
  }

  /** Runs work on this reasoner's backend; on WebGPU any error of the device inside it fails the work. */
  private async supervised<T>(work: () => Promise<T>): Promise<T> {
    this.assertUsable();
    if (tf.getBackend() !== this.backend) await tf.setBackend(this.backend);
    const { gpu } = this;
    if (!gpu) return work();
    const filters = ['validation', 'out-of-memory', 'internal'] as const;
    for (const filter of filters) gpu.pushErrorScope(filter);
    let result: T;
    try {
      result = await work();
    } finally {
      const errors = await Promise.all(filters.map(() => gpu.popErrorScope()));
      for (const error of errors) if (error) this.raiseGpuError(error);
    }
    this.assertUsable();
    return result;
  }

  private assertUsable(): void {
    if (this.disposed) throw new Error('The reasoner was disposed of');
    if (this.fault) throw new Error(this.fault.message);
  }

  private raiseGpuError(error: GPUError): void {
    const outOfMemory = typeof GPUOutOfMemoryError !== 'undefined' && error instanceof GPUOutOfMemoryError;
    this.raise(
      outOfMemory
        ? { kind: 'out-of-memory', message: `The graphics device is out of memory: ${error.message}` }
        : { kind: 'gpu-error', message: `The graphics device refused a command: ${error.message}` },
    );
  }

  private raise(fault: Fault): void {
    if (this.fault) return;
    this.fault = fault;
    for (const listener of this.faultListeners) listener(fault);
  }
}

function countTokens(sequences: readonly TrainingSequence[], batches: readonly MicroBatch[]) {
  let response = 0;
  let withKl = 0;
  for (const { response: tokens, klToBase } of sequences) {
    response += tokens.length;
    if ((klToBase ?? 0) > 0) withKl += tokens.length;
  }
  let useful = 0;
  let computed = 0;
  for (const { layout } of batches) {
    computed += layout.tokens;
    for (const length of layout.prefixLength) useful += length;
    for (const length of layout.rowLength) useful += length;
  }
  return { response, withKl, useful, computed };
}
