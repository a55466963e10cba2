import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { shaken } from '../../../test/reasoner/objectiveCases.ts';
import { openDevice } from '../../../test/reasoner/webgpu.ts';
import { ODD_CONFIG, oddSequences, PLAIN_UPDATE } from '../../../test/reasoner/weights.ts';
import { packSequences } from '../batch.ts';
import type { SampleOptions } from '../reasoner.ts';
import { GpuCore } from './core.ts';

const CAPACITY = 128;
/** Compiling for a software adapter on a busy machine takes its time. */
const PATIENCE = 600_000;
const LEARN = { ...PLAIN_UPDATE, learningRate: 0.1 };
const BATCHES = packSequences(oddSequences(ODD_CONFIG, 43, [1, 4], 3), {
  style: 'ragged',
  tokenBudget: CAPACITY,
});
const FEW = oddSequences(ODD_CONFIG, 23, [1, 2, 3, 5, 7], 3).map(({ prompt }) => prompt);
/** More positions than the prompts' cache has at first, and than one micro-batch has. */
const MANY = Array.from({ length: 60 }, (_, i) =>
  Array.from({ length: 30 }, (_, j) => (i + (i % 5) * j) % 23),
);

describe('sampling from the frozen base on WebGPU', () => {
  let device: GPUDevice;
  let core: GpuCore;
  beforeAll(async () => {
    device = await openDevice();
  });
  beforeEach(async () => {
    core = await GpuCore.create(device, {
      config: ODD_CONFIG,
      profile: { cooperative: false },
      values: shaken(ODD_CONFIG, 9, 0.3),
      capacity: CAPACITY,
    });
    return () => core.dispose();
  }, PATIENCE);
  afterAll(() => device.destroy());

  it.each([{ greedy: true, temperature: 0 }, { temperature: 0.9 }])(
    'answers as if nothing had been learned since, and leaves training alone: %o',
    async (how) => {
      const options: SampleOptions = { maxNewTokens: 9, seed: 4, ...how };
      const current = () => core.sample(FEW, options);
      const base = () => core.sample(FEW, { ...options, weights: 'base' });
      const frozen = await current();
      core.freezeBase();
      expect(await base()).toEqual(frozen);
      await core.read();
      const [{ buffersCreated, bindGroups }, memory] = [core.counts, core.memory()];
      for (let i = 0; i < 3; i++) {
        await core.update(BATCHES, LEARN);
        const [learned, values] = [await current(), await core.read()];
        expect(learned).not.toEqual(frozen);
        expect(await base()).toEqual(frozen);
        expect(await core.read()).toEqual(values);
        expect(await current()).toEqual(learned);
      }
      expect(core.counts).toMatchObject({ buffersCreated, bindGroups });
      expect(core.memory()).toEqual(memory);
      const last = await current();
      core.freezeBase();
      expect(await base()).toEqual(last);
    },
  );

  it('goes on when the prompts outgrow their cache', async () => {
    const options: SampleOptions = { maxNewTokens: 2, temperature: 1, seed: 3 };
    core.freezeBase();
    const base = (prompts: typeof FEW) => core.sample(prompts, { ...options, weights: 'base' });
    const [few, { tensors, bytes }] = [await base(FEW), core.memory()];
    const many = await core.sample(MANY, options);
    await core.update(BATCHES, LEARN);
    expect(await base(MANY)).toEqual(many);
    expect(await base(FEW)).toEqual(few);
    // One cache for both sets of weights: it has grown, there is no second one.
    expect(core.memory().tensors).toBe(tensors);
    expect(core.memory().bytes).toBeGreaterThan(bytes);
  });

  it('binds nothing for the base until it is asked, and then once', async () => {
    const options: SampleOptions = { maxNewTokens: 2, temperature: 1, seed: 3 };
    core.freezeBase();
    const { bindGroups, buffersCreated } = core.counts;
    await core.sample(FEW, options);
    expect(core.counts.bindGroups).toBe(bindGroups);
    await core.sample(FEW, { ...options, weights: 'base' });
    const asked = core.counts.bindGroups;
    expect(asked).toBeGreaterThan(bindGroups);
    await core.sample(FEW, { ...options, weights: 'base' });
    expect(core.counts).toMatchObject({ bindGroups: asked, buffersCreated });
  });

  it('says so when no base was frozen, whatever the prompts', async () => {
    for (const prompts of [FEW, []]) {
      const sampled = core.sample(prompts, { maxNewTokens: 2, temperature: 1, seed: 3, weights: 'base' });
      await expect(sampled).rejects.toThrow('no base was frozen');
    }
  });
});
