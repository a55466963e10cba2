/**
 * The whole loop, driven through its two interfaces: a scripted reasoner that writes grammar programs and
 * solves by coin toss, and the real judge (CPython in the Node sandbox).
 */
import { describe, expect, test } from 'vitest';
import { ScriptedReasoner } from '../../test/selfplay/scriptedReasoner.ts';
import { isOfTestSet, openRuns, SMALL } from '../../test/selfplay/scriptedRun.ts';
import { decode, SPECIAL } from '../language/tokenizer.ts';
import type { TrainingSequence } from '../reasoner/reasoner.ts';
import { createNodeSandbox } from '../sandbox/node.ts';
import { SOLVE_TOKEN } from '../tasks/format.ts';
import type { Attempt } from '../tasks/task.ts';
import { metricsLine } from '../watch/metrics/files.ts';
import type { StepMetrics } from '../watch/metrics/table.ts';
import { play } from './play.ts';

const { run, sandbox } = openRuns(createNodeSandbox);

describe('a step', () => {
  test('runs all six roles, rewards as the paper does and reports what it did', async () => {
    const made = run();
    const { reasoner, config } = made;
    const [metrics] = (await made.play(1)) as [StepMetrics];
    const seeded = Object.values(made.of('seeded')[0]?.report.tasks ?? {});
    const before = seeded.reduce((sum, count) => sum + count, 0);
    expect(metrics.step).toBe(1);
    expect(Object.keys(metrics.reward).sort()).toEqual(
      ['deduction', 'abduction', 'induction'].flatMap((k) => [`propose:${k}`, `solve:${k}`]).sort(),
    );
    expect(metrics.proposals).toBe(3 * config.proposalsPerKind);
    expect(metrics.newTasks).toBeGreaterThan(0);
    expect(metrics.bufferSize).toBe(before + metrics.newTasks);
    expect(metrics.bufferSize).toBe(made.buffered.length);
    expect(metrics.solveCounts.length).toBe(config.attemptsPerTask + 1);
    expect(metrics.thinkShare.deduction).toBeGreaterThan(0);
    expect(metrics.heldOut).toBeUndefined();
    expect(metrics.tokensSampled).toBeGreaterThan(metrics.tokensTrained / 2);

    const valid = metrics.solveCounts.reduce((sum, count) => sum + count, 0);
    const invalid = Object.entries(metrics.rejections)
      .filter(([rejection]) => rejection !== 'known')
      .reduce((sum, [, count]) => sum + count, 0);
    expect(valid + invalid).toBe(metrics.proposals);

    const attempts = made.shownOf('attempts').flatMap((event) => event.attempts);
    expect(attempts.length).toBe(config.attemptsPerTask * (valid + 3 * config.bufferTasksPerKind));
    expect(new Set(attempts.map(({ reward }) => reward))).toEqual(new Set([1, -0.5]));
    for (const { verdict, reward } of attempts) expect(reward).toBe(verdict === 'correct' ? 1 : -0.5);
    // New tasks keep their lineage and get their solve rate at once.
    const added = made.of('tasks').at(-1)?.added ?? [];
    expect(added.length).toBe(metrics.newTasks);
    for (const task of added) {
      expect(task.solveRate).not.toBeNull();
      expect(task.parents.length).toBe(task.kind === 'induction' ? 1 : config.references);
    }
    expect(reasoner.updates.length).toBe(1);
  });

  test('trains on advantages that sum to zero per task, with KL on the proposer only', async () => {
    const made = run();
    const { reasoner, config } = made;
    await made.play(1);
    const [{ sequences, options }] = reasoner.updates as [(typeof reasoner.updates)[number]];
    const isProposer = (s: TrainingSequence) =>
      (s.prompt[0] as number) >= SPECIAL.proposeDeduction &&
      (s.prompt[0] as number) <= SPECIAL.proposeInduction;
    const solver = sequences.filter((s) => !isProposer(s));
    const byPrompt = new Map<string, number>();
    for (const { prompt, weight } of solver) {
      byPrompt.set(prompt.join(), (byPrompt.get(prompt.join()) ?? 0) + (weight as number));
    }
    for (const sum of byPrompt.values()) expect(sum).toBeCloseTo(0, 6);
    expect(solver.every(({ klToBase }) => klToBase === 0)).toBe(true);
    expect(solver.every(({ weight }) => weight !== 0)).toBe(true);
    expect(sequences.filter(isProposer).every(({ klToBase }) => klToBase === config.klPropose)).toBe(true);
    expect(options.learningRate).toBe(config.learningRate);
  });

  test('never practises a program of the test set', async () => {
    const made = run();
    const { reasoner } = made;
    await made.play(3);
    const heldOut = made.shownOf('rejected').filter(({ rejection }) => rejection === 'held-out');
    expect(heldOut.length).toBeGreaterThan(0);
    expect(made.buffered.some(({ program }) => isOfTestSet(reasoner, program))).toBe(false);
    for (const { sequences } of reasoner.updates) {
      for (const { prompt, response } of sequences) {
        const from = prompt[0] as number;
        const text =
          from === SPECIAL.proposeDeduction || from === SPECIAL.proposeAbduction
            ? decode(response.slice(1, response.indexOf(SPECIAL.input)))
            : from === SOLVE_TOKEN.deduction
              ? decode(prompt.slice(1, prompt.indexOf(SPECIAL.input)))
              : '';
        expect(isOfTestSet(reasoner, text)).toBe(false);
      }
    }
  });

  test('evaluates when due and after the last, beside the base', async () => {
    const made = run({ steps: 3 });
    const all = await made.play(3);
    expect(await made.step()).toBeNull();
    expect(all.map(({ heldOut }) => heldOut !== undefined)).toEqual([false, true, true]);
    expect(all[1]?.base).toEqual(all[1]?.heldOut);
    expect(Object.keys(all[1]?.heldOut?.deduction ?? {})).toEqual(['1', '2', '3', '4', '5']);
    expect(all[1]?.heldOutPassK?.k).toBe(2);
  });

  test('shows one real task from proposal to reward', async () => {
    const made = run();
    await made.play(1);
    const stages = made.shownOf('stage').filter(({ step }) => step === 1);
    expect([...new Set(stages.map(({ stage }) => stage))]).toEqual([
      'propose',
      'verify',
      'attempt',
      'judge',
      'update',
    ]);
    const last = stages.at(-1)?.currentTask;
    expect(last?.attempts?.length).toBe(4);
    expect(last?.solveRate).toBeTypeOf('number');
    expect(last?.proposerReward).toBeTypeOf('number');
    const attempts = made.shownOf('attempts').flatMap((event) => event.attempts);
    const taskOf = ({ response }: { response: string }) =>
      attempts.find((attempt: Attempt) => attempt.response === response);
    expect(last?.attempts?.every((attempt) => taskOf(attempt))).toBe(true);
  });

  test('waits for the listener, and a listener that throws ends it', async () => {
    let heard = 0;
    const steps = play({
      reasoner: new ScriptedReasoner(),
      sandbox: sandbox(),
      config: { ...SMALL, seedingRounds: 1 },
      listener: async (event) => {
        if (event.type !== 'phase' || event.record.step === 0) return;
        if (event.phase === 'attempt') throw new Error('reset');
        // The loop may not go on before a later turn of the event loop has come.
        const before = heard;
        await new Promise((resolve) => setTimeout(resolve, 0));
        expect(heard).toBe(before);
        heard++;
      },
    });
    await expect(steps.next()).rejects.toThrow('reset');
    expect(heard).toBe(4);
  });

  test('whose loss is no number is told with its detection and is the last', async () => {
    const made = run({ seedingRounds: 1, evaluateEvery: 2 });
    expect(await made.step()).not.toHaveProperty('detections');
    made.reasoner.loss = Number.NaN;
    const metrics = await made.step();
    expect(metrics).toMatchObject({ step: 2, loss: Number.NaN });
    expect(metrics?.detections).toMatchObject([{ name: 'not a number', step: 2 }]);
    // Spoiled weights are not measured.
    expect(metrics?.heldOut).toBeUndefined();
    expect(made.shownOf('stage').some(({ step, stage }) => step === 2 && stage === 'evaluate')).toBe(false);
    expect(await made.step()).toBeNull();
  });

  test('tells of held-out programs from the first step on: of the base alone until the reasoner is measured', async () => {
    const made = run({ seedingRounds: 1, evaluateEvery: 2 });
    await made.play(2);
    const told = made.shownOf('ladder').map(({ step, examples }) => ({
      step,
      tiers: examples.map(({ tier }) => tier),
      isOfBase: examples.every(({ now }) => now === null),
    }));
    const tiers = told[0]?.tiers;
    expect(tiers?.length).toBeGreaterThan(0);
    expect(told).toEqual([
      { step: 1, tiers, isOfBase: true },
      { step: 2, tiers, isOfBase: false },
    ]);
  });

  test('is evaluated on few tasks in between, and is the same run otherwise', async () => {
    const rare = run({ seedingRounds: 1, evaluateEvery: 10 });
    const often = run({ seedingRounds: 1, evaluateEvery: 2 });
    const [, quick] = await rare.play(3);
    await often.play(3);
    expect(quick?.heldOutQuick).toMatchObject({ tasks: 2, scores: { deduction: { 1: expect.any(Number) } } });
    expect(quick?.heldOutThinks).toEqual(often.metrics[1]?.heldOutThinks);
    expect(rare.metrics.map(({ heldOutQuick }) => heldOutQuick !== undefined)).toEqual([false, true, false]);
    expect(rare.shownOf('ladder').map(({ step }) => step)).toEqual([1]);
    const training = ({ step, reward, loss, solveRate, bufferSize }: StepMetrics) => ({
      step,
      reward,
      loss,
      solveRate,
      bufferSize,
    });
    expect(rare.metrics.map(training)).toEqual(often.metrics.map(training));
    expect(rare.buffered).toEqual(often.buffered);
  });

  test('is the same with the same seed, another with another', async () => {
    const once = async (seed: number) => {
      const made = run({ seed, seedingTarget: 6 });
      const [metrics] = (await made.play(1)) as [StepMetrics];
      return { metrics: metricsLine(metrics), tasks: made.buffered };
    };
    const first = await once(1);
    expect(await once(1)).toEqual(first);
    expect((await once(2)).tasks).not.toEqual(first.tasks);
  });

  test('fills in every field of its records, and joins nothing by position', async () => {
    const made = run();
    await made.play(2);
    for (const { proposals, groups } of made.records) {
      for (const { verdict, task, reward, advantage, tokens, logprobs } of proposals) {
        expect(verdict).not.toBeNull();
        expect(task !== null).toBe(verdict?.ok);
        const isHeldOut = verdict && !verdict.ok && verdict.rejection === 'held-out';
        expect([reward === null, advantage === null]).toEqual([isHeldOut, isHeldOut]);
        expect(logprobs?.length).toBe(tokens.length);
      }
      const measured = groups.filter(({ proposal }) => proposal);
      expect(measured.map(({ proposal }) => proposal)).toEqual(proposals.filter(({ task }) => task));
      for (const { task, proposal, attempts, solveRate } of groups) {
        if (proposal) expect(task).toBe(proposal.task);
        const correct = attempts.filter(({ judged }) => judged?.verdict === 'correct').length;
        expect(solveRate).toBe(correct / attempts.length);
      }
    }
  });
});
