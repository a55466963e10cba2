import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  expectObjective,
  FEW_SETTINGS,
  inDoubles,
  type ObjectiveCase,
  objectiveCase,
  prepareCase,
  SETTINGS,
  shaken,
} from '../../../test/reasoner/objectiveCases.ts';
import { referenceKl, referenceLogPolicies } from '../../../test/reasoner/reference.ts';
import { openDevice } from '../../../test/reasoner/webgpu.ts';
import {
  largestDifference,
  ODD_CONFIG,
  oddSequences,
  PLAIN_UPDATE,
  setEndLogit,
} from '../../../test/reasoner/weights.ts';
import { scaled } from '../../../test/scale.ts';
import { Random } from '../../random.ts';
import { openBackend } from '../backends.ts';
import { packSequences } from '../batch.ts';
import { fromHuggingFace, toHuggingFace } from '../checkpoint.ts';
import { plainKernels } from '../kernels/plain.ts';
import type { Profile } from '../kernels/webgpu/wgsl.ts';
import { initialValues } from '../parameters.ts';
import type { ReasonerConfig, Rollout, SampleOptions, TrainingSequence } from '../reasoner.ts';
import { TapeCore } from '../tapeCore.ts';
import { GpuCore } from './core.ts';
import { PREFIX_POSITIONS } from './decoding.ts';
import { MOST_ROWS } from './decodingPlan.ts';

/** Every row a whole number of vec4s. */
const ALIGNED: ReasonerConfig = { ...ODD_CONFIG, ...SETTINGS['heads of eight numbers']!.config };
/** As few different products as possible: in tiles each takes a software adapter over a second to compile. */
const FEW_PRODUCTS: ReasonerConfig = {
  ...ODD_CONFIG,
  width: 6,
  heads: 1,
  feedForward: 6,
  vocabularySize: 12,
};
const ALONE: Profile = { cooperative: false };
/** Tiles take half a minute to compile on a software adapter; every kernel has its own test in both arrangements. */
const COOPERATIVE = scaled<readonly (readonly [name: string, config: ReasonerConfig, profile: Profile])[]>(
  [['cooperative', FEW_PRODUCTS, { cooperative: true }]],
  [],
);
const CAPACITY = 512;
/** Compiling for a software adapter on a busy machine takes its time. */
const PATIENCE = 600_000;

let device: GPUDevice;
const cores = new Map<string, Promise<GpuCore>>();

/** The core of a shape; made once, whatever its weights are. */
function coreOf(config: ReasonerConfig, profile: Profile = ALONE): Promise<GpuCore> {
  const key = JSON.stringify([config, profile]);
  const core =
    cores.get(key) ??
    GpuCore.create(device, { config, profile, values: initialValues(config, 1), capacity: CAPACITY });
  cores.set(key, core);
  return core;
}

beforeAll(async () => {
  device = await openDevice();
});
afterAll(async () => {
  for (const core of cores.values()) (await core).dispose();
  device.destroy();
});

/** Micro-batches of at most so many positions. */
const pack = (sequences: readonly TrainingSequence[], tokenBudget = CAPACITY) =>
  packSequences(sequences, { style: 'ragged', tokenBudget });

/** log π of the responses as training computes them. */
async function trainedLogprobs(
  core: GpuCore,
  prompts: readonly (readonly number[])[],
  rollouts: readonly Rollout[],
  temperature: number,
): Promise<number[][]> {
  const results: number[][] = prompts.map(() => []);
  const sequences = prompts.map((prompt, i) => ({ prompt, response: rollouts[i]!.tokens, weight: 0 }));
  for (const batch of pack(sequences)) {
    const { layout, sequenceOf } = batch;
    const values = await core.logprobs(batch, temperature);
    for (const [r, index] of sequenceOf.entries()) {
      const start = layout.rowOffset[r]! - layout.prefixTokens;
      results[index] = [...values.subarray(start, start + layout.rowLength[r]!)];
    }
  }
  return results;
}

const flat = (rollouts: readonly Rollout[]): number[] => rollouts.flatMap(({ logprobs }) => logprobs);

async function expectLikeTraining(
  core: GpuCore,
  prompts: readonly (readonly number[])[],
  rollouts: readonly Rollout[],
  temperature: number,
) {
  const trained = await trainedLogprobs(core, prompts, rollouts, temperature);
  expect(largestDifference(flat(rollouts), trained.flat())).toBeLessThan(1e-4);
}

