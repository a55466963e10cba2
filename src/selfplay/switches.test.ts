/**
 * Switches that act on the whole loop: each changes what it says and nothing else. The scripted reasoner, and CPython
 * in the Node sandbox. Those of one phase are tested beside it.
 */
import { expect, test } from 'vitest';
import { openRuns } from '../../test/selfplay/scriptedRun.ts';
import type { Config } from '../config/hyperparameters.ts';
import { SPECIAL } from '../language/tokenizer.ts';
import { createNodeSandbox } from '../sandbox/node.ts';
import { SOLVE_TOKEN } from '../tasks/format.ts';
import type { StepMetrics } from '../watch/metrics/table.ts';

const { run } = openRuns(createNodeSandbox);

test('error deduction adds a kind with its own buffer and roles, and is not there when off', async () => {
  const made = run({ error: true });
  const { reasoner } = made;
  const [metrics] = (await made.play(1)) as [StepMetrics];
  expect(made.of('seeded')[0]?.report.tasks.error).toBe(12);
  expect(Object.keys(metrics.reward)).toContain('propose:error');
  expect(metrics.bufferByKind.error).toBeGreaterThanOrEqual(12);
  expect(
    made.buffered.filter(({ kind }) => kind === 'error').every(({ output }) => /^\w+$/.test(output)),
  ).toBe(true);
  const asked = reasoner.prompts.filter(([role]) => role === SPECIAL.solveError);
  expect(asked.length).toBeGreaterThan(0);
  const [without] = (await run().play(1)) as [StepMetrics];
  expect(Object.keys(without.bufferByKind)).toEqual(['deduction', 'abduction', 'induction']);
});

test('attempts that are not reused measure tasks but do not train', async () => {
  const made = run({ reuseAttempts: false, baseline: 'trr++' });
  const { reasoner, config } = made;
  await made.play(1);
  const { sequences = [] } = reasoner.updates[0] ?? {};
  const solver = sequences.filter(({ prompt }) =>
    Object.values<number>(SOLVE_TOKEN).includes(prompt[0] as number),
  );
  expect(solver.length).toBeLessThanOrEqual(3 * config.proposalsPerKind);
  expect(solver.length).toBeGreaterThan(0);
});

test('solver-only proposes but does not train the proposer; kinds can be left out', async () => {
  const made = run({ trainProposer: false, abduction: false, induction: false });
  const { reasoner } = made;
  const [metrics] = (await made.play(1)) as [StepMetrics];
  expect(Object.keys(metrics.reward).sort()).toEqual(['propose:deduction', 'solve:deduction']);
  expect(reasoner.updates[0]?.sequences.every(({ prompt }) => prompt[0] === SOLVE_TOKEN.deduction)).toBe(
    true,
  );
  expect(metrics.bufferByKind.abduction).toBe(0);
});

test('a repetition penalty moves the proposer’s rewards, and only those', async () => {
  const play = async (changes: Partial<Config>) => {
    const [metrics] = (await run(changes).play(1)) as [StepMetrics];
    const { reward, newTasks, solveCounts } = metrics;
    return { reward, newTasks, solveCounts };
  };
  const usual = await play({});
  const penalty = await play({ repetitionPenalty: 1 });
  expect({ ...penalty, reward: null }).toEqual({ ...usual, reward: null });
  expect(penalty.reward['solve:deduction']).toBe(usual.reward['solve:deduction']);
  expect(penalty.reward['propose:deduction']).toBeLessThan(usual.reward['propose:deduction'] ?? 0);
});
