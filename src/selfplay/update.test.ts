/** What each switch of the update changes in the sequences that the reasoner is trained on, and what it leaves. */
import { describe, expect, test } from 'vitest';
import { type Config, DEFAULTS } from '../config/hyperparameters.ts';
import { Random } from '../random.ts';
import type { TrainingSequence } from '../reasoner/reasoner.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Judged } from '../tasks/judging.ts';
import type { Task, Verdict } from '../tasks/task.ts';
import { MovingAverages } from './advantage.ts';
import { type AttemptGroup, setSolverAdvantages } from './attempts.ts';
import { createLab } from './lab.ts';
import { mean } from './rewards.ts';
import { ScriptedReasoner } from './scriptedReasoner.ts';
import { type Graded, isInBand, updateReasoner } from './update.ts';

/** Nothing here runs a program. */
const sandbox: Sandbox = {
  run: () => Promise.reject(new Error('nothing is to be run')),
  ready: async () => {},
  stats: () => {
    throw new Error('nothing was run');
  },
  close: () => {},
};

const rollout = (length: number, token: number) => ({
  tokens: new Array<number>(length).fill(token),
  logprobs: new Array<number>(length).fill(-0.25),
  finished: true,
});

function task(id: string): Task {
  return {
    id,
    kind: 'deduction',
    program: 'def f(x):\n    return x + 1',
    input: '1',
    output: '2',
    step: 1,
    parents: [],
    behaviour: id,
    solveRate: null,
  };
}

/** Attempts at one task: `+` correct, `-` wrong; the i-th attempt is i + 2 tokens long. */
function group(prompt: number, attempts: string, config: Config): AttemptGroup {
  const verdicts = [...attempts].map((sign): Verdict => (sign === '+' ? 'correct' : 'wrong'));
  const correct = verdicts.map((verdict) => Number(verdict === 'correct'));
  const made: AttemptGroup = {
    task: task(`d${prompt}`),
    prompt: [prompt, prompt],
    rollouts: verdicts.map((_, i) => rollout(i + 2, 100 + i)),
    judged: verdicts.map(
      (verdict): Judged => ({ verdict, score: Number(verdict === 'correct'), solution: null, trial: null }),
    ),
    rewards: verdicts.map((verdict) => (verdict === 'correct' ? 1 : -0.5)),
    advantages: [],
    solveRate: mean(correct),
  };
  if (isInBand(made.solveRate, config)) setSolverAdvantages([made], config, new MovingAverages(0.95));
  return made;
}

const PROPOSALS = [0.5, -0.5, 1, -1].map(
  (advantage, i): Graded => ({
    draft: {
      kind: 'deduction',
      references: [],
      prompt: [5, i],
      rollout: rollout(6 + i, 200),
      validity: { ok: false, rejection: 'format', detail: '', trial: null },
      task: null,
      inner: null,
    },
    reward: advantage,
    advantage,
  }),
);

async function train(changes: Partial<Config> = {}, seed = 1) {
  const config = { ...DEFAULTS, ...changes };
  const reasoner = new ScriptedReasoner();
  const random = new Random(seed);
  const lab = createLab({ reasoner, sandbox, config, random, listener: () => {} });
  const before = random.state();
  const groups = [group(2, '+-', config), group(3, '+++-', config), group(4, '----', config)];
  const report = await updateReasoner(lab, PROPOSALS, groups, 1);
  const drew = random.state().join() !== before.join();
  const isSolver = ({ prompt }: TrainingSequence) => (prompt[0] as number) < 5;
  const sequences = reasoner.updates.flatMap((update) => [...update.sequences]);
  return {
    report,
    drew,
    updates: reasoner.updates,
    sequences,
    solver: sequences.filter(isSolver),
    proposer: sequences.filter((sequence) => !isSolver(sequence)),
    options: reasoner.updates[0]?.options,
  };
}

/** 4 proposals of 6 … 9 tokens; attempts of 2 + 3, 2 … 5 and 2 … 5 tokens. */
const SEQUENCES = 14;
const TOKENS = 30 + 5 + 14 + 14;

test('without a switch there is one update, divided by a constant, without ratio and without a draw', async () => {
  const { updates, options, sequences, solver, proposer, drew } = await train();
  expect(updates.length).toBe(1);
  expect(options?.normalizer).toBe(SEQUENCES * DEFAULTS.lossLength);
  // Four attempts that all failed say nothing and are left out.
  expect([solver.length, proposer.length]).toEqual([6, 4]);
  expect(sequences.some(({ samplerLogprobs }) => samplerLogprobs)).toBe(false);
  expect(drew).toBe(false);
});

describe('loss normalization', () => {
  test('by token divides by all tokens, those without gradient included', async () => {
    const usual = await train();
    const byToken = await train({ lossNormalization: 'token' });
    expect(byToken.options).toEqual({ ...usual.options, normalizer: TOKENS });
    expect(byToken.sequences).toEqual(usual.sequences);
  });

  test('by sequence gives every response its own mean', async () => {
    const usual = await train({ klSolve: 0.3 });
    const own = await train({ klSolve: 0.3, lossNormalization: 'sequence' });
    expect(own.options).toEqual({ ...usual.options, normalizer: SEQUENCES });
    for (const [i, { response, weight, klToBase }] of own.sequences.entries()) {
      const other = usual.sequences[i] as TrainingSequence;
      expect(response).toEqual(other.response);
      expect((weight as number) * response.length).toBeCloseTo(other.weight as number);
      expect((klToBase as number) * response.length).toBeCloseTo(other.klToBase as number);
    }
  });

  test('by sequence keeps the entropy bonus a mean over tokens', async () => {
    const { options } = await train({ lossNormalization: 'sequence', entropy: 0.01 });
    expect((options?.entropy as number) / (options?.normalizer as number)).toBeCloseTo(0.01 / TOKENS);
  });
});