/** An update that changes nothing, in micro-batches of at most so many positions. */
async function gradientOf(core: GpuCore, objective: ObjectiveCase, tokenBudget: number) {
  const { values, baseValues, sequences, settings } = objective;
  core.write(baseValues);
  core.freezeBase();
  core.write(values);
  const batches = pack(sequences, tokenBudget);
  const sums = await core.update(batches, { ...settings, learningRate: 0 });
  return { batches: batches.length, sums, gradient: await core.readGradient() };
}

const everything = (config: ReasonerConfig) => prepareCase({ ...SETTINGS['everything at once'], config });
const OBJECTIVES: [name: string, make: () => ObjectiveCase, profile: Profile][] = [
  ...scaled(Object.keys(SETTINGS), FEW_SETTINGS).map((name): [string, () => ObjectiveCase, Profile] => [
    name,
    () => objectiveCase(name),
    ALONE,
  ]),
  ['everything at once, in vec4s', () => everything(ALIGNED), ALONE],
  ...COOPERATIVE.map(([name, config, profile]): [string, () => ObjectiveCase, Profile] => [
    `everything at once, ${name}`,
    () => everything(config),
    profile,
  ]),
];

describe('the objective on WebGPU against the plain reference', () => {
  it.each(OBJECTIVES)('has the same value, means and gradient: %s', { timeout: PATIENCE }, async (...row) => {
    const [, make, profile] = row;
    const objective = make();
    const core = await coreOf(objective.config, profile);
    const { sums, gradient } = await gradientOf(core, objective, 60);
    expectObjective(objective, sums, gradient);
    const norm = Math.hypot(...gradient.flatMap((values) => [...values]));
    expect(Math.abs(sums.gradNorm / norm - 1)).toBeLessThan(1e-4);
  });
});

describe.each([['alone', ODD_CONFIG, ALONE] as const, ...COOPERATIVE])(
  'the core, %s',
  (_, config, profile) => {
    let core: GpuCore;
    const prompts = oddSequences(config, 23, [1, 2, 3, 5, 7], 3).map(({ prompt }) => prompt);
    const options: SampleOptions = { maxNewTokens: 9, temperature: 0.9, seed: 4 };
    beforeAll(async () => {
      core = await coreOf(config, profile);
    }, PATIENCE);

    it('sums the same gradient over several micro-batches as in one', async () => {
      const objective = everything(config);
      const one = await gradientOf(core, objective, CAPACITY);
      const several = await gradientOf(core, objective, 40);
      expect(one.batches).toBe(1);
      expect(several.batches).toBeGreaterThan(2);
      for (const [i, values] of one.gradient.entries()) {
        expect(largestDifference(several.gradient[i]!, values)).toBeLessThan(1e-5);
      }
      for (const key of ['loss', 'entropy', 'kl', 'gradNorm'] as const) {
        expect(Math.abs(several.sums[key] - one.sums[key])).toBeLessThan(1e-4);
      }
    });

    it('measures KL to the base as the reference does, over several micro-batches', async () => {
      const [values, baseValues] = [shaken(config, 12, 0.3), shaken(config, 13, 0.3)];
      core.write(baseValues);
      core.freezeBase();
      core.write(values);
      const [weights, base] = [inDoubles(config, values), inDoubles(config, baseValues)];
      const sequences = oddSequences(config, 37, [1, 2, 3, 5, 7], 3).map((s) => ({ ...s, klToBase: 1 }));
      const want = sequences.flatMap((sequence) => referenceKl(weights, base, config, sequence, 0.8));
      const batches = pack(sequences, 40);
      expect(batches.length).toBeGreaterThan(2);
      const got = await core.klToBase(batches, 0.8);
      const total = want.reduce((sum, value) => sum + value, 0);
      expect(Math.abs(got - total) / want.length).toBeLessThan(1e-4);
      const [{ buffersCreated, bindGroups }, memory] = [core.counts, core.memory()];
      await core.klToBase(batches, 0.8);
      expect(core.counts).toMatchObject({ buffersCreated, bindGroups });
      expect(core.memory()).toEqual(memory);
      expect(await core.read()).toEqual(values);
    });

    it('samples by its seed, with the log-probabilities that training computes', async () => {
      core.write(shaken(config, 6, 0.3));
      const rollouts = await core.sample(prompts, options);
      for (const { tokens, finished } of rollouts) {
        expect(tokens.length).toBeGreaterThan(0);
        expect(tokens.slice(0, -1)).not.toContain(1);
        expect(finished).toBe(tokens.at(-1) === 1);
        if (!finished) expect(tokens).toHaveLength(9);
      }
      await expectLikeTraining(core, prompts, rollouts, 0.9);
      expect(await core.sample(prompts, options)).toEqual(rollouts);
      expect(await core.sample(prompts, { ...options, seed: 5 })).not.toEqual(rollouts);
    });

    it('draws for a row whatever else is in the call', async () => {
      const [alone] = await core.sample(prompts.slice(0, 1), options);
      const [first] = await core.sample(prompts, options);
      expect(first).toEqual(alone);
    });

    it('is greedy when asked, as the reference is', async () => {
      const values = shaken(config, 7, 0.3);
      core.write(values);
      const weights = inDoubles(config, values);
      const rollouts = await core.sample(prompts, { ...options, greedy: true, temperature: 0 });
      for (const [i, { tokens, logprobs }] of rollouts.entries()) {
        for (const [j, policy] of referenceLogPolicies(weights, config, prompts[i]!, tokens, 1).entries()) {
          expect(policy[tokens[j]!]).toBeGreaterThan(Math.max(...policy) - 1e-5);
          expect(Math.abs(logprobs[j]! - policy[tokens[j]!]!)).toBeLessThan(1e-4);
        }
      }
    });

    it('goes on from a snapshot as if nothing had happened since', async () => {
      const batches = pack(oddSequences(config, 29, [1, 4], 3));
      const learn = async () => [
        (await core.update(batches, PLAIN_UPDATE)).loss,
        (await core.update(batches, PLAIN_UPDATE)).loss,
      ];
      await learn();
      const snapshot = await core.snapshot();
      const losses = await learn();
      const values = await core.read();
      await core.restore(snapshot);
      expect(await learn()).toEqual(losses);
      expect(await core.read()).toEqual(values);
    });

    it('changes nothing on a gradient that is not finite, its count of steps included', async () => {
      const batches = pack(oddSequences(config, 31, [1, 4], 3));
      const bad = pack([{ prompt: [2], response: [3, 4], weight: Number.POSITIVE_INFINITY }]);
      const [values, snapshot] = [await core.read(), await core.snapshot()];
      expect((await core.update(bad, PLAIN_UPDATE)).gradNorm).toBeNaN();
      expect(await core.read()).toEqual(values);
      await core.update(batches, PLAIN_UPDATE);
      const after = await core.read();
      await core.restore(snapshot);
      await core.update(batches, PLAIN_UPDATE);
      expect(await core.read()).toEqual(after);
    });
  },
);

