import type { MicroBatch } from '../batch.ts';
import type { Core, Moments, Snapshot, UpdateSums } from '../core.ts';
import type { Packing } from '../groups.ts';
import type { Profile } from '../kernels/webgpu/wgsl.ts';
import type { ReasonerConfig, ReasonerMemory, Rollout, SampleOptions, UpdateOptions } from '../reasoner.ts';
import { Decoding } from './decoding.ts';
import { type Counts, Gpu } from './gpu.ts';
import { ParameterBuffers } from './parameterBuffers.ts';
import { Training } from './training.ts';
import { allocateTraining, bytesPerPosition } from './trainingBuffers.ts';

/** Bytes that a micro-batch's buffers may take, and the most positions that gain anything. */
const TRAINING_BYTES = 224e6;
const MOST_POSITIONS = { card: 6144, software: 1024 };

export interface GpuCoreOptions {
  config: ReasonerConfig;
  profile: Profile;
  values: readonly Float32Array[];
  /** Positions of a micro-batch; by default as many as fit the memory that training may take. */
  capacity?: number;
  /** Called as kernels are compiled. */
  onCompiled?: (done: number, total: number) => void;
}

/** The decoder on WebGPU with our own kernels, in buffers that are made once. */
export class GpuCore implements Core {
  readonly packing: Packing;

  private constructor(
    private readonly gpu: Gpu,
    private readonly parameters: ParameterBuffers,
    private readonly training: Training,
    private readonly decoding: Decoding,
  ) {
    this.packing = { style: 'ragged', tokenBudget: training.capacity };
  }

  /** Allocates on `device` and compiles all kernels. */
  static async create(device: GPUDevice, options: GpuCoreOptions): Promise<GpuCore> {
    const { config, profile, values, onCompiled } = options;
    const gpu = new Gpu(device, profile, onCompiled);
    const parameters = new ParameterBuffers(gpu, config);
    parameters.write(values);
    const fitting = Math.floor(TRAINING_BYTES / bytesPerPosition(config));
    const most = profile.cooperative ? MOST_POSITIONS.card : MOST_POSITIONS.software;
    const capacity = options.capacity ?? Math.max(2 * config.contextLength, Math.min(most, fitting));
    const buffers = allocateTraining(gpu, config, capacity);
    // Every pipeline is asked for before the first is ready, so that no thread of the compiler waits for another.
    const [training, decoding] = await Promise.all([
      Training.create(gpu, config, parameters, capacity, buffers),
      Decoding.create(gpu, config, parameters, buffers.angles),
    ]);
    return new GpuCore(gpu, parameters, training, decoding);
  }

  /** Dispatches, submissions and buffers so far. */
  get counts(): Readonly<Counts> {
    return { ...this.gpu.counts };
  }

  readonly hasMuon = false;

  get hasBase(): boolean {
    return this.parameters.base !== null;
  }

  sample(prompts: readonly (readonly number[])[], options: SampleOptions): Promise<Rollout[]> {
    return this.decoding.sample(this.training, prompts, options);
  }

  async update(batches: readonly MicroBatch[], options: UpdateOptions): Promise<UpdateSums> {
    const total: UpdateSums = { loss: 0, entropy: 0, kl: 0, gradNorm: 0 };
    for (const [i, batch] of batches.entries()) {
      const place = { first: i === 0, last: i === batches.length - 1 };
      const sums = await this.training.update(batch, options, place);
      total.loss += sums.loss / options.normalizer;
      total.entropy += sums.entropy;
      total.kl += sums.kl;
      total.gradNorm = sums.gradNorm;
    }
    return total;
  }

  logprobs(batch: MicroBatch, temperature: number): Promise<Float32Array> {
    return this.training.logprobs(batch, temperature);
  }

  async klToBase(batches: readonly MicroBatch[], temperature: number): Promise<number> {
    let sum = 0;
    for (const batch of batches) sum += await this.training.klToBase(batch, temperature);
    return sum;
  }

  freezeBase(): void {
    this.parameters.freezeBase();
  }

  read(): Promise<Float32Array[]> {
    return this.parameters.read();
  }

  /** The latest update's gradient before clipping, in the order of the weights. */
  readGradient(): Promise<Float32Array[]> {
    return this.parameters.read('gradient');
  }

  write(values: readonly Float32Array[]): void {
    this.parameters.write(values);
  }

  readMoments(): Promise<Moments> {
    return this.parameters.readMoments();
  }

  writeMoments(moments: Moments): void {
    this.parameters.writeMoments(moments);
  }

  snapshot(): Promise<Snapshot> {
    return this.parameters.snapshot();
  }

  async restore(snapshot: Snapshot): Promise<void> {
    this.parameters.restore(snapshot);
  }

  /** Buffers count as tensors. */
  memory(): ReasonerMemory {
    return { tensors: this.gpu.bufferCount, bytes: this.gpu.bytes };
  }

  dispose(): void {
    this.gpu.dispose();
  }
}
