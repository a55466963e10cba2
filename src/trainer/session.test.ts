import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchPublic, openTrainer, SHORT_RUN, timeless } from '../../test/trainer/trainer.ts';
import { type ShippedOutcomes, shippedOutcomes, tasksOf } from '../benchmark/shipped.ts';
import type { Config } from '../config/hyperparameters.ts';
import { SIZES } from '../reasoner/config.ts';
import { createReasoner } from '../reasoner/engine.ts';
import { createNodeSandbox } from '../sandbox/node.ts';
import { NO_STATS, type Sandbox } from '../sandbox/sandbox.ts';
import type { StepMetrics } from '../watch/metrics/table.ts';
import type { SessionWorld } from './session.ts';
import { fetchShippedBase, type ShippedBase } from './shippedBase.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createNodeSandbox({ workers: 1 });
});
afterAll(() => sandbox.close());

const config = SHORT_RUN;
const trainer = (changes: Partial<SessionWorld> = {}) => openTrainer(sandbox, changes);

test('a run goes from warm-up to its last step, and the same seed gives the same metrics however it was paused', async () => {
  const straight = trainer();
  straight.start();
  await straight.until(() => straight.states().at(-1) === 'finished');
  expect(straight.states()).toEqual(['loading', 'warming-up', 'seeding', 'running', 'finished']);
  expect(straight.steps().map(({ step }) => step)).toEqual([1, 2, 3]);
  expect(straight.steps().map(({ heldOut }) => heldOut !== undefined)).toEqual([false, true, true]);
  expect(straight.events.filter(({ type }) => type === 'warm-up').length).toBeGreaterThan(0);
  expect(straight.events.filter(({ type }) => type === 'base')).toHaveLength(1);

  const halting = trainer();
  halting.start(true);
  await halting.until(() => halting.states().at(-1) === 'paused');
  expect(halting.steps()).toHaveLength(0);
  halting.send({ type: 'step' });
  await halting.until(() => halting.steps().length === 1 && halting.states().at(-1) === 'paused');
  halting.send({ type: 'step' });
  await halting.until(() => halting.steps().length === 2 && halting.states().at(-1) === 'paused');
  halting.send({ type: 'resume' });
  await halting.until(() => halting.states().at(-1) === 'finished');
  expect(timeless(halting.steps())).toEqual(timeless(straight.steps()));
}, 120_000);

test('the same seed gives the same run from a shipped base, tasks and attempts included; another seed another', async () => {
  const play = async (seed: number) => {
    const { start, until, events, states, steps } = trainer({
      fetchBase: (size, level, variant, assetBase, onProgress) =>
        fetchShippedBase(size, level, variant, assetBase, onProgress, fetchPublic),
    });
    const shape = { base: 'shipped', size: 'nano', maxSolveTokens: 48, maxProposeTokens: 96 } as const;
    start(false, { ...shape, seed, steps: 2, seedingTarget: 4, seedingRounds: 4, proposalsPerKind: 4 });
    await until(() => states().at(-1) === 'finished');
    const happened = events.filter(({ type }) => type === 'tasks' || type === 'attempts');
    const { bufferSize = 0, gradNorm = 0 } = steps().at(-1) ?? {};
    return { metrics: timeless(steps()), happened, bufferSize, gradNorm };
  };
  const first = await play(5);
  expect(await play(5)).toEqual(first);
  // Something happened that could have differed: real tasks, attempts at them, and an update.
  expect(first.bufferSize).toBeGreaterThan(2);
  expect(first.gradNorm).toBeGreaterThan(0);
  expect((await play(6)).metrics).not.toEqual(first.metrics);
}, 120_000);

/** The nano base with these outcomes, as if they were shipped with it. */
async function nanoWith(outcomes: ShippedOutcomes | null): Promise<ShippedBase> {
  return {
    ...(await fetchShippedBase('nano', 1, 'shipped', 'http://localhost/', () => {}, fetchPublic)),
    outcomes,
  };
}

const FROM_NANO: Partial<Config> = {
  base: 'shipped',
  size: 'nano',
  maxSolveTokens: 48,
  maxProposeTokens: 96,
};

