/** What the tests of the GPU kernels share. */

import { afterAll, beforeAll, expect } from 'vitest';
import type { Random } from '../../src/random.ts';
import type { Program } from '../../src/reasoner/kernels/webgpu/wgsl.ts';
import { BATCH_FIELDS, type Profile } from '../../src/reasoner/kernels/webgpu/wgsl.ts';
import { type BatchNumbers, packBatch } from '../../src/reasoner/webgpu/batchUniform.ts';
import { Gpu, type Grid } from '../../src/reasoner/webgpu/gpu.ts';
import { largestDifference } from './weights.ts';

/** Both arrangements of every kernel: for a processor that plays a graphics card, and for a card. */
export const PROFILES: readonly { name: 'alone' | 'cooperative'; profile: Profile }[] = [
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

/** A device for the tests of a file, and on it a bench for each profile, so that nothing is compiled twice. */
export function openBenches(): (profile?: Profile) => Bench {
  const made = new Map<boolean, Bench>();
  let device: GPUDevice;
  beforeAll(async () => {
    device = await openDevice();
  });
  afterAll(() => device.destroy());
  return ({ cooperative } = { cooperative: false }) => {
    const bench = made.get(cooperative) ?? new Bench(device, { cooperative });
    made.set(cooperative, bench);
    return bench;
  };
}

/** Runs one kernel on numbers and gives back what is then in the buffers asked for. */
export class Bench {
  readonly gpu: Gpu;

  constructor(device: GPUDevice, profile: Profile) {
    this.gpu = new Gpu(device, profile);
  }

  /** `inputs` are bound from 1 on; the uniform, a batch's or that of an optimizer step, is bound at 0. */
  async run(
    program: Program,
    batch: BatchNumbers | Float32Array,
    inputs: readonly (Float32Array | Uint32Array)[],
    grid: Grid,
    wanted: readonly number[],
  ): Promise<Float32Array[]> {
    const { gpu } = this;
    const uniform = gpu.buffer('batch', BATCH_FIELDS, 'uniform');
    gpu.write(uniform, batch instanceof Float32Array ? batch : packBatch(batch));
    const buffers = inputs.map((data, i) => {
      const buffer = gpu.buffer(`input ${i}`, data.length);
      gpu.write(buffer, data);
      return buffer;
    });
    const steps = await gpu.prepare([{ program, resources: [uniform, ...buffers], grid: () => grid }]);
    const encoder = gpu.record(steps, { tokens: 0, prefixTokens: 0 });
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

/** Numbers in −size … size. */
export function numbers(random: Random, count: number, size = 1): Float32Array {
  return Float32Array.from({ length: count }, () => size * (2 * random.unit() - 1));
}

/** What a test fills a buffer with to see what a kernel leaves alone. */
export const UNTOUCHED = 7;

export function untouched(count: number): Float32Array {
  return new Float32Array(count).fill(UNTOUCHED);
}

/** The gradient at `x` of a function that reads `x`, number by number, by central differences. */
export function numericGradient(x: Float64Array, f: () => number, step = 1e-5): Float64Array {
  return x.map((value, i) => {
    x[i] = value + step;
    const above = f();
    x[i] = value - step;
    const below = f();
    x[i] = value;
    return (above - below) / (2 * step);
  });
}

/**
 * Expects of a kernel that leaves a sum in slices, `stride` numbers apart, that the slices add up to `want` where
 * it starts anew and to that on top of what was there where it is told to add, and that what lies between the
 * slices stays as it was.
 */
export async function expectSlices(
  run: (add: boolean, before: Float32Array) => Promise<Float32Array>,
  want: ArrayLike<number>,
  { slices, stride, tolerance }: { slices: number; stride: number; tolerance: number },
): Promise<void> {
  const before = untouched(slices * stride);
  for (const add of [false, true]) {
    const got = await run(add, before);
    const sum = Float64Array.from(want, (_, i) => {
      let total = 0;
      for (let slice = 0; slice < slices; slice++) total += got[slice * stride + i]!;
      return total - (add ? slices * UNTOUCHED : 0);
    });
    expect(largestDifference(sum, want)).toBeLessThan(tolerance);
    const between = got.filter((_, i) => i % stride >= want.length);
    expect(between).toEqual(untouched(between.length));
  }
}
