import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { largestDifference, ODD_CONFIG } from '../../test/reasoner/weights.ts';
import { Random } from '../random.ts';
import { openBackend } from './backends.ts';
import { AdamW, BETA1, WEIGHT_DECAY } from './optimizer.ts';
import { initialValues, parameterShapes } from './parameters.ts';
import { Heap } from './wasm/heap.ts';
import { Learner } from './wasm/learner.ts';
import { tensorsFromValues } from './weights.ts';

const OPTIONS = { learningRate: 0.01, maxGradNorm: 0.5, beta2: 0.95 };

beforeAll(() => openBackend({ device: 'cpu' }));

async function values(tensors: readonly tf.Tensor[]): Promise<number[]> {
  return (await Promise.all(tensors.map((tensor) => tensor.data()))).flatMap((list) => [...list]);
}

it('is AdamW with a clipped norm, decay on matrices only, on the tape and in WebAssembly', async () => {
  const shapes = parameterShapes(ODD_CONFIG);
  const initial = initialValues(ODD_CONFIG, 1);
  let parameters = tensorsFromValues(ODD_CONFIG, initial);
  const optimizer = new AdamW(ODD_CONFIG);
  const learner = new Learner(await Heap.open(), ODD_CONFIG);
  learner.parameters.set(initial.flatMap((list) => [...list]));
  const want = initial.flatMap((list) => [...list]);
  const m = want.map(() => 0);
  const v = want.map(() => 0);
  const random = new Random(3);
  for (let step = 1; step <= 3; step++) {
    const gradient = want.map(() => 0.01 * (random.unit() - 0.5) * step);
    const norm = Math.hypot(...gradient);
    const scale = Math.min(1, OPTIONS.maxGradNorm / norm);
    for (const { offset, size, shape } of shapes) {
      for (let i = offset; i < offset + size; i++) {
        const g = (gradient[i] as number) * scale;
        m[i] = BETA1 * (m[i] as number) + (1 - BETA1) * g;
        v[i] = 0.95 * (v[i] as number) + 0.05 * g * g;
        const move =
          (m[i] as number) / (1 - BETA1 ** step) / (Math.sqrt((v[i] as number) / (1 - 0.95 ** step)) + 1e-8);
        const decay = shape.length > 1 ? WEIGHT_DECAY * (want[i] as number) : 0;
        want[i] = (want[i] as number) - 0.01 * (move + decay);
      }
    }
    const flat = tf.tensor1d(gradient);
    const result = await optimizer.step(parameters, flat, OPTIONS);
    expect(result.gradNorm).toBeCloseTo(norm, 4);
    tf.dispose([parameters, flat]);
    parameters = result.parameters as tf.Tensor[];
    expect(largestDifference(await values(parameters), want)).toBeLessThan(1e-5);
    learner.startGradient();
    for (const share of [0.25, 0.75]) learner.addGradient(Float32Array.from(gradient, (g) => share * g));
    expect(learner.step(OPTIONS)).toBeCloseTo(norm, 4);
    expect(largestDifference(learner.parameters, want)).toBeLessThan(1e-5);
  }
  tf.dispose(parameters);
  optimizer.dispose();
});

it('changes nothing on a gradient that is not finite', async () => {
  const parameters = tensorsFromValues(ODD_CONFIG, initialValues(ODD_CONFIG, 1));
  const optimizer = new AdamW(ODD_CONFIG);
  const size = parameters.reduce((sum, tensor) => sum + tensor.size, 0);
  const gradient = tf.tensor1d(new Float32Array(size).fill(Number.NaN));
  const before = tf.memory().numTensors;
  const result = await optimizer.step(parameters, gradient, OPTIONS);
  expect(result).toEqual({ parameters: null, gradNorm: Number.NaN });
  expect(tf.memory().numTensors).toBe(before);
  tf.dispose([parameters, gradient]);
  optimizer.dispose();
  const learner = new Learner(await Heap.open(), ODD_CONFIG);
  learner.parameters.fill(1);
  learner.addGradient(new Float32Array(size).fill(Number.NaN));
  expect(learner.step(OPTIONS)).toBeNaN();
  expect(learner.parameters).toEqual(new Float32Array(size).fill(1));
});
