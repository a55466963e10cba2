/**
 * Parameters, gradient and moments as flat vectors on the GPU. Matrices come first and gains last, so that weight
 * decay ends at one place; every tensor starts at a multiple of 256 bytes, so that it can be bound by itself.
 */
import { parameterShapes } from '../parameters.ts';
import type { ReasonerConfig } from '../reasoner.ts';
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
    const flat = new Float32Array(this.size);
    for (const [i, { name }] of this.shapes.entries()) flat.set(values[i]!, this.offsetOf(name));
    this.gpu.write(this.parameters, flat);
    this.resetMoments();
  }

  async read(): Promise<Float32Array[]> {
    const staging = this.gpu.buffer('parameters, read', this.size, 'read');
    try {
      const encoder = this.gpu.device.createCommandEncoder();
      encoder.copyBufferToBuffer(this.parameters, 0, staging, 0, 4 * this.size);
      this.gpu.submit(encoder);
      const flat = await this.gpu.read(staging, this.size);
      return this.shapes.map(({ name, size }) => flat.slice(this.offsetOf(name), this.offsetOf(name) + size));
    } finally {
      this.gpu.release(staging);
    }
  }

  /** Copies the parameters to the base. */
  freezeBase(): void {
    this.base ??= this.gpu.buffer('base', this.size);
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

  private offsetOf(name: string): number {
    const offset = this.offsets.get(name);
    if (offset === undefined) throw new Error(`There is no parameter ${name}`);
    return offset;
  }

  private sizeOf(name: string): number {
    return this.shapes.find((shape) => shape.name === name)!.size;
  }
}
