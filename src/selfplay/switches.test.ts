/**
 * Switches that act on the whole loop: each changes what it says and nothing else. The scripted reasoner, and CPython
 * in the Node sandbox. Those of one phase are tested beside it.
 */
import { expect, test } from 'vitest';
import type { Config } from '../config/hyperparameters.ts';
import { SPECIAL } from '../language/tokenizer.ts';
import { Random } from '../random.ts';
import { createNodeSandbox } from '../sandbox/node.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { SOLVE_TOKEN } from '../tasks/format.ts';
import type { Task } from '../tasks/task.ts';
import { SelfPlay } from './loop.ts';
import { openLabs, SMALL } from './scriptedLab.ts';
import { ScriptedReasoner } from './scriptedReasoner.ts';

const { lab, sandbox } = openLabs(createNodeSandbox);

test('error deduction adds a kind with its own buffer and roles, and is not there when off', async () => {
  const { selfPlay, reasoner, buffered } = lab({ error: true });
  const { seeding } = await selfPlay.prepare();
  expect(seeding.tasks.error).toBe(12);
  const metrics = await selfPlay.step();
  expect(Object.keys(metrics.reward)).toContain('propose:error');
  expect(metrics.bufferByKind.error).toBeGreaterThanOrEqual(12);
  expect(
    buffered()
      .filter(({ kind }) => kind === 'error')
      .every(({ output }) => /^\w+$/.test(output)),
  ).toBe(true);
  const asked = reasoner.prompts.filter(([role]) => role === SPECIAL.solveError);
  expect(asked.length).toBeGreaterThan(0);
  const without = lab();
  await without.selfPlay.prepare();
  expect(Object.keys((await without.selfPlay.step()).bufferByKind)).toEqual([
    'deduction',
    'abduction',
    'induction',
  ]);
});

test('the step budget holds for every run of every program', async () => {
  const budgets = new Set<number | undefined>();
  const watched: Sandbox = {
    run: (requests) => {
      for (const { steps } of requests) budgets.add(steps);
      return sandbox().run(requests);
    },
    ready: () => sandbox().ready(),
    stats: () => sandbox().stats(),
    close: () => {},
  };
  const config = { ...SMALL, seedingTarget: 4, programSteps: 300 };
  const selfPlay = new SelfPlay({
    reasoner: new ScriptedReasoner(),
    sandbox: watched,
    config,
    random: new Random(1),
    listener: () => {},
  });
  await selfPlay.prepare();
  await selfPlay.step();
  expect([...budgets]).toEqual([300]);
});

test('attempts that are not reused measure tasks but do not train', async () => {
  const { selfPlay, reasoner, config } = lab({ reuseAttempts: false, baseline: 'trr++', ppoClip: true });
  await selfPlay.prepare();
  await selfPlay.step();
  const { sequences = [], options } = reasoner.updates[0] ?? {};
  const solver = sequences.filter(({ prompt }) => Object.values(SOLVE_TOKEN).includes(prompt[0] as number));
  expect(solver.length).toBeLessThanOrEqual(3 * config.proposalsPerKind);
  expect(solver.length).toBeGreaterThan(0);
  expect(
    sequences.every(({ samplerLogprobs, response }) => samplerLogprobs?.length === response.length),
  ).toBe(true);
  expect(options?.ppoClip).toEqual({ low: 0.2, high: 0.2 });
});

test('solver-only proposes but does not train the proposer; kinds can be left out', async () => {
  const { selfPlay, reasoner } = lab({ trainProposer: false, abduction: false, induction: false });
  await selfPlay.prepare();
  const metrics = await selfPlay.step();
  expect(Object.keys(metrics.reward).sort()).toEqual(['propose:deduction', 'solve:deduction']);
  expect(reasoner.updates[0]?.sequences.every(({ prompt }) => prompt[0] === SOLVE_TOKEN.deduction)).toBe(
    true,
  );
  expect(metrics.bufferByKind.abduction).toBe(0);
});

test('the filter keeps extremes out of the buffer, and changes nothing else of the step', async () => {
  const play = async (changes: Partial<Config>) => {
    const made = lab({ abduction: false, induction: false, ...changes });
    await made.selfPlay.prepare();
    await made.selfPlay.step();
    return { added: made.of('tasks').at(-1)?.added ?? [], updates: made.reasoner.updates };
  };
  const all = await play({});
  const some = await play({ bufferFilter: 'non-extremes' });
  const isBetween = ({ solveRate }: Task) => solveRate !== null && solveRate > 0 && solveRate < 1;
  expect(some.added).toEqual(all.added.filter(isBetween));
  expect(some.added.length).toBeLessThan(all.added.length);
  expect(some.updates).toEqual(all.updates);
});

