import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  expectObjective,
  FEW_SETTINGS,
  objectiveCase,
  SETTINGS,
} from '../../test/reasoner/objectiveCases.ts';
import { scaled } from '../../test/scale.ts';
import { openBackend } from './backends.ts';
import { packSequences } from './batch.ts';
import { plainKernels } from './kernels/plain.ts';
import { lossAndGradients } from './loss.ts';
import { parameterShapes } from './parameters.ts';
import { ComputeUnit } from './wasm/unit.ts';
import { tensorsFromValues, weightsFromList } from './weights.ts';

const CASES = scaled(Object.keys(SETTINGS), FEW_SETTINGS);

describe('the objective in plain TensorFlow.js against the plain reference', () => {
  const kernels = plainKernels(60);
  beforeAll(() => openBackend({ device: 'cpu' }));

  it.each(CASES)('has the same value, means and gradient: %s', async (name) => {
    const objective = objectiveCase(name);
    const { config, values, baseValues, settings, sequences } = objective;
    await tf.setBackend('cpu');
    const parameters = tensorsFromValues(config, values);
    const baseTensors = tensorsFromValues(config, baseValues);
    const base = weightsFromList(config, baseTensors);
    const before = tf.memory().numTensors;
    const totals = { loss: 0, entropy: 0, kl: 0 };
    const gradient = values.map((v) => new Float32Array(v.length));
    for (const batch of packSequences(sequences, kernels.packing)) {
      const result = lossAndGradients(config, parameters, base, batch, settings, kernels);
      totals.loss += (await result.loss.data())[0] as number;
      const sums = await result.sums.data();
      totals.entropy += sums[0] as number;
      totals.kl += sums[1] as number;
      for (const [i, tensor] of result.gradients.entries()) {
        const part = await tensor.data();
        gradient[i] = (gradient[i] as Float32Array).map((value, k) => value + (part[k] as number));
      }
      tf.dispose([result.loss, result.sums, result.gradients]);
    }
    expect(tf.memory().numTensors).toBe(before);
    expectObjective(objective, totals, gradient);
    tf.dispose([parameters, baseTensors]);
  });
});

describe('the objective in WebAssembly against the plain reference', () => {
  it.each(CASES)('has the same value, means and gradient: %s', async (name) => {
    const objective = objectiveCase(name);
    const { config, values, baseValues, settings, sequences } = objective;
    const unit = await ComputeUnit.open(config);
    unit.write('current', flat(values));
    unit.write('base', flat(baseValues));
    const batches = packSequences(sequences, { style: 'ragged', tokenBudget: 60, forks: true });
    expect(batches.length).toBeGreaterThan(1);
    const { gradient, ...sums } = unit.gradient(batches, settings);
    const parts = parameterShapes(config).map(({ offset, size }) => gradient.subarray(offset, offset + size));
    expectObjective(objective, sums, parts);
    const { bytes } = unit;
    expect(unit.gradient(batches, settings).gradient).toEqual(gradient);
    expect(unit.bytes).toBe(bytes);
  });
});

function flat(values: readonly Float32Array[]): Float32Array {
  return Float32Array.from(values.flatMap((each) => [...each]));
}
