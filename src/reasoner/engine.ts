import * as tf from '@tensorflow/tfjs-core';
import { type Backend, type BackendOptions, openBackend } from './backends.ts';
import { checkSequence, checkTokens, type MicroBatch, packSequences } from './batch.ts';
import { fromHuggingFace, toHuggingFace } from './checkpoint.ts';
import { checkConfig, toHuggingFaceConfig } from './config.ts';
import type { Core } from './core.ts';
import { kernelsFor } from './kernels/select.ts';
import { initialValues } from './parameters.ts';
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
import { TapeCore } from './tapeCore.ts';
import { GpuCore } from './webgpu/core.ts';

export interface ReasonerOptions extends BackendOptions {
  config: ReasonerConfig;
  /** Seed of the initial weights. */
  seed: number;
  /** On WebGPU: plain TensorFlow.js operations instead of our kernels. */
  plain?: boolean;
}

type Fault = Parameters<Parameters<Reasoner['onFault']>[0]>[0];

/**
 * A reasoner with fresh weights on the first backend that works. Throws a RangeError on an impossible shape.
 */
export async function createReasoner(options: ReasonerOptions): Promise<Reasoner> {
  checkConfig(options.config);
  const backend = await openBackend(options);
  return new EngineReasoner(options.config, backend, await openCore(backend, options));
}

/** Our own kernels on WebGPU, TensorFlow.js's tape elsewhere (and on WebGPU when asked, as their rival). */
function openCore(backend: Backend, options: ReasonerOptions): Promise<Core> {
  const { config, seed, plain = false } = options;
  const values = initialValues(config, seed);
  if (backend.gpu && !plain) {
    return GpuCore.create(backend.gpu, { config, values, profile: { cooperative: !backend.software } });
  }
  return kernelsFor(backend.name, options.onNotice).then((kernels) => new TapeCore(config, kernels, values));
}

class EngineReasoner implements Reasoner {
  readonly config: ReasonerConfig;
  readonly backend: Backend['name'];
  readonly device: string;
  private readonly gpu: GPUDevice | null;
  private readonly faultListeners: ((fault: Fault) => void)[] = [];
  private fault: Fault | null = null;
  private disposed = false;
  /** Ends when the latest piece of work has. */
  private latest: Promise<unknown> = Promise.resolve();
  private readonly onGpuError = (event: GPUUncapturedErrorEvent) => this.raiseGpuError(event.error);

  constructor(
    config: ReasonerConfig,
    backend: Backend,
    private readonly core: Core,
  ) {
    this.config = config;
    this.backend = backend.name;
    this.device = backend.device;
    this.gpu = backend.gpu;
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
    return this.guarded(() => this.core.sample(prompts, options));
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
      for (const batch of packSequences(weighted, this.core.packing)) {
        const values = await this.core.logprobs(batch, temperature);
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
    this.core.freezeBase();
  }

  save(): Promise<Uint8Array> {
    return this.guarded(async () => {
      return writeSafetensors(toHuggingFace(this.config, await this.core.read()), {
        metadata: { format: 'pt', config: JSON.stringify(toHuggingFaceConfig(this.config)) },
      });
    });
  }

  load(safetensors: Uint8Array): Promise<void> {
    return this.guarded(async () => {
      this.core.write(fromHuggingFace(this.config, readSafetensors(safetensors).tensors));
    });
  }

  memory(): ReasonerMemory {
    return this.core.memory();
  }

  onFault(listener: (fault: Fault) => void): void {
    this.faultListeners.push(listener);
    if (this.fault) listener(this.fault);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.gpu?.removeEventListener('uncapturederror', this.onGpuError);
    this.core.dispose();
  }

  private async updateNow(
    sequences: readonly TrainingSequence[],
    options: UpdateOptions,
  ): Promise<UpdateReport> {
    const batches = packSequences(sequences, this.core.packing);
    const counts = countTokens(sequences, batches);
    const sums = await this.core.update(batches, options);
    return {
      loss: sums.loss,
      gradNorm: sums.gradNorm,
      entropy: counts.response > 0 ? sums.entropy / counts.response : 0,
      kl: counts.withKl > 0 ? sums.kl / counts.withKl : 0,
      clipFraction: counts.response > 0 ? sums.clipped / counts.response : 0,
      tokens: counts.response,
      usefulShare: counts.computed > 0 ? counts.useful / counts.computed : 1,
    };
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
    if ((klToBase ?? 0) > 0 && !this.core.hasBase) {
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