describe('the core on odd shapes', () => {
  let core: GpuCore;
  beforeAll(async () => {
    core = await coreOf(ODD_CONFIG);
    core.write(shaken(ODD_CONFIG, 8, 0.3));
  }, PATIENCE);

  it('stops at the limits, of the call and of the context', async () => {
    const tensors = toHuggingFace(ODD_CONFIG, await core.read());
    setEndLogit(tensors, -40);
    core.write(fromHuggingFace(ODD_CONFIG, tensors));
    const prompts = [[2], Array<number>(30).fill(3), Array<number>(32).fill(4), [5, 6]];
    let progress: [number, number][] = [];
    const rollouts = await core.sample(prompts, {
      maxNewTokens: 20,
      temperature: 1,
      seed: 1,
      onProgress: (...args) => {
        progress = [...progress, args];
      },
    });
    expect(rollouts.map(({ tokens }) => tokens.length)).toEqual([20, 2, 0, 20]);
    expect(rollouts.some(({ finished }) => finished)).toBe(false);
    expect(progress).toEqual([1, 2, 3, 4].map((done) => [done, 4]));
    const none = await core.sample(prompts, { maxNewTokens: 0, temperature: 1, seed: 1 });
    expect(none).toEqual(prompts.map(() => ({ tokens: [], logprobs: [], finished: false })));
    core.write(shaken(ODD_CONFIG, 8, 0.3));
  });

  it('goes on elsewhere from saved weights and moments, bit for bit', { timeout: PATIENCE }, async () => {
    const values = initialValues(ODD_CONFIG, 2);
    const options = { config: ODD_CONFIG, profile: ALONE, values, capacity: CAPACITY };
    const other = await GpuCore.create(device, options);
    const batches = packSequences(oddSequences(ODD_CONFIG, 29, [1, 4], 3), core.packing);
    for (let i = 0; i < 2; i++) await core.update(batches, PLAIN_UPDATE);
    other.write(await core.read());
    other.writeMoments(await core.readMoments());
    expect(await other.readMoments()).toEqual(await core.readMoments());
    expect(await other.read()).toEqual(await core.read());
    for (let i = 0; i < 2; i++) {
      expect(await other.update(batches, PLAIN_UPDATE)).toEqual(await core.update(batches, PLAIN_UPDATE));
      expect(await other.read()).toEqual(await core.read());
    }
    other.dispose();
  });

  it('lets waiting rows take the place of finished ones', { timeout: PATIENCE }, async () => {
    const random = new Random(101);
    const some = Array.from({ length: 40 }, (_, i) =>
      Array.from({ length: 1 + (i % 9) }, () => random.integer(0, 22)),
    );
    const prompts = Array.from({ length: MOST_ROWS + 90 }, () => random.pick(some));
    const rollouts = await core.sample(prompts, { maxNewTokens: 20, temperature: 1, seed: 2 });
    const ended = rollouts.filter(({ finished }) => finished).length;
    // Both kinds of ends, so that places fall free at different times.
    expect(ended).toBeGreaterThan(90);
    expect(ended).toBeLessThan(prompts.length - 90);
    await expectLikeTraining(core, prompts, rollouts, 1);
  });

  it('computes more prompts than its cache holds in portions', { timeout: PATIENCE }, async () => {
    const random = new Random(102);
    const count = Math.ceil(PREFIX_POSITIONS / 30) + 5;
    const prompts = Array.from({ length: count }, () =>
      Array.from({ length: 31 }, () => random.integer(0, 22)),
    );
    const rollouts = await core.sample(prompts, { maxNewTokens: 20, temperature: 1, seed: 3 });
    expect(rollouts.every(({ tokens }) => tokens.length === 1)).toBe(true);
    await expectLikeTraining(core, prompts, rollouts, 1);
  });

  it('says so when the weights are no numbers any more', async () => {
    core.write(initialValues(ODD_CONFIG, 1).map((values) => values.fill(Number.NaN)));
    const sampled = core.sample([[2, 3]], { maxNewTokens: 3, temperature: 1, seed: 1 });
    await expect(sampled).rejects.toThrow('diverged');
  });
});

