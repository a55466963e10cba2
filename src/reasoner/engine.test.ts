import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReferenceWeights, referenceKl, referenceLogPolicies } from '../../test/reasoner/reference.ts';
import {
  largestDifference,
  ODD_CONFIG,
  oddSequences,
  PLAIN_UPDATE,
  referenceWeights,
  setEndLogit,
  shake,
} from '../../test/reasoner/weights.ts';
import { scaled } from '../../test/scale.ts';
import { VOCABULARY_SIZE } from '../language/vocabulary.ts';
import { SIZES } from './config.ts';
import { createReasoner } from './engine.ts';
import type { Reasoner, TrainingSequence } from './reasoner.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

const PROMPTS = [1, 2, 3, 5, 7];

describe.each(['cpu', 'wasm'] as const)('the engine on %s against the plain reference', (device) => {
  let reasoner: Reasoner;
  let weights: ReferenceWeights;
  let unmoved: Uint8Array;

  beforeAll(async () => {
    reasoner = await createReasoner({ config: ODD_CONFIG, device, seed: 3 });
    await shake(reasoner, 5);
    weights = await referenceWeights(reasoner);
    unmoved = await reasoner.save();
  });
  afterAll(() => reasoner.dispose());

  it('runs where it says', () => expect(reasoner.backend).toBe(device));

  it.each([{ greedy: true, temperature: 0 }, { temperature: 0.9 }])(
    'samples from the frozen base as if nothing had been learned since: %o',
    async (how) => {
      const own = await createReasoner({ config: ODD_CONFIG, device, seed: 3 });
      await own.load(unmoved);
      const sequences = oddSequences(ODD_CONFIG, 41, PROMPTS, 3);
      const prompts = sequences.map(({ prompt }) => prompt);
      const options = { maxNewTokens: 9, seed: 4, ...how };
      const current = () => own.sample(prompts, options);
      const base = () => own.sample(prompts, { ...options, weights: 'base' });
      await expect(base()).rejects.toThrow('no base');
      await expect(own.sample([], { ...options, weights: 'base' })).rejects.toThrow(RangeError);
      const frozen = await current();
      own.freezeBase();
      expect(await base()).toEqual(frozen);
      const update = { ...PLAIN_UPDATE, learningRate: 0.1 };
      for (let i = 0; i < 2; i++) {
        await own.update(sequences, update);
        const [learned, memory, saved] = [await current(), own.memory(), await own.save()];
        expect(learned).not.toEqual(frozen);
        expect(await base()).toEqual(frozen);
        expect(own.memory()).toEqual(memory);
        expect(await own.save()).toEqual(saved);
        expect(await current()).toEqual(learned);
      }
      const last = await current();
      own.freezeBase();
      expect(await base()).toEqual(last);
      own.dispose();
    },
  );

  it.each(scaled([1, 3, 8, 9], [3, 9]))(
    'gives the same log-probabilities, %i responses to a prompt',
    async (copies) => {
      const sequences = oddSequences(ODD_CONFIG, 11, PROMPTS, copies);
      const got = await reasoner.logprobs(sequences, 0.8);
      for (const [i, { prompt, response }] of sequences.entries()) {
        const policies = referenceLogPolicies(weights, ODD_CONFIG, prompt, response, 0.8);
        const want = policies.map((policy, j) => policy[response[j] as number] as number);
        expect(largestDifference(got[i] as number[], want)).toBeLessThan(1e-4);
      }
    },
  );

  it.each(scaled([1, 3, 9], [3]))(
    'measures the same KL to the base, %i responses to a prompt',
    async (copies) => {
      const sequences = oddSequences(ODD_CONFIG, 19, PROMPTS, copies);
      reasoner.freezeBase();
      expect(await reasoner.klToBase(sequences, 0.8)).toBeCloseTo(0, 6);
      await shake(reasoner, 7);
      const moved = await referenceWeights(reasoner);
      const want = sequences.flatMap((sequence) => referenceKl(moved, weights, ODD_CONFIG, sequence, 0.8));
      const before = reasoner.memory();
      const got = await reasoner.klToBase(sequences, 0.8);
      expect(reasoner.memory()).toEqual(before);
      expect(got).toBeCloseTo(want.reduce((a, b) => a + b, 0) / want.length, 4);
      await reasoner.load(unmoved);
    },
  );

  it('goes on elsewhere from what was saved, bit for bit', async () => {
    const open = () => createReasoner({ config: ODD_CONFIG, device, seed: 3 });
    const sequences = oddSequences(ODD_CONFIG, 29, PROMPTS, 3);
    const [own, other] = [await open(), await open()];
    for (let i = 0; i < 3; i++) await own.update(sequences, PLAIN_UPDATE);
    const [weights, optimizer] = [await own.save(), await own.saveOptimizer()];
    await other.load(weights);
    await other.loadOptimizer(optimizer);
    expect(await other.saveOptimizer()).toEqual(optimizer);
    for (let i = 0; i < 2; i++) {
      expect(await other.update(sequences, PLAIN_UPDATE)).toEqual(await own.update(sequences, PLAIN_UPDATE));
      expect(await other.save()).toEqual(await own.save());
    }
    // With the weights alone it is another run.
    await other.load(weights);
    await own.load(weights);
    await own.loadOptimizer(optimizer);
    for (const each of [own, other]) await each.update(sequences, PLAIN_UPDATE);
    expect(await other.save()).not.toEqual(await own.save());
    own.dispose();
    other.dispose();
  });

  it('refuses an optimizer’s state that is none, and changes nothing', async () => {
    const own = await createReasoner({ config: ODD_CONFIG, device, seed: 3 });
    await own.update(oddSequences(ODD_CONFIG, 29, PROMPTS, 3), PLAIN_UPDATE);
    const optimizer = await own.saveOptimizer();
    const { tensors, metadata } = readSafetensors(optimizer);
    await expect(own.loadOptimizer(await own.save())).rejects.toThrow(/how many updates/);
    const [first] = [...tensors.keys()];
    const fewer = new Map([...tensors].filter(([name]) => name !== first));
    await expect(own.loadOptimizer(writeSafetensors(fewer, { metadata }))).rejects.toThrow(
      /lacks the tensor/,
    );
    const more = new Map([...tensors, ['momentum', tensors.get(first as string)!]]);
    await expect(own.loadOptimizer(writeSafetensors(more, { metadata }))).rejects.toThrow(/momentum/);
    expect(await own.saveOptimizer()).toEqual(optimizer);
    own.dispose();
  });

  it('samples with the log-probabilities that training computes', async () => {
    const prompts = oddSequences(ODD_CONFIG, 23, PROMPTS, 3).map(({ prompt }) => prompt);
    const options = { maxNewTokens: 9, temperature: 0.9, seed: 4 };
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
      await reasoner.update(
        sequences.map((sequence, s) => ({ ...sequence, weight: s === 0 ? 1 : -1 })),
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

  it('draws for a row whatever else is in the batch', async () => {
    const options = { maxNewTokens: 12, temperature: 1, seed: 8 };
    const [alone] = await reasoner.sample([prompt], options);
    const [first, , again] = await reasoner.sample([prompt, good, prompt, [...prompt, 60]], options);
    expect(first?.tokens).toEqual(alone?.tokens);
    expect(again?.tokens).not.toEqual(alone?.tokens);
  });

  it('stops at the limits', async () => {
    const trained = await reasoner.save();
    const { tensors } = readSafetensors(trained);
    setEndLogit(tensors, -40);
    await reasoner.load(writeSafetensors(tensors));
    const options = { maxNewTokens: 9, temperature: 1, seed: 3 };
    const [rollout, long] = await reasoner.sample([prompt, Array(190).fill(60)], options);
    expect(rollout?.tokens).toHaveLength(9);
    expect(rollout?.finished).toBe(false);
    expect(long?.tokens).toHaveLength(2);
    const [full] = await reasoner.sample([Array(192).fill(60)], options);
    expect(full).toEqual({ tokens: [], logprobs: [], finished: false });
    await reasoner.load(trained);
  });

  it('is greedy when asked, with real log-probabilities', async () => {
    const options = { maxNewTokens: 4, temperature: 0, greedy: true, seed: 3 };
    const [a, b] = await reasoner.sample([prompt, prompt], options);
    expect(a).toEqual(b);
    expect(a?.logprobs.every((value) => value < 0)).toBe(true);
  });

  it('keeps its memory flat step after step', async () => {
    const step = async (i: number) => {
      const rollouts = await reasoner.sample([prompt, prompt, good], {
        maxNewTokens: 6,
        temperature: 1,
        seed: i,
      });
      const sequences = rollouts.map(({ tokens }) => ({
        prompt,
        response: tokens,
        weight: tokens.length % 2 ? 1 : -1,
      }));
      return reasoner.update(sequences, { ...PLAIN_UPDATE, learningRate: 1e-5 });
    };
    await step(0);
    const start = reasoner.memory();
    for (let i = 1; i <= scaled(300, 60); i++) await step(i);
    expect(reasoner.memory()).toEqual(start);
  });

  it('takes overlapping calls one after the other', async () => {
    const sequence = { prompt, response: good, weight: 1 };
    const options = { maxNewTokens: 5, temperature: 1, seed: 1 };
    const [first, report, second] = await Promise.all([
      reasoner.sample([prompt], options),
      reasoner.update([sequence], PLAIN_UPDATE),
      reasoner.logprobs([sequence], 1),
      expect(reasoner.load(new Uint8Array(3))).rejects.toThrow('truncated'),
    ]);
    expect(first).toHaveLength(1);
    expect(report.tokens).toBe(3);
    expect(second).toEqual(await reasoner.logprobs([sequence], 1));
  });

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
    await expect(update({ prompt: [1], response: [VOCABULARY_SIZE], weight: 1 })).rejects.toThrow(
      'outside the vocabulary',
    );
    await expect(update({ prompt: [1], response: [1, 2], weight: [1] })).rejects.toThrow('1 weights');
    await expect(update({ prompt: [1], response: [1], weight: 1, klToBase: 1 })).rejects.toThrow('no base');
  });

  it('refuses positions that no sequence has', async () => {
    const at = (positions: number[]) =>
      reasoner.update([{ prompt: [1, 2], response: [3], weight: 1, positions }], PLAIN_UPDATE);
    await expect(at([0, 1])).rejects.toThrow('2 positions were given for 3 tokens');
    await expect(at([0, 2, 2])).rejects.toThrow('must be integers that rise and stay below 192');
    await expect(at([0, 1, 192])).rejects.toThrow('must be integers that rise and stay below 192');
  });

  it('refuses to measure KL to the base where there is nothing to measure', async () => {
    await expect(reasoner.klToBase([{ prompt: [1], response: [1] }], 1)).rejects.toThrow('no base');
    reasoner.freezeBase();
    await expect(reasoner.klToBase([{ prompt: [1], response: [] }], 1)).rejects.toThrow(RangeError);
    await expect(reasoner.klToBase([{ prompt: [], response: [1] }], 1)).rejects.toThrow(RangeError);
    expect(await reasoner.klToBase([{ prompt, response: good }], 1)).toBeCloseTo(0, 6);
  });
});
