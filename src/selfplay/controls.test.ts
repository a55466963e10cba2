/** The controls: what they change of the loop, and that they change nothing else. CPython in the Node sandbox judges. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ScriptedRun } from '../../test/selfplay/scriptedRun.ts';
import { CURATED } from '../benchmark/curated.ts';
import { type Config, DEFAULTS } from '../config/hyperparameters.ts';
import { type PresetName, presetConfig } from '../config/presets.ts';
import { SPECIAL } from '../language/tokenizer.ts';
import type { TrainingSequence } from '../reasoner/reasoner.ts';
import { createNodeSandbox } from '../sandbox/node.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { CORPUS_DEFAULTS } from '../warmup/corpus.ts';
import { metricsLine } from '../watch/metrics/files.ts';
import type { StepMetrics } from '../watch/metrics/table.ts';
import { supervisedTokens } from './supervise.ts';
import { LENGTH_NORMALIZER } from './update.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createNodeSandbox();
}, 120_000);
afterAll(() => sandbox?.close());

const SMALL: Partial<Config> = {
  steps: 50,
  proposalsPerKind: 8,
  bufferTasksPerKind: 3,
  attemptsPerTask: 4,
  seedingTarget: 10,
  evaluationTasks: 1,
  evaluationTiers: 1,
  passK: 0,
};

const isProposer = ({ prompt: [first] }: Pick<TrainingSequence, 'prompt'>) =>
  first === SPECIAL.proposeDeduction ||
  first === SPECIAL.proposeAbduction ||
  first === SPECIAL.proposeInduction;

/** Two steps of a preset in small. */
async function play(preset: PresetName, changes: Partial<Config> = {}) {
  // What is sampled in a step is the step's alone: nothing is evaluated in between.
  const config = { ...presetConfig(preset), ...SMALL, seed: 7, ...changes };
  const run = new ScriptedRun(sandbox, config, null, null, false);
  const { reasoner } = run;
  const metrics = await run.play(2);
  const seeded = run.of('tasks').flatMap(({ added }) => added.filter(({ step }) => step === 0));
  return {
    config,
    reasoner,
    metrics,
    seeded,
    tasks: run.buffered,
    // Of the steps: seeding and the base's evaluation come before.
    prompts: reasoner.samples.slice(run.samplesBefore).flatMap(({ prompts }) => prompts),
    trained: reasoner.updates.map(({ sequences }) => sequences),
  };
}

