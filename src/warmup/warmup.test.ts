import { expect, test } from 'vitest';
import { Random } from '../random.ts';
import {
  DivergedError,
  type Reasoner,
  type TrainingSequence,
  type UpdateOptions,
} from '../reasoner/reasoner.ts';
import { warmUp, warmUpLearningRate } from './warmup.ts';

const options = {
  updates: 40,
  batchSize: 4,
  learningRate: 1e-3,
  lrWarmUpUpdates: 200,
  maxGradNorm: 1,
  beta2: 0.98,
};

function* examples() {
  for (let i = 0; ; i++) {
    yield {
      prompt: Array.from({ length: 1 + ((i * 7) % 30) }, () => 20),
      response: [10, 21, 1],
      firstWeight: i % 2 === 0 ? 0.25 : 1,
    };
  }
}

function recorder(loss: (update: number) => number) {
  const updates: { sequences: readonly TrainingSequence[]; options: UpdateOptions }[] = [];
  const reasoner = {
    update: async (sequences: readonly TrainingSequence[], options: UpdateOptions) => {
      updates.push({ sequences, options });
      return { loss: loss(updates.length) };
    },
  } as unknown as Reasoner;
  return { reasoner, updates };
}

test('the learning rate ramps up, peaks and falls to a twentieth', () => {
  const rates = Array.from({ length: 40 }, (_, i) => warmUpLearningRate(i, options));
  expect(rates[0]).toBeCloseTo(1e-3 / 4);
  expect(Math.max(...rates)).toBeCloseTo(1e-3);
  expect(rates.indexOf(Math.max(...rates))).toBeLessThan(5);
  expect(warmUpLearningRate(40, options)).toBeCloseTo(5e-5);
});

test('every update trains on the responses, the first token by its weight', async () => {
  const { reasoner, updates } = recorder(() => 1);
  const reports: number[] = [];
  await warmUp(reasoner, examples(), new Random(1), options, async ({ tokens }) => {
    reports.push(tokens);
  });
  expect(updates).toHaveLength(40);
  for (const { sequences, options } of updates) {
    expect(sequences).toHaveLength(4);
    const weights = sequences.map(({ weight }) => weight as readonly number[]);
    for (const weight of weights) expect([0.25, 1]).toContain(weight[0]);
    for (const weight of weights) expect(weight.slice(1)).toEqual([1, 1]);
    // A constant per sequence: a token of a short answer must not weigh more than one of a long thought.
    expect(options.normalizer).toBe(sequences.length * 24);
    const lengths = sequences.map(({ prompt }) => prompt.length);
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(4);
  }
  expect(reports).toEqual([...reports].sort((a, b) => a - b));
});

test('what the caller throws ends the warm-up; a loss that is no number does too', async () => {
  const { reasoner, updates } = recorder((update) => (update < 7 ? 1 : Number.NaN));
  const stop = new Error('stopped');
  const stopped = warmUp(reasoner, examples(), new Random(1), options, async ({ update }) => {
    if (update === 3) throw stop;
  });
  await expect(stopped).rejects.toBe(stop);
  expect(updates).toHaveLength(3);
  await expect(warmUp(reasoner, examples(), new Random(1), options, async () => {})).rejects.toThrow(
    DivergedError,
  );
});