test('shipped scores are told at once; the base is measured between the steps, and then these are told', async () => {
  const { level, inductionExamples, evaluationTiers: tiers } = config;
  const kinds = ['deduction', 'abduction', 'induction'] as const;
  const request = { level, inductionExamples, maxSolveTokens: 48, kinds, tiers, tasks: 2 };
  const nothing = tasksOf(request).map(() => ({ correct: 0, thinks: 0 }));
  const play = async (steps: number, outcomes: ShippedOutcomes | null) => {
    const {
      start,
      until,
      events,
      states,
      steps: told,
    } = trainer({
      fetchBase: () => nanoWith(outcomes),
    });
    start(false, { ...FROM_NANO, steps, evaluateEvery: 1, evaluationTasks: 2 });
    await until(() => states().at(-1) === 'finished');
    return {
      events,
      bases: events.flatMap((event) => (event.type === 'base' ? [event] : [])),
      steps: told(),
    };
  };
  const shipped = shippedOutcomes('', request, nothing, nothing);
  const before = await play(2, null);
  const after = await play(2, shipped);
  expect(before.bases.map(({ from }) => from)).toEqual(['measured']);
  expect(after.bases.map(({ from }) => from)).toEqual(['shipped', 'measured']);
  expect(after.bases[0]?.forced).toEqual({
    deduction: { 1: 0 },
    abduction: { 1: 0 },
    induction: { 1: 0 },
  });
  // Two updates later the frozen base still answers as it did before the first.
  expect(after.bases[1]).toEqual({ ...before.bases[0], sha256: after.bases[0]?.sha256 });
  expect(after.steps[0]?.baseForced).toEqual(after.bases[0]?.forced);
  expect(after.steps[1]?.baseForced).toEqual(after.bases[1]?.forced);
  // What is measured when is no part of what is learned.
  const learned = ({ loss, gradNorm, reward }: StepMetrics) => ({ loss, gradNorm, reward });
  expect(after.steps.map(learned)).toEqual(before.steps.map(learned));
}, 120_000);

test('reset ends a run at once and for good; the next one begins from the beginning', async () => {
  const { start, send, until, events, states, steps } = trainer();
  start();
  await until(() => states().at(-1) === 'warming-up');
  send({ type: 'reset' });
  const silence = events.length;
  expect(states().at(-1)).toBe('idle');
  start(false, { steps: 1 });
  await until(() => states().at(-1) === 'finished');
  expect(events[silence]).toEqual({ type: 'state', state: 'loading' });
  expect(steps().map(({ step }) => step)).toEqual([1]);
}, 120_000);

test('a run that was kept goes on elsewhere as if nothing had been', async () => {
  const whole = trainer();
  whole.start();
  await whole.until(() => whole.states().at(-1) === 'finished');
  const first = trainer();
  first.start(false, {}, { stopAfter: 1 });
  // Asked before there is a step, nothing is kept that a new start would not give.
  first.send({ type: 'keep' });
  await first.until(() => first.states().at(-1) === 'paused');
  const kept = () => first.events.flatMap((event) => (event.type === 'kept' ? [event.run] : []));
  expect(kept()).toEqual([null]);
  expect(first.steps().map(({ step }) => step)).toEqual([1]);
  first.send({ type: 'keep' });
  await first.until(() => kept().length === 2);
  first.send({ type: 'reset' });
  const second = trainer();
  const run = structuredClone(kept()[1]!);
  expect(run.base).not.toBeNull();
  second.start(false, {}, { from: run, earlier: first.steps() });
  await second.until(() => second.states().at(-1) === 'finished');
  // It has its base, and warms none up.
  expect(second.states()).not.toContain('warming-up');
  expect(timeless([...first.steps(), ...second.steps()])).toEqual(timeless(whole.steps()));
  // What has finished can be kept, too.
  second.send({ type: 'keep' });
  await second.until(() => second.events.at(-1)?.type === 'kept');
}, 120_000);

test('a run begins from a base that is brought along, as the one that made it', async () => {
  const maker = trainer();
  maker.start();
  await maker.until(() => maker.states().at(-1) === 'finished');
  maker.send({ type: 'keep' });
  await maker.until(() => maker.events.at(-1)?.type === 'kept');
  const last = maker.events.at(-1);
  const base = last?.type === 'kept' ? (last.run?.base ?? null) : null;
  const taker = trainer();
  const nothing = new Uint8Array();
  taker.start(false, {}, { from: { state: { step: 0 }, weights: nothing, optimizer: nothing, base } });
  await taker.until(() => taker.states().at(-1) === 'finished');
  expect(taker.states()).not.toContain('warming-up');
  expect(timeless(taker.steps())).toEqual(timeless(maker.steps()));
}, 120_000);