describe('several updates a step', () => {
  test('epochs repeat the same update, with the ratio to the sampler', async () => {
    const usual = await train();
    const { updates, report, drew } = await train({ ppoEpochs: 3 });
    expect(updates.length).toBe(3);
    for (const { sequences, options } of updates) {
      expect(options).toEqual(usual.options);
      expect(sequences.map(({ samplerLogprobs, ...rest }) => rest)).toEqual(usual.sequences);
      expect(sequences.every((s) => s.samplerLogprobs?.length === s.response.length)).toBe(true);
    }
    expect(report.tokens).toBe(3 * usual.report.tokens);
    expect(report.loss).toBeCloseTo(usual.report.loss);
    expect(report.kl).toBeCloseTo(usual.report.kl);
    expect(drew).toBe(false);
  });

  test('mini-batches part the responses at random, the same way for the same seed', async () => {
    const usual = await train();
    const key = (s: TrainingSequence) => `${s.prompt.join()} ${s.response.join()} ${s.weight}`;
    const { updates, sequences, drew } = await train({ ppoMiniBatches: 3 });
    expect(updates.length).toBe(3);
    expect(drew).toBe(true);
    expect(sequences.map(key).sort()).toEqual(usual.sequences.map(key).sort());
    const parts = updates.map(({ options }) => options.normalizer / DEFAULTS.lossLength);
    expect(parts.reduce((sum, count) => sum + count, 0)).toBe(SEQUENCES);
    expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1);
    expect((await train({ ppoMiniBatches: 3 })).sequences).toEqual(sequences);
    expect((await train({ ppoMiniBatches: 3 }, 2)).sequences).not.toEqual(sequences);
  });

  test('each epoch parts them anew, and the clip still applies', async () => {
    const { updates } = await train({ ppoEpochs: 2, ppoMiniBatches: 2, ppoClip: true });
    expect(updates.length).toBe(4);
    expect(updates.every(({ options }) => options.ppoClip?.low === 0.2)).toBe(true);
    expect(updates[0]?.sequences).not.toEqual(updates[2]?.sequences);
  });
});

test('a dual clip comes with the clip, and 0 is none', async () => {
  const clipOf = async (changes: Partial<Config>) => (await train(changes)).options?.ppoClip;
  const low = DEFAULTS.ppoClipLow;
  const high = DEFAULTS.ppoClipHigh;
  expect(await clipOf({ ppoDualClip: 3 })).toBeUndefined();
  expect(await clipOf({ ppoClip: true })).toEqual({ low, high });
  expect(await clipOf({ ppoClip: true, ppoDualClip: 3 })).toEqual({ low, high, dual: 3 });
});

describe('what the solver learns from', () => {
  test('likelihood imitates correct attempts alone and leaves the proposer as it is', async () => {
    const usual = await train({ ppoClip: true });
    const { solver, proposer, options } = await train({ policyObjective: 'likelihood', ppoClip: true });
    expect(proposer).toEqual(usual.proposer);
    expect(options).toEqual(usual.options);
    // One correct attempt at the first task, three at the second.
    expect(solver.map(({ prompt, weight }) => [prompt[0], weight])).toEqual([
      [2, 1],
      [3, 1],
      [3, 1],
      [3, 1],
    ]);
    expect(solver.every(({ samplerLogprobs }) => samplerLogprobs === undefined)).toBe(true);
  });

  test.each([
    ['at-most-half', [2]],
    ['between', [2]],
    ['all', [2, 3]],
  ] as const)('the band %s drops tasks, without making the step larger', async (solverBand, tasks) => {
    const usual = await train();
    const { solver, proposer, options } = await train({ solverBand });
    expect([...new Set(solver.map(({ prompt }) => prompt[0]))]).toEqual(tasks);
    expect(solver).toEqual(usual.solver.filter(({ prompt }) => tasks.includes(prompt[0] as never)));
    expect(proposer).toEqual(usual.proposer);
    expect(options).toEqual(usual.options);
  });

  test('a dropped task is not held near the base either', async () => {
    const { solver } = await train({ solverBand: 'between', klSolve: 0.1, entropy: 0.01 });
    expect([...new Set(solver.map(({ prompt }) => prompt[0]))]).toEqual([2]);
  });

  test('bands end where they say', () => {
    const rates = [0, 0.25, 0.3, 0.5, 0.625, 0.7, 0.75, 1];
    const kept = (solverBand: Config['solverBand']) => rates.filter((rate) => isInBand(rate, { solverBand }));
    expect(kept('all')).toEqual(rates);
    expect(kept('at-most-half')).toEqual([0, 0.25, 0.3, 0.5]);
    expect(kept('between')).toEqual([0.3, 0.5, 0.625, 0.7]);
  });
});

test('whitening by token shifts the solver’s baseline and nothing of the proposer here', async () => {
  const usual = await train({ baseline: 'trr++', scaleAdvantage: false });
  const byToken = await train({ baseline: 'trr++', scaleAdvantage: false, whitening: 'token' });
  expect(byToken.options).toEqual(usual.options);
  expect(byToken.proposer).toEqual(usual.proposer);
  // Rewards 1 (2 tokens) and −0.5 (3 tokens): mean 0.1 by token, 0.25 by response.
  const first = byToken.solver.filter(({ prompt }) => prompt[0] === 2).map(({ weight }) => weight);
  expect(first).toEqual([expect.closeTo(0.9), expect.closeTo(-0.6)]);
  expect(usual.solver[0]?.weight).toBeCloseTo(0.75);
});
