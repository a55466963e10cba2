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
import type { Kernels } from './kernels/kernels.ts';
import { kernelsFor } from './kernels/select.ts';
import { lossAndGradients } from './loss.ts';
import { tensorsFromValues, weightsFromList } from './parameters.ts';

describe.each(['cpu', 'wasm'] as const)('the objective on %s against the plain reference', (device) => {
  let kernels: Kernels;
  beforeAll(async () => {
    await openBackend({ device });
    kernels = await kernelsFor(device, (message) => expect.fail(message));
  });

  it.each(scaled(Object.keys(SETTINGS), FEW_SETTINGS))(
    'has the same value, means and gradient: %s',
    async (name) => {
      const objective = objectiveCase(name);
      const { config, values, baseValues, settings, sequences } = objective;
      await tf.setBackend(device);
      const parameters = tensorsFromValues(config, values);
      const baseTensors = tensorsFromValues(config, baseValues);
      const base = weightsFromList(config, baseTensors);
      const before = tf.memory().numTensors;
      const totals = { loss: 0, entropy: 0, kl: 0 };
      const gradient = values.map((v) => new Float32Array(v.length));
      for (const batch of packSequences(sequences, { ...kernels.packing, tokenBudget: 60 })) {
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
    },
  );
});
