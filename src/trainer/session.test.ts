import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ShippedOutcomes, shippedOutcomes, tasksOf } from '../benchmark/shipped.ts';
import type { Config } from '../config/hyperparameters.ts';
import { presetConfig } from '../config/presets.ts';
import { SIZES } from '../reasoner/config.ts';
import { createReasoner, type ReasonerOptions } from '../reasoner/engine.ts';
import type { EngineFault, Reasoner } from '../reasoner/reasoner.ts';
import type { Command, Event } from '../run/protocol.ts';
import { createNodeSandbox } from '../sandbox/node.ts';
import { NO_STATS, type Sandbox } from '../sandbox/sandbox.ts';
import { metricsLine } from '../watch/metrics/files.ts';
import type { StepMetrics } from '../watch/metrics/table.ts';
import { type SessionWorld, TrainerSession } from './session.ts';
import { BaseError, fetchShippedBase, type ShippedBase } from './shippedBase.ts';

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

/** The nano base with these outcomes, as if they were shipped with it. */
async function nanoWith(outcomes: ShippedOutcomes | null): Promise<ShippedBase> {
  return { ...(await fetchShippedBase('nano', 1, 'http://localhost/', () => {}, fetchPublic)), outcomes };
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
  expect(after.bases[1]).toEqual(before.bases[0]);
  expect(after.steps[0]?.baseForced).toEqual(after.bases[0]?.forced);
  expect(after.steps[1]?.baseForced).toEqual(after.bases[1]?.forced);
  // What is measured when is no part of what is learned.
  const learned = ({ loss, gradNorm, reward }: StepMetrics) => ({ loss, gradNorm, reward });
  expect(after.steps.map(learned)).toEqual(before.steps.map(learned));
}, 120_000);

describe('what is loaded ahead', () => {
  const ahead = (changes: Partial<SessionWorld> = {}) => {
    const opened: { seed: number; isDisposed: boolean; fault: (fault: EngineFault) => void }[] = [];
    const made = trainer({
      createReasoner: async (options) => {
        const reasoner = await createNodeReasoner(options);
        const dispose = reasoner.dispose.bind(reasoner);
        const onFault = reasoner.onFault.bind(reasoner);
        const listeners: ((fault: EngineFault) => void)[] = [];
        const entry = {
          seed: options.seed,
          isDisposed: false,
          fault: (fault: EngineFault) => listeners.forEach((listener) => void listener(fault)),
        };
        opened.push(entry);
        return Object.assign(reasoner, {
          dispose: () => {
            entry.isDisposed = true;
            dispose();
          },
          onFault: (listener: (fault: EngineFault) => void) => {
            listeners.push(listener);
            onFault(listener);
          },
        });
      },
      ...changes,
    });
    const prepare = (over: Partial<Config> = {}) =>
      made.send({ type: 'prepare', config: { ...config, ...over }, device: 'wasm' });
    const isReady = () => made.events.some((event) => event.type === 'prepared' && event.ready.length === 3);
    return { ...made, opened, prepare, isReady };
  };

  test('is told while nothing runs, and used by a start that fits', async () => {
    const { prepare, start, until, opened, events, states, isReady } = ahead();
    prepare();
    prepare({ steps: 2 });
    await until(isReady);
    expect(states()).toEqual([]);
    expect(events.map(({ type }) => type)).not.toContain('engine');
    start(false, { steps: 1 });
    await until(() => states().at(-1) === 'finished');
    expect(opened).toHaveLength(1);
    expect(events.filter(({ type }) => type === 'engine')).toHaveLength(1);
  }, 60_000);

  test('is used by a start that comes before it is there', async () => {
    const { prepare, start, until, opened, states } = ahead();
    prepare();
    start(false, { steps: 1 });
    await until(() => states().at(-1) === 'finished');
    expect(opened).toHaveLength(1);
  }, 60_000);

  test('is freed when something else is wanted, or its device is lost', async () => {
    const { prepare, start, until, opened, states, isReady } = ahead();
    prepare({ seed: 7 });
    prepare({ seed: 8 });
    await until(isReady);
    expect(opened[0]?.isDisposed).toBe(true);
    opened[1]?.fault({ kind: 'device-lost', message: 'gone' });
    expect(states()).toEqual([]);
    start(false, { seed: 8, steps: 1 });
    await until(() => states().at(-1) === 'finished');
    expect(opened.map(({ isDisposed }) => isDisposed)).toEqual([true, true, false]);
  }, 60_000);

  test('gives the metrics that a start without it gives', async () => {
    const plain = trainer();
    plain.start(false, { steps: 2 });
    await plain.until(() => plain.states().at(-1) === 'finished');
    const { prepare, start, until, states, steps, isReady } = ahead();
    prepare({ steps: 2 });
    await until(isReady);
    start(false, { steps: 2 });
    await until(() => states().at(-1) === 'finished');
    expect(timeless(steps())).toEqual(timeless(plain.steps()));
  }, 60_000);

  test('fails without a word, and is tried again at the start, where it is told', async () => {
    let tries = 0;
    const { prepare, start, until, events, states } = ahead({
      createReasoner: async () => {
        throw new Error(`no backend works here, said ${++tries} times`);
      },
    });
    prepare();
    await until(() => events.some((event) => event.type === 'prepared' && event.failed.length > 0));
    expect(states()).toEqual([]);
    expect(events.map(({ type }) => type)).not.toContain('fault');
    start();
    await until(() => states().at(-1) === 'failed');
    expect(events.find(({ type }) => type === 'fault')).toMatchObject({
      fault: { code: 'no-engine', message: 'no backend works here, said 2 times.' },
    });
  });

  test('is not begun while there is a run; after a reset it is', async () => {
    const { prepare, start, send, until, opened, states, isReady } = ahead();
    start(false, { steps: 1 });
    prepare({ seed: 9 });
    await until(() => states().at(-1) === 'finished');
    expect(opened).toHaveLength(1);
    send({ type: 'reset' });
    prepare();
    await until(isReady);
    expect(opened.map(({ isDisposed }) => isDisposed)).toEqual([true, false]);
  }, 60_000);
});

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
