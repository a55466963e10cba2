import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SIZES } from './config.ts';
import { createReasoner } from './engine.ts';
import type { Reasoner, TrainingSequence, UpdateOptions } from './reasoner.ts';
import { type ReferenceWeights, referenceLogPolicies, referenceLoss } from './reference.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import {
  largestDifference,
  ODD_CONFIG,
  oddSequences,
  PLAIN_UPDATE,
  referenceWeights,
  shake,
} from './testing.ts';

const PROMPTS = [1, 2, 3, 5, 7];

describe.each(['cpu', 'wasm'] as const)('the engine on %s against the plain reference', (device) => {
  let reasoner: Reasoner;
  let weights: ReferenceWeights;
  let base: ReferenceWeights;

  beforeAll(async () => {
    reasoner = await createReasoner({ config: ODD_CONFIG, device, seed: 3 });
    await shake(reasoner, 5);
    base = await referenceWeights(reasoner);
    reasoner.freezeBase();
    await shake(reasoner, 6, 0.05);
    weights = await referenceWeights(reasoner);
  });
  afterAll(() => reasoner.dispose());

  it('runs where it says', () => expect(reasoner.backend).toBe(device));

  it.each([1, 3, 8, 9])('gives the same log-probabilities, %i responses to a prompt', async (copies) => {
    const sequences = oddSequences(ODD_CONFIG, 11, PROMPTS, copies);
    const got = await reasoner.logprobs(sequences, 0.8);
    for (const [i, { prompt, response }] of sequences.entries()) {
      const policies = referenceLogPolicies(weights, ODD_CONFIG, prompt, response, 0.8);
      const want = policies.map((policy, j) => policy[response[j] as number] as number);
      expect(largestDifference(got[i] as number[], want)).toBeLessThan(1e-4);
    }
  });

  const kinds: Record<string, { options: Partial<UpdateOptions>; change: Partial<TrainingSequence> }> = {
    'plain REINFORCE': { options: {}, change: {} },
    'one weight per token': {
      options: {},
      change: { weight: [0.5, -1, 2, 0, 1, 1, -3, 0.1, 0, 1, 2, 3, 4] },
    },
    'PPO without bounds': { options: { temperature: 0.7 }, change: { samplerLogprobs: [] } },
    'PPO with bounds': { options: { ppoClip: { low: 0.2, high: 0.28 } }, change: { samplerLogprobs: [] } },
    'KL to the base': { options: { temperature: 1.3 }, change: { klToBase: 0.7 } },
    entropy: { options: { entropy: 0.3 }, change: {} },
    'everything at once': {
      options: { entropy: 0.1, ppoClip: { low: 0.2, high: 0.2 }, temperature: 0.9 },
      change: { klToBase: 0.4, samplerLogprobs: [] },
    },
  };
  it.each(Object.keys(kinds))('gives the same loss and gradient: %s', async (name) => {
    const { options, change } = kinds[name] as (typeof kinds)[string];
    const sequences = await changed(oddSequences(ODD_CONFIG, 17, PROMPTS, 3), change);
    const settings = { ...PLAIN_UPDATE, ...options, clipNorm: 1e9 };
    const want = referenceLoss(weights, base, ODD_CONFIG, sequences, settings);
    const gradient = referenceGradient(sequences, settings);
    const start = await reasoner.save();
    // A step of AdamW at β = 0 moves by rate·g/(|g| + ε); the gradient's norm and its signs are checked here,
    // its values in loss.test.ts.
    const report = await reasoner.update(sequences, { ...settings, beta1: 0, beta2: 0 });
    expect(report.loss).toBeCloseTo(want.loss, 4);
    expect(report.entropy).toBeCloseTo(want.entropy, 4);
    expect(report.kl).toBeCloseTo(want.kl, 4);
    expect(report.clipFraction).toBeCloseTo(want.clipFraction, 6);
    expect(report.tokens).toBe(sequences.reduce((sum, { response }) => sum + response.length, 0));
    const before = readSafetensors(start).tensors;
    const after = readSafetensors(await reasoner.save()).tensors;
    for (const { name: tensor, at, slope } of gradient) {
      if (Math.abs(slope) < 1e-5) continue;
      const moved = (after.get(tensor)?.values[at] as number) - (before.get(tensor)?.values[at] as number);
      expect(Math.sign(moved), `${tensor}[${at}]`).toBe(-Math.sign(slope));
    }
    await reasoner.load(start);
  });

  /** Sampler log-probabilities a little off the policy's own, so that some ratios leave the bounds. */
  async function changed(sequences: TrainingSequence[], change: Partial<TrainingSequence>) {
    return sequences.map((sequence, i) => {
      const next = { ...sequence, ...change };
      if (Array.isArray(change.weight)) next.weight = change.weight.slice(0, sequence.response.length);
      if (change.samplerLogprobs) {
        const policies = referenceLogPolicies(weights, ODD_CONFIG, next.prompt, next.response, 1);
        next.samplerLogprobs = next.response.map(
          (token, j) => (policies[j]?.[token] as number) + 0.3 * Math.sin(3 * i + j),
        );
      }
      return next;
    });
  }

  /** Central differences of the reference's loss at a few entries of every tensor. */
  function referenceGradient(sequences: TrainingSequence[], settings: UpdateOptions) {
    const step = 1e-4;
    return [...weights].flatMap(([name, values]) =>
      [0, 7, values.length - 1].map((at) => {
        const original = values[at] as number;
        const losses = [step, -step].map((delta) => {
          values[at] = original + delta;
          return referenceLoss(weights, base, ODD_CONFIG, sequences, settings).loss;
        }) as [number, number];
        values[at] = original;
        return { name, at, slope: (losses[0] - losses[1]) / (2 * step) };
      }),
    );
  }

  it('samples with the log-probabilities that training computes', async () => {
    const prompts = oddSequences(ODD_CONFIG, 23, PROMPTS, 3).map(({ prompt }) => prompt);
    const options = { maxNewTokens: 20, temperature: 0.9, seed: 4 };
    const rollouts = await reasoner.sample(prompts, options);
    const sequences = rollouts.map(({ tokens }, i) => ({ prompt: prompts[i] as number[], response: tokens }));
    const trained = await reasoner.logprobs(sequences, 0.9);
    for (const [i, { tokens, logprobs }] of rollouts.entries()) {
      expect(tokens.length).toBeGreaterThan(0);
      expect(largestDifference(logprobs, trained[i] as number[])).toBeLessThan(1e-4);
    }
    expect(await reasoner.sample(prompts, options)).toEqual(rollouts);
    expect(await reasoner.sample(prompts, { ...options, seed: 5 })).not.toEqual(rollouts);
  });
});

