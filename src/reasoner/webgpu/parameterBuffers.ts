/**
 * Parameters, gradient and moments as flat vectors on the GPU. Matrices come first and gains last, so that weight
 * decay ends at one place; every tensor starts at a multiple of 256 bytes, so that it can be bound by itself.
 */
import { type Moments, NO_BASE, type Snapshot } from '../core.ts';
import { parameterShapes } from '../parameters.ts';
import type { ReasonerConfig, WeightsChoice } from '../reasoner.ts';
import type { Gpu, Resource } from './gpu.ts';

/** Numbers in 256 bytes. */
const ALIGNMENT = 64;
/** Most numbers that the slices of the gradient may take. */
const SLICES_BUDGET = 8e6;
const MOST_SLICES = 8;

const align = (numbers: number): number => ALIGNMENT * Math.ceil(numbers / ALIGNMENT);

export class ParameterBuffers {
  /** Numbers of a flat vector, padding included. */
  readonly size: number;
  /** Where the matrices end and the gains begin. */
  readonly decayEnd: number;
  /** Parts that the sums over positions are cut into; see `kernels/webgpu/matmul.ts`. */
  readonly slices: number;
  readonly parameters: GPUBuffer;
  /** `[slices, size]` */
  readonly gradient: GPUBuffer;
  readonly first: GPUBuffer;
  readonly second: GPUBuffer;
  base: GPUBuffer | null = null;
  /** Updates that the moments have seen. */
  steps = 0;
  private savedBase: Float32Array | null = null;
  private staging: GPUBuffer | null = null;
  private readonly shapes;
  private readonly offsets = new Map<string, number>();

  constructor(
    private readonly gpu: Gpu,
    config: ReasonerConfig,
  ) {
    this.shapes = parameterShapes(config);
    let at = 0;
    for (const matrices of [true, false]) {
      for (const { name, shape, size } of this.shapes) {
        if (shape.length > 1 !== matrices) continue;
        this.offsets.set(name, at);
        at += align(size);
      }
      if (matrices) this.offsets.set('', at);
    }
    this.decayEnd = this.offsets.get('') as number;
    this.size = at;
    this.slices = gpu.profile.cooperative
      ? Math.max(1, Math.min(MOST_SLICES, Math.floor(SLICES_BUDGET / this.size)))
      : 1;
    this.parameters = gpu.buffer('parameters', this.size);
    this.gradient = gpu.buffer('gradient', this.slices * this.size);
    this.first = gpu.buffer('first moments', this.size);
    this.second = gpu.buffer('second moments', this.size);
  }

  /** The flat vector of the weights asked for; it stays the same one. Throws an Error when no base was frozen. */
  vector(weights: WeightsChoice): GPUBuffer {
    const vector = weights === 'base' ? this.base : this.parameters;
    if (!vector) throw new Error(NO_BASE);
    return vector;
  }

  /** The tensor's part of a flat vector. */
  of(name: string, vector: GPUBuffer = this.parameters): Resource {
    return { buffer: vector, offset: 4 * this.offsetOf(name), size: 4 * align(this.sizeOf(name)) };
  }

  /** The tensor's part of the gradient's first slice, open to the others at a stride of {@link size}. */
  gradientOf(name: string): Resource {
    return { buffer: this.gradient, offset: 4 * this.offsetOf(name) };
  }

  /** Values in the order of `parameterShapes`; the moments start anew. */
  write(values: readonly Float32Array[]): void {
    this.gpu.write(this.parameters, this.flat(values));
    this.resetMoments();
  }

  /** The vector's tensors in the order of `parameterShapes`; of the gradient, the sum of the latest update. */
  async read(vector: 'parameters' | 'gradient' = 'parameters'): Promise<Float32Array[]> {
    return this.parts(await this.copyOut([this[vector]]));
  }

  async readMoments(): Promise<Moments> {
    const { size, steps } = this;
    const both = await this.copyOut([this.first, this.second]);
    return { first: this.parts(both.subarray(0, size)), second: this.parts(both.subarray(size)), steps };
  }

  writeMoments({ first, second, steps }: Moments): void {
    this.gpu.write(this.first, this.flat(first));
    this.gpu.write(this.second, this.flat(second));
    this.steps = steps;
  }

  /** A copy of everything; the base is read only when it is another than last time. */
  async snapshot(): Promise<Snapshot> {
    const { size, steps, base } = this;
    if (base && !this.savedBase) this.savedBase = await this.copyOut([base]);
    const all = await this.copyOut([this.parameters, this.first, this.second]);
    const part = (i: number) => all.subarray(i * size, (i + 1) * size);
    const [parameters, firstMoments, secondMoments] = [part(0), part(1), part(2)];
    return { parameters, firstMoments, secondMoments, base: this.savedBase, steps };
  }

  /** The opposite of {@link snapshot}. */
  restore({ parameters, firstMoments, secondMoments, base, steps }: Snapshot): void {
    const { gpu } = this;
    if (base) {
      this.base ??= gpu.buffer('base', this.size);
      gpu.write(this.base, base);
    }
    this.savedBase = base;
    gpu.write(this.parameters, parameters);
    gpu.write(this.first, firstMoments);
    gpu.write(this.second, secondMoments);
    this.steps = steps;
  }

  /** Flat vectors, one after the other. */
  private async copyOut(vectors: readonly GPUBuffer[]): Promise<Float32Array> {
    const { gpu, size } = this;
    // Kept from its first use on: reading the weights makes no new buffers.
    this.staging ??= gpu.buffer('weights, read', 3 * size, 'read');
    const encoder = gpu.device.createCommandEncoder();
    for (const [i, vector] of vectors.entries()) {
      encoder.copyBufferToBuffer(vector, 0, this.staging, 4 * i * size, 4 * size);
    }
    gpu.submit(encoder);
    return gpu.read(this.staging, vectors.length * size);
  }

  /** Copies the parameters to the base. */
  freezeBase(): void {
    this.base ??= this.gpu.buffer('base', this.size);
    this.savedBase = null;
    const encoder = this.gpu.device.createCommandEncoder();
    encoder.copyBufferToBuffer(this.parameters, 0, this.base, 0, 4 * this.size);
    this.gpu.submit(encoder);
    this.resetMoments();
  }

  private resetMoments(): void {
    const encoder = this.gpu.device.createCommandEncoder();
    for (const buffer of [this.first, this.second]) encoder.clearBuffer(buffer);
    this.gpu.submit(encoder);
    this.steps = 0;
  }

  /** A flat vector of values in the order of `parameterShapes`. */
  private flat(values: readonly Float32Array[]): Float32Array {
    const flat = new Float32Array(this.size);
    for (const [i, { name }] of this.shapes.entries()) flat.set(values[i]!, this.offsetOf(name));
    return flat;
  }

  /** The opposite of {@link flat}. */
  private parts(flat: Float32Array): Float32Array[] {
    return this.shapes.map(({ name, size }) => flat.slice(this.offsetOf(name), this.offsetOf(name) + size));
  }

  private offsetOf(name: string): number {
    const offset = this.offsets.get(name);
    if (offset === undefined) throw new Error(`There is no parameter ${name}`);
    return offset;
  }

  private sizeOf(name: string): number {
    return this.shapes.find((shape) => shape.name === name)!.size;
  }
}