describe.each(
  scaled<readonly (readonly [name: string, config: ReasonerConfig])[]>(
    [
      ['odd', ODD_CONFIG],
      ['whole vec4s', ALIGNED],
    ],
    [['odd', ODD_CONFIG]],
  ),
)('50 steps beside plain TensorFlow.js, %s', (_, config) => {
  it('has the same losses', { timeout: PATIENCE }, async () => {
    const core = await coreOf(config);
    const values = initialValues(config, 3);
    core.write(values);
    await openBackend({ device: 'cpu' });
    const kernels = plainKernels(4096);
    const plain = new TapeCore(config, kernels, values);
    const options = { ...PLAIN_UPDATE, learningRate: 5e-3 };
    let last = 0;
    for (let step = 0; step < 50; step++) {
      const sequences = oddSequences(config, 200 + (step % 7), [1, 3, 6], 2).map((sequence) => ({
        ...sequence,
        weight: 1,
      }));
      const got = await core.update(pack(sequences), options);
      const want = await plain.update(packSequences(sequences, kernels.packing), options);
      expect(Math.abs(got.loss / want.loss - 1)).toBeLessThan(1e-4);
      expect(Math.abs(got.gradNorm / want.gradNorm - 1)).toBeLessThan(1e-3);
      if (step === 0) last = want.loss;
      if (step === 49) expect(want.loss).toBeLessThan(0.8 * last);
    }
    plain.dispose();
  });
});

it('makes neither buffers nor bind groups step after step', { timeout: PATIENCE }, async () => {
  const core = await coreOf({ ...ODD_CONFIG, layers: 1 });
  const prompts = [[2, 3, 4], [2, 3, 4], [5]];
  const step = async (seed: number) => {
    const rollouts = await core.sample(prompts, { maxNewTokens: 3, temperature: 1, seed });
    const sequences = rollouts.map(({ tokens }, i) => ({
      prompt: prompts[i]!,
      response: tokens,
      weight: tokens.length % 2 ? 1 : -1,
    }));
    await core.update(pack(sequences), { ...PLAIN_UPDATE, learningRate: 1e-5 });
  };
  await step(0);
  const [{ buffersCreated, bindGroups }, memory] = [core.counts, core.memory()];
  for (let i = 1; i <= scaled(300, 60); i++) await step(i);
  expect(core.counts).toMatchObject({ buffersCreated, bindGroups });
  expect(core.memory()).toEqual(memory);
});