describe('learning and lasting, pico on wasm', () => {
  let reasoner: Reasoner;
  beforeAll(async () => {
    reasoner = await createReasoner({ config: SIZES.pico, device: 'wasm', seed: 1 });
  });
  afterAll(() => reasoner.dispose());

  const prompt = [2, 60, 70, 80, 8, 55];
  const good = [11, 53, 1];
  const bad = [11, 90, 1];

  it('makes rewarded responses likelier and punished ones less likely', async () => {
    const sequences = [
      { prompt, response: good },
      { prompt, response: bad },
    ];
    const total = (list: number[][]) => list.map((logprobs) => logprobs.reduce((a, b) => a + b, 0));
    const before = total(await reasoner.logprobs(sequences, 1));
    for (let i = 0; i < 5; i++) {
      const samplerLogprobs = await reasoner.logprobs(sequences, 1);
      await reasoner.update(
        sequences.map((sequence, s) => ({
          ...sequence,
          weight: s === 0 ? 1 : -1,
          samplerLogprobs: samplerLogprobs[s] as number[],
        })),
        { ...PLAIN_UPDATE, normalizer: 6 },
      );
    }
    const after = total(await reasoner.logprobs(sequences, 1));
    expect(after[0]).toBeGreaterThan((before[0] as number) + 0.1);
    expect(after[1]).toBeLessThan((before[1] as number) - 0.1);
  });

  it('samples by the probabilities it reports', async () => {
    const rollouts = await reasoner.sample(Array(400).fill(prompt), {
      maxNewTokens: 1,
      temperature: 1,
      seed: 2,
    });
    const counts = new Map<number, number>();
    for (const { tokens } of rollouts)
      counts.set(tokens[0] as number, (counts.get(tokens[0] as number) ?? 0) + 1);
    const chance = new Map(
      rollouts.map(({ tokens, logprobs }) => [tokens[0], Math.exp(logprobs[0] as number)]),
    );
    for (const [token, count] of counts) {
      const p = chance.get(token) as number;
      expect(Math.abs(count / 400 - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / 400) + 0.01);
    }
  });

  it('never samples banned tokens, and stops at the limits', async () => {
    const banned = Array.from({ length: 280 }, (_, i) => i);
    const options = { maxNewTokens: 9, temperature: 1, seed: 3, banned };
    const [rollout, long] = await reasoner.sample([prompt, Array(190).fill(60)], options);
    expect(rollout?.tokens.every((token) => token >= 280)).toBe(true);
    expect(rollout?.tokens).toHaveLength(9);
    expect(rollout?.finished).toBe(false);
    expect(long?.tokens).toHaveLength(2);
    const [full] = await reasoner.sample([Array(192).fill(60)], options);
    expect(full).toEqual({ tokens: [], logprobs: [], finished: false });
  });

  it('is greedy when asked, with real log-probabilities', async () => {
    const options = { maxNewTokens: 4, temperature: 0, greedy: true, seed: 3 };
    const [a, b] = await reasoner.sample([prompt, prompt], options);
    expect(a).toEqual(b);
    expect(a?.logprobs.every((value) => value < 0)).toBe(true);
  });

  it('keeps its memory flat over 300 steps', async () => {
    const step = async (i: number) => {
      const rollouts = await reasoner.sample([prompt, prompt, good], {
        maxNewTokens: 6,
        temperature: 1,
        seed: i,
      });
      const sequences = rollouts.map(({ tokens, logprobs }) => ({
        prompt,
        response: tokens,
        weight: tokens.length % 2 ? 1 : -1,
        samplerLogprobs: logprobs,
      }));
      return reasoner.update(sequences, { ...PLAIN_UPDATE, learningRate: 1e-5 });
    };
    await step(0);
    const start = reasoner.memory();
    for (let i = 1; i <= 300; i++) await step(i);
    expect(reasoner.memory()).toEqual(start);
  }, 60_000);

  it('saves what it loads, and refuses what does not fit', async () => {
    const saved = await reasoner.save();
    const before = await reasoner.logprobs([{ prompt, response: good }], 1);
    const other = await createReasoner({ config: SIZES.pico, device: 'wasm', seed: 99 });
    await other.load(saved);
    expect(await other.logprobs([{ prompt, response: good }], 1)).toEqual(before);
    const { tensors } = readSafetensors(saved);
    tensors.delete('model.norm.weight');
    await expect(other.load(writeSafetensors(tensors))).rejects.toThrow('lacks the tensor model.norm.weight');
    other.dispose();
  });

  it('refuses sequences it cannot train on', async () => {
    const update = (sequence: TrainingSequence) => reasoner.update([sequence], PLAIN_UPDATE);
    await expect(update({ prompt: [], response: [1], weight: 1 })).rejects.toThrow(RangeError);
    await expect(update({ prompt: [1], response: [288], weight: 1 })).rejects.toThrow(
      'outside the vocabulary',
    );
    await expect(update({ prompt: [1], response: [1, 2], weight: [1] })).rejects.toThrow('1 weights');
    await expect(update({ prompt: [1], response: [1], weight: 1, klToBase: 1 })).rejects.toThrow('no base');
  });
});
