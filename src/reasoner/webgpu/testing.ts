/** What the tests of the GPU kernels share. */

import type { Random } from '../../random.ts';
import type { Program } from '../kernels/webgpu/wgsl.ts';
import { BATCH_FIELDS, type Profile } from '../kernels/webgpu/wgsl.ts';
import { type BatchNumbers, packBatch } from './batchUniform.ts';
import { Gpu, type Grid } from './gpu.ts';

/** Both arrangements of every kernel: for a processor that plays a graphics card, and for a card. */
export const PROFILES: readonly { name: string; profile: Profile }[] = [
  { name: 'alone', profile: { cooperative: false } },
  { name: 'cooperative', profile: { cooperative: true } },
];

/** A device of its own, on which any error of WebGPU fails the test that runs. */
export async function openDevice(): Promise<GPUDevice> {
  const adapter = await navigator.gpu?.requestAdapter();
  if (!adapter) throw new Error('No WebGPU adapter: start Chromium with --enable-unsafe-webgpu');
  const device = await adapter.requestDevice();
  device.addEventListener('uncapturederror', ({ error }) => {
    throw error;
  });
  return device;
}

/** Runs one kernel on numbers and gives back what is then in the buffers asked for. */
export class Bench {
  readonly gpu: Gpu;

  constructor(device: GPUDevice, profile: Profile) {
    this.gpu = new Gpu(device, profile);
  }

  /** `inputs` are bound from 1 on; `batch` is bound at 0. */
  async run(
    program: Program,
    batch: BatchNumbers,
    inputs: readonly (Float32Array | Uint32Array)[],
    grid: Grid,
    wanted: readonly number[],
  ): Promise<Float32Array[]> {
    const { gpu } = this;
    const uniform = gpu.buffer('batch', BATCH_FIELDS, 'uniform');
    gpu.write(uniform, packBatch(batch));
    const buffers = inputs.map((data, i) => {
      const buffer = gpu.buffer(`input ${i}`, data.length);
      gpu.write(buffer, data);
      return buffer;
    });
    const steps = await gpu.prepare([{ program, resources: [uniform, ...buffers], grid: () => grid }]);
    const encoder = gpu.record(steps, { tokens: batch.tokens, prefixTokens: batch.prefixTokens ?? 0 });
    const readable = wanted.map((i) => {
      const { length } = inputs[i]!;
      const staging = gpu.buffer('read', length, 'read');
      encoder.copyBufferToBuffer(buffers[i]!, 0, staging, 0, 4 * length);
      return { staging, length };
    });
    gpu.submit(encoder);
    const results: Float32Array[] = [];
    for (const { staging, length } of readable) results.push(await gpu.read(staging, length));
    gpu.release(uniform, ...buffers, ...readable.map(({ staging }) => staging));
    return results;
  }
}

/** Numbers in −1 … 1. */
export function numbers(random: Random, count: number): Float32Array {
  return Float32Array.from({ length: count }, () => 2 * random.unit() - 1);
}
