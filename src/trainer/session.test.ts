import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Config } from '../config/hyperparameters.ts';
import { presetConfig } from '../config/presets.ts';
import { SIZES } from '../reasoner/config.ts';
import { createReasoner, type ReasonerOptions } from '../reasoner/engine.ts';
import type { Reasoner } from '../reasoner/reasoner.ts';
import type { Command, Event } from '../run/protocol.ts';
import { createNodeSandbox } from '../sandbox/node.ts';
import { NO_STATS, type Sandbox } from '../sandbox/sandbox.ts';
import { metricsLine } from '../watch/metrics/files.ts';
import type { StepMetrics } from '../watch/metrics/table.ts';
import { type SessionWorld, TrainerSession } from './session.ts';
import { BaseError, fetchShippedBase } from './shippedBase.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createNodeSandbox({ workers: 1 });
});
afterAll(() => sandbox.close());

const config: Config = {
  ...presetConfig('ci'),
  steps: 3,
  warmUpUpdates: 4,
  warmUpBatch: 8,
  seedingTarget: 2,
  seedingRounds: 1,
  proposalsPerKind: 2,
  evaluateEvery: 2,
  evaluationTasks: 1,
  evaluationTiers: 1,
  maxSolveTokens: 24,
  maxProposeTokens: 32,
};

/** In Node the WebAssembly files are not beside the page but in node_modules. */
function createNodeReasoner(options: ReasonerOptions): Promise<Reasoner> {
  return createReasoner(options);
}

/** The page's static files, read from where the build takes them. */
const fetchPublic = (async (url: string) =>
  new Response(await readFile(`public${new URL(url).pathname}`))) as typeof fetch;

/** A trainer in Node, and everything it said. */
function trainer(changes: Partial<SessionWorld> = {}) {
  const events: Event[] = [];
  let heard = () => {};
  const session = new TrainerSession({
    emit: (event) => {
      events.push(event);
      heard();
    },
    createReasoner: createNodeReasoner,
    fetchBase: async () => {
      throw new BaseError('there is none here');
    },
    connectSandbox: () => sandbox,
    ...changes,
  });
  session.handle({
    type: 'connect',
    sandboxPort: new MessageChannel().port1,
    sandboxOpenedAt: Date.now(),
    assetBase: 'http://localhost/',
  });
  return {
    events,
    send: (command: Command) => session.handle(command),
    start: (paused = false, over: Partial<Config> = {}) =>
      session.handle({
        type: 'start',
        config: { ...config, ...over },
        device: 'wasm',
        seedProgram: null,
        paused,
      }),
    states: () => events.flatMap((event) => (event.type === 'state' ? [event.state] : [])),
    steps: () => events.flatMap((event) => (event.type === 'step' ? [event.metrics] : [])),
    /** Resolves when `isThere` holds after an event. */
    until: (isThere: () => boolean) =>
      new Promise<void>((resolve) => {
        heard = () => {
          if (isThere()) resolve();
        };
        heard();
      }),
  };
}

/** Metrics without what the clock says. */
function timeless(metrics: readonly StepMetrics[]): unknown[] {
  return metrics.map((step) => metricsLine(step));
}

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
      fetchBase: (size, level, assetBase, onProgress) =>
        fetchShippedBase(size, level, assetBase, onProgress, fetchPublic),
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
      const reasoner = await createNodeReasoner(options);
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