test('buffers read every second step leave the last step’s tasks to the next', async () => {
  const steps = async (refreshEvery: number) => {
    const { selfPlay, buffered, of } = lab({ refreshEvery, composition: 0 });
    await selfPlay.prepare();
    await selfPlay.step();
    await selfPlay.step();
    const stepOf = new Map(buffered().map(({ id, step }) => [id, step]));
    const parents = buffered().flatMap((task) => (task.step === 2 ? task.parents : []));
    const attempted =
      of('attempts')
        .at(-1)
        ?.attempts.map(({ taskId }) => taskId) ?? [];
    return [parents, attempted].map((ids) => new Set(ids.map((id) => stepOf.get(id))));
  };
  const [parents, attempted] = await steps(2);
  expect(parents?.has(0)).toBe(true);
  expect(parents?.has(1)).toBe(false);
  expect(attempted?.has(2)).toBe(true);
  expect(attempted?.has(1)).toBe(false);
  const [latestParents, latestAttempted] = await steps(1);
  expect(latestParents?.has(1)).toBe(true);
  expect(latestAttempted?.has(1)).toBe(true);
});

test('vocabulary dropout bans tokens of the proposer alone, others each time', async () => {
  const { selfPlay, reasoner } = lab({ vocabularyDropout: 0.2, abduction: false, induction: false });
  await selfPlay.prepare();
  await selfPlay.step();
  const isProposing = ([prompt]: readonly (readonly number[])[]) => prompt?.[0] === SPECIAL.proposeDeduction;
  const masks = reasoner.samples.map(({ prompts, options }) => [isProposing(prompts), options.banned]);
  expect(masks.every(([proposes, banned]) => proposes === (banned !== undefined))).toBe(true);
  const texts = masks.flatMap(([, banned]) => (banned ? [String(banned)] : []));
  expect(texts.length).toBeGreaterThan(1);
  expect(new Set(texts).size).toBe(texts.length);
  const usual = lab({ abduction: false, induction: false });
  await usual.selfPlay.prepare();
  expect(usual.reasoner.samples.every(({ options }) => options.banned === undefined)).toBe(true);
});

test('a bonus and a penalty move the proposer’s rewards, and only those', async () => {
  const play = async (changes: Partial<Config>) => {
    const { selfPlay } = lab(changes);
    await selfPlay.prepare();
    const { reward, newTasks, learnability } = await selfPlay.step();
    return { reward, newTasks, learnability };
  };
  const usual = await play({});
  const bonus = await play({ intrinsicAnswer: 0.5 });
  const penalty = await play({ repetitionPenalty: 1 });
  for (const changed of [bonus, penalty]) {
    expect({ ...changed, reward: null }).toEqual({ ...usual, reward: null });
    expect(changed.reward['solve:deduction']).toBe(usual.reward['solve:deduction']);
  }
  const proposer = ({ reward }: typeof usual) => reward['propose:deduction'] ?? 0;
  expect(proposer(bonus)).toBeGreaterThan(proposer(usual));
  expect(proposer(penalty)).toBeLessThan(proposer(usual));
});

test('a moving average and a band reach the update', async () => {
  const weights = async (changes: Partial<Config>, steps: number) => {
    const { selfPlay, reasoner } = lab(changes);
    await selfPlay.prepare();
    for (let i = 0; i < steps; i++) await selfPlay.step();
    return reasoner.updates.map(({ sequences }) => sequences.map(({ weight }) => weight));
  };
  const average = { baseline: 'moving-average', proposerBaseline: 'moving-average' } as const;
  const [first, second] = await weights(average, 2);
  const [firstOfTrr, secondOfTrr] = await weights({ baseline: 'trr++' }, 2);
  expect(first).toEqual(firstOfTrr);
  expect(second).not.toEqual(secondOfTrr);
  const [all] = await weights({}, 1);
  const [band] = await weights({ solverBand: 'at-most-half' }, 1);
  expect(band?.length).toBeLessThan(all?.length ?? 0);
});