describe('random proposer', () => {
  test('the grammar proposes, the reasoner only solves and learns to solve', async () => {
    const { prompts, trained, metrics, tasks, config, seeded } = await play('random-proposer');
    expect(prompts.length).toBeGreaterThan(0);
    expect(prompts.some((prompt) => isProposer({ prompt }))).toBe(false);
    expect(trained.flat().some(isProposer)).toBe(false);
    expect(seeded.length).toBe(3 * config.seedingTarget);
    for (const { proposals, reward, validRate, tokensSampled, solveCounts } of metrics) {
      expect(proposals).toBe(3 * config.proposalsPerKind);
      expect(validRate).toBeGreaterThan(0.8);
      expect(solveCounts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(10);
      expect(Object.keys(reward).sort()).toEqual(['solve:abduction', 'solve:deduction', 'solve:induction']);
      expect(tokensSampled).toBeGreaterThan(0);
    }
    const fromReferences = tasks.filter(({ kind, parents }) => kind !== 'induction' && parents.length > 0);
    expect(fromReferences).toEqual([]);
  });

  test('its programs are those of the warm-up, tiers and all', async () => {
    const { tasks } = await play('random-proposer', { proposalsPerKind: 32, induction: false });
    const lines = tasks.map(({ program }) => program.split('\n').length - 2);
    // Tiers 1 to 4 have up to six lines between def and return.
    expect(Math.max(...lines)).toBeLessThanOrEqual(6);
    const long = lines.filter((count) => count >= 3).length / lines.length;
    const expected = (CORPUS_DEFAULTS.tiers[2] ?? 0) + (CORPUS_DEFAULTS.tiers[3] ?? 0);
    expect(Math.abs(long - expected)).toBeLessThan(0.2);
  });
});

describe('curated RL', () => {
  test('draws every task from the hand-written set of its level', async () => {
    const { prompts, tasks, metrics, trained } = await play('curated-rl');
    expect(prompts.some((prompt) => isProposer({ prompt }))).toBe(false);
    expect(trained.flat().some(isProposer)).toBe(false);
    const written = new Map(
      CURATED.filter(({ level }) => level === 1).map((each) => [each.program, each.inputs]),
    );
    const grown = tasks.filter(({ program }) => !program.includes('hello'));
    expect(grown.length).toBeGreaterThan(30);
    for (const { program, input, examples, kind } of grown) {
      const inputs = written.get(program) ?? [];
      if (kind === 'induction') expect(examples?.length).toBe(DEFAULTS.inductionExamples);
      else expect(inputs).toContain(input);
    }
    expect(metrics.every(({ validRate }) => validRate > 0.9)).toBe(true);
  });
});

describe('frozen base', () => {
  test('plays as the demo does, and is never updated', async () => {
    const frozen = await play('frozen-base');
    const demo = await play('demo');
    expect(frozen.trained).toEqual([]);
    expect(demo.trained.length).toBe(2);
    // The scripted reasoner learns nothing either, so all but the update is the same.
    expect(frozen.tasks).toEqual(demo.tasks);
    for (const [i, metrics] of frozen.metrics.entries()) {
      const { loss, gradNorm, entropy, tokensTrained, ...rest } = metricsLine(metrics);
      expect([loss, gradNorm, entropy, tokensTrained]).toEqual([0, 0, 0, 0]);
      expect(metricsLine(demo.metrics[i] as StepMetrics)).toMatchObject(rest);
    }
  });
});

describe('supervised', () => {
  test('goes on with the warm-up: as many tokens as a step of the demo costs, nothing sampled or seeded', async () => {
    const { prompts, metrics, trained, seeded, config, reasoner } = await play('supervised');
    expect(prompts).toEqual([]);
    expect(seeded.length).toBe(2);
    // A step of as many tokens, cut into batches of the warm-up's size: an update for each.
    const sizes = trained.map((sequences) => sequences.length);
    expect(sizes.filter((size) => size < config.warmUpBatch).length).toBeLessThanOrEqual(2);
    expect(Math.max(...sizes)).toBe(config.warmUpBatch);
    const lengths = trained.flat().map(({ prompt, response }) => prompt.length + response.length);
    const total = lengths.reduce((sum, length) => sum + length, 0);
    expect(total).toBeGreaterThanOrEqual(2 * supervisedTokens(config));
    expect(total - 2 * Math.max(...lengths)).toBeLessThan(2 * supervisedTokens(config));
    expect(metrics.map(({ tokensTrained }) => tokensTrained)).not.toContain(0);
    for (const sequences of trained) {
      expect(sequences.some(isProposer) && !sequences.every(isProposer)).toBe(true);
      expect(sequences.every(({ weight, response }) => (weight as number[]).length === response.length)).toBe(
        true,
      );
    }
    expect(new Set(trained.flat()).size).toBe(trained.flat().length);
    expect(reasoner.updates[0]?.options.learningRate).toBe(config.learningRate);
    expect(reasoner.updates.map(({ options }) => options.normalizer)).toEqual(
      sizes.map((size) => size * LENGTH_NORMALIZER),
    );
    expect(metrics[0]).toMatchObject({
      proposals: 0,
      newTasks: 0,
      reward: {},
      tokensSampled: 0,
      zeroStdGroups: 0,
    });
  });

  test('is measured like the others', async () => {
    const run = new ScriptedRun(sandbox, { ...presetConfig('supervised'), ...SMALL, evaluateEvery: 1 });
    const [metrics] = await run.play(1);
    const { heldOut, base, baseForced } = metrics ?? {};
    expect([heldOut, base, baseForced].map((scores) => Object.keys(scores ?? {}).length)).toEqual([3, 3, 3]);
  });
});

describe('the proposer’s training', () => {
  test('solver-only leaves it out', async () => {
    const proposers = async (changes: Partial<Config>) =>
      (await play('demo', changes)).trained.map((sequences) => sequences.some(isProposer));
    expect(await proposers({})).toEqual([true, true]);
    expect(await proposers({ trainProposer: false })).toEqual([false, false]);
  });
});

describe('ablations', () => {
  test.each([
    ['deduction-only', ['deduction']],
    ['no-induction', ['deduction', 'abduction']],
    ['no-references', ['deduction', 'abduction', 'induction']],
    ['no-dedupe', ['deduction', 'abduction', 'induction']],
    ['official-buffer', ['deduction', 'abduction', 'induction']],
  ] as const)('%s plays its kinds', async (preset, kinds) => {
    const { metrics, tasks } = await play(preset);
    expect(Object.keys(metrics[1]?.solveRate ?? {}).sort()).toEqual([...kinds].sort());
    expect([...new Set(tasks.map(({ kind }) => kind))].sort()).toEqual([...kinds].sort());
  });

  test('without references only induction grows from earlier tasks', async () => {
    const { tasks } = await play('no-references');
    for (const { kind, parents } of tasks) expect(parents.length).toBe(kind === 'induction' ? 1 : 0);
  });

  test('a preset is a small difference from the demo', () => {
    for (const preset of ['deduction-only', 'no-induction', 'no-references', 'solver-only'] as const) {
      const config = presetConfig(preset);
      const changed = Object.keys(config).filter(
        (key) => config[key as keyof Config] !== DEFAULTS[key as keyof Config],
      );
      expect(changed.length).toBeLessThanOrEqual(2);
    }
  });
});
