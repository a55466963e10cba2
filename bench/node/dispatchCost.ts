/**
 * What one dispatch costs in JavaScript through TensorFlow.js's `runWebGPUProgram`, and through ours. The kernel is
 * the same, a list of numbers doubled; on the null backend it costs nothing.
 */

import { type WebGPUBackend, type WebGPUProgram, webgpu_util } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { openBackend } from '../../src/reasoner/backends.ts';
import { BATCH, BATCH_FIELDS, list } from '../../src/reasoner/kernels/webgpu/wgsl.ts';
import { Gpu } from '../../src/reasoner/webgpu/gpu.ts';
import { median } from '../statistics.ts';
import type { DispatchFigures } from './task.ts';

const NUMBERS = 4096;
const DISPATCHES = 500;
const ROUNDS = 20;

export async function dispatchCost(): Promise<DispatchFigures> {
  const { gpu: device } = await openBackend({ device: 'webgpu' });
  const theirs = await throughTensorFlow(tf.backend() as WebGPUBackend);
  return { runWebGPUProgram: theirs, ours: await throughOurs(device!) };
}

async function throughTensorFlow(backend: WebGPUBackend): Promise<number> {
  const outputShape = [NUMBERS];
  const workgroupSize: [number, number, number] = [64, 1, 1];
  const dispatchLayout = webgpu_util.flatDispatchLayout(outputShape);
  // A new one for every call, as its own kernels do: a call writes into it.
  const program = (): WebGPUProgram => ({
    variableNames: ['x'],
    outputShape,
    workgroupSize,
    dispatchLayout,
    dispatch: webgpu_util.computeDispatch(dispatchLayout, outputShape, workgroupSize),
    shaderKey: 'bench_double',
    size: true,
    getUserCode: () =>
      'fn main(index : i32) { if (index < uniforms.size) { result[index] = 2.0 * x[index]; } }',
  });
  const x = tf.zeros([NUMBERS]);
  return perDispatch(async () => {
    for (let i = 0; i < DISPATCHES; i++) {
      const { dataId } = backend.runWebGPUProgram(program(), [x], 'float32');
      backend.disposeData(dataId);
    }
    backend.endComputePassEncoder();
    backend.submitQueue();
    await backend.queue.onSubmittedWorkDone();
  });
}

async function throughOurs(device: GPUDevice): Promise<number> {
  const gpu = new Gpu(device, { cooperative: true });
  const resources = [
    gpu.buffer('batch', BATCH_FIELDS, 'uniform'),
    gpu.buffer('x', NUMBERS),
    gpu.buffer('y', NUMBERS),
  ];
  const code = `${BATCH}
${list('x', 1, 'f32')}
${list('y', 2, 'f32', 'read_write')}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) { if (id.x < batch.tokens) { y[id.x] = 2.0 * x[id.x]; } }
`;
  const program = { label: 'double', code, bindings: ['uniform', 'read', 'read_write'] as const };
  const [double] = await gpu.prepare([{ program, resources, grid: () => [NUMBERS / 64] }]);
  const steps = Array.from({ length: DISPATCHES }, () => double!);
  return perDispatch(async () => {
    gpu.submit(gpu.record(steps, { tokens: NUMBERS, prefixTokens: 0 }));
    await device.queue.onSubmittedWorkDone();
  });
}

/** Microseconds of CPU time for each dispatch, the first rounds left out. */
async function perDispatch(round: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const before = process.cpuUsage();
    await round();
    const { user, system } = process.cpuUsage(before);
    if (i >= 3) times.push((user + system) / DISPATCHES);
  }
  return median(times);
}
