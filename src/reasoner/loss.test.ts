import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { openBackend } from './backends.ts';
import { packSequences } from './batch.ts';
import { toHuggingFace } from './checkpoint.ts';
import type { Kernels } from './kernels/kernels.ts';
import { kernelsFor } from './kernels/select.ts';
import { lossAndGradients } from './loss.ts';
import { initialValues, tensorsFromValues, weightsFromList } from './parameters.ts';
import type { ReasonerConfig, TrainingSequence, UpdateOptions } from './reasoner.ts';
import { type ReferenceWeights, referenceLogPolicies, referenceLoss } from './reference.ts';
import { ODD_CONFIG, oddSequences, PLAIN_UPDATE } from './testing.ts';

interface Setting {
  config?: Partial<ReasonerConfig>;
  options?: Partial<UpdateOptions>;
  change?: Partial<TrainingSequence>;
  /** Sampler log-probabilities a little off the policy's own. */
  off?: number;
}

const SETTINGS: Record<string, Setting> = {
  'plain REINFORCE': {},
  'a tied head': { config: { tiedHead: true } },
  'heads of eight numbers': { config: { width: 16, heads: 2, feedForward: 24, vocabularySize: 24 } },
  'heads of twenty numbers': { config: { width: 40, heads: 2 } },
  'one weight per token': { change: { weight: [0.5, -1, 2, 0, 1, 1, -3, 0.1, 0, 1, 2, 3, 4] } },
  'PPO without bounds': { options: { temperature: 0.7 }, off: 0.3 },
  'PPO with bounds': { options: { ppoClip: { low: 0.2, high: 0.28 } }, off: 0.5 },
  'KL to the base': { options: { temperature: 1.3 }, change: { klToBase: 0.7 } },
  entropy: { options: { entropy: 0.3 } },
  'everything at once': {
    options: { entropy: 0.1, ppoClip: { low: 0.2, high: 0.2 }, temperature: 0.9 },
    change: { klToBase: 0.4 },
    off: 0.4,
  },
};

/** The case in numbers, and what the reference says of it: computed once, for all backends. */
function prepare({ config: partial, options, change, off }: Setting) {
  const config = { ...ODD_CONFIG, ...partial };
  const values = shaken(config, 1, 0.3);
  const baseValues = shaken(config, 2, 0.3);
  const weights = inDoubles(config, values);
  const base = inDoubles(config, baseValues);
  const settings = { ...PLAIN_UPDATE, ...options };
  const sequences = oddSequences(config, 17, [1, 2, 3, 5, 7], 3).map((sequence, i) => {
    const next = { ...sequence, ...change };
    if (Array.isArray(next.weight)) next.weight = next.weight.slice(0, next.response.length);
    // Some sequences without, so that both kinds meet in a batch.
    if (off && i % 4 !== 3) {
      const policies = referenceLogPolicies(
        weights,
        config,
        next.prompt,
        next.response,
        settings.temperature,
      );
      next.samplerLogprobs = next.response.map(
        (token, j) => (policies[j]?.[token] as number) + off * Math.sin(3 * i + j),
      );
    }
    return next;
  });
  const loss = () => referenceLoss(weights, base, config, sequences, settings);
  return {
    config,
    values,
    baseValues,
    settings,
    sequences,
    want: loss(),
    slopes: slopes(weights, () => loss().loss),
  };
}

function shaken(config: ReasonerConfig, seed: number, size: number): Float32Array[] {
  const random = new Random(seed);
  return initialValues(config, seed).map((values) =>
    values.map((value) => value + size * (2 * random.unit() - 1)),
  );
}

function inDoubles(config: ReasonerConfig, values: Float32Array[]): ReferenceWeights {
  return new Map(
    [...toHuggingFace(config, values)].map(([name, { values: v }]) => [name, Float64Array.from(v)]),
  );
}

/** For every tensor a random direction of length 1 and the loss's slope along it, by central differences. */
function slopes(weights: ReferenceWeights, loss: () => number) {
  const random = new Random(5);
  const step = 1e-4;
  return new Map(
    [...weights].map(([name, values]) => {
      const direction = Float64Array.from(values, () => random.unit() - 0.5);
      const length = Math.hypot(...direction);
      for (let i = 0; i < direction.length; i++) direction[i] = (direction[i] as number) / length;
      const original = values.slice();
      const at = (t: number) => {
        for (let i = 0; i < values.length; i++)
          values[i] = (original[i] as number) + t * (direction[i] as number);
        return loss();
      };
      const slope = (at(step) - at(-step)) / (2 * step);
      values.set(original);
      return [name, { direction, slope }];
    }),
  );
}

const prepared = new Map(
  Object.keys(SETTINGS).map((name) => [name, lazily(() => prepare(SETTINGS[name] as Setting))]),
);

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

describe.each(['cpu', 'wasm'] as const)('the objective on %s against the plain reference', (device) => {
  let kernels: Kernels;
  beforeAll(async () => {
    await openBackend({ device });
    kernels = await kernelsFor(device, (message) => expect.fail(message));
  });

  it.each(Object.keys(SETTINGS))('has the same value, means and gradient: %s', async (name) => {
    const { config, values, baseValues, settings, sequences, want, slopes: wanted } = prepared.get(name)!();
    await tf.setBackend(device);
    const parameters = tensorsFromValues(config, values);
    const baseTensors = tensorsFromValues(config, baseValues);
    const base = weightsFromList(config, baseTensors);
    const before = tf.memory().numTensors;
    const totals = { loss: 0, entropy: 0, kl: 0, clipped: 0 };
    const gradient = values.map((v) => new Float32Array(v.length));
    for (const batch of packSequences(sequences, { ...kernels.packing, tokenBudget: 60 })) {
      const result = lossAndGradients(config, parameters, base, batch, settings, kernels);
      totals.loss += (await result.loss.data())[0] as number;
      const sums = await result.sums.data();
      totals.entropy += sums[0] as number;
      totals.kl += sums[1] as number;
      totals.clipped += sums[2] as number;
      for (const [i, tensor] of result.gradients.entries()) {
        const part = await tensor.data();
        gradient[i] = (gradient[i] as Float32Array).map((value, k) => value + (part[k] as number));
      }
      tf.dispose([result.loss, result.sums, result.gradients]);
    }
    expect(tf.memory().numTensors).toBe(before);
    const tokens = sequences.reduce((sum, { response }) => sum + response.length, 0);
    expect(totals.loss).toBeCloseTo(want.loss, 4);
    expect(totals.entropy / tokens).toBeCloseTo(want.entropy, 4);
    expect(totals.kl / tokens).toBeCloseTo(want.kl, 4);
    expect(totals.clipped / tokens).toBeCloseTo(want.clipFraction, 6);
    for (const [tensor, { values: g }] of toHuggingFace(config, gradient)) {
      const { direction, slope } = wanted.get(tensor)!;
      const got = g.reduce((sum, value, i) => sum + value * (direction[i] as number), 0);
      expect(Math.abs(got - slope), `${tensor}: ${got}, not ${slope}`).toBeLessThan(1e-4);
    }
    tf.dispose([parameters, baseTensors]);
  });
});