test('a base that was warmed up is kept before the first step', async () => {
  const { start, until, events, states } = trainer();
  start(false, { steps: 1 }, { keepEvery: 1e9 });
  await until(() => states().at(-1) === 'finished');
  const kept = events.flatMap((event) => (event.type === 'kept' ? [event.run] : []));
  expect(kept.map((run) => run?.state.step)).toEqual([0, 1]);
  expect(kept[0]?.base).toEqual(kept[1]?.base);
  const types = events.map(({ type }) => type);
  expect(types.indexOf('kept')).toBeLessThan(types.indexOf('base'));
}, 120_000);

test('asked within a step, a run is kept when the step has ended', async () => {
  const { start, send, until, events, states } = trainer();
  start();
  await until(() => events.some((event) => event.type === 'stage' && event.step === 2));
  send({ type: 'keep' });
  await until(() => states().at(-1) === 'finished');
  const types = events.map((event) => (event.type === 'step' ? `step ${event.metrics.step}` : event.type));
  expect(types.indexOf('kept')).toBeGreaterThan(types.indexOf('step 2'));
  const kept = events.find((event) => event.type === 'kept');
  expect(kept?.type === 'kept' && kept.run?.state.step).toBe(2);
}, 120_000);

test('the checkpoint of a finished run can be had', async () => {
  const { start, send, until, events, states } = trainer();
  start(false, { steps: 1 });
  await until(() => states().at(-1) === 'finished');
  send({ type: 'export-checkpoint' });
  await until(() => events.at(-1)?.type === 'checkpoint');
  const last = events.at(-1);
  if (last?.type !== 'checkpoint') throw new Error('no checkpoint');
  const again = await createReasoner({ config: SIZES.pico, device: 'wasm', seed: 9 });
  await again.load(last.bytes);
  again.dispose();
}, 120_000);

test.each<[string, Partial<SessionWorld>, Partial<Config>, string, RegExp]>([
  ['a base that cannot be had', {}, { base: 'shipped', size: 'nano' }, 'base-failed', /none here/],
  [
    'an engine that does not start',
    { createReasoner: async () => Promise.reject(new Error('no backend works here')) },
    {},
    'no-engine',
    /no backend works here\./,
  ],
  [
    'a sandbox that does not start',
    {
      connectSandbox: () => ({
        ...sandboxShell(),
        ready: async () => Promise.reject(new Error('Python could not be downloaded')),
      }),
    },
    {},
    'pyodide-failed',
    /Python could not be downloaded\./,
  ],
  [
    'a sandbox that dies on the way',
    {
      connectSandbox: () => ({
        ...sandboxShell(),
        run: async () => Promise.reject(new Error('every worker of the sandbox died')),
      }),
    },
    {},
    'sandbox-worker-died',
    /every worker/,
  ],
])(
  '%s is a fatal fault in plain words',
  async (_, world, over, code, message) => {
    const { start, until, events, states } = trainer(world);
    start(false, over);
    await until(() => states().at(-1) === 'failed');
    const fault = events.find((event) => event.type === 'fault');
    if (fault?.type !== 'fault') throw new Error('no fault');
    expect(fault.fault).toMatchObject({ code, fatal: true });
    expect(fault.fault.message).toMatch(message);
    expect(fault.fault.remedy).toMatch(/\.$/);
  },
  60_000,
);

test('a GPU that is lost in the middle of a run is told once', async () => {
  let lose = (_: { kind: 'device-lost'; message: string }) => {};
  const { start, until, events, states } = trainer({
    createReasoner: async (options) => {
      const reasoner = await createReasoner(options);
      reasoner.onFault = (listener) => {
        lose = listener;
      };
      return reasoner;
    },
  });
  start();
  await until(() => states().at(-1) === 'warming-up');
  lose({ kind: 'device-lost', message: 'The graphics device was lost' });
  expect(states().at(-1)).toBe('failed');
  const faults = events.filter(({ type }) => type === 'fault');
  expect(faults).toMatchObject([
    { fault: { code: 'device-lost', message: 'The graphics device was lost.' } },
  ]);
});

function sandboxShell(): Sandbox {
  return {
    run: async () => [],
    ready: async () => {},
    stats: () => NO_STATS,
    close: () => {},
  };
}
