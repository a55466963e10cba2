/** A trainer in Node, for tests: the session that the worker holds, and all that it says. */
import { readFile } from 'node:fs/promises';
import type { Config } from '../../src/config/hyperparameters.ts';
import { presetConfig } from '../../src/config/presets.ts';
import { createReasoner } from '../../src/reasoner/engine.ts';
import type { Command, Event } from '../../src/run/protocol.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { type SessionWorld, TrainerSession } from '../../src/trainer/session.ts';
import { BaseError } from '../../src/trainer/shippedBase.ts';
import { metricsLine } from '../../src/watch/metrics/files.ts';
import type { StepMetrics } from '../../src/watch/metrics/table.ts';

/** A run of seconds. */
export const SHORT_RUN: Config = {
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

/** The page's static files, read from where the build takes them. */
export const fetchPublic = (async (url: string) =>
  new Response(await readFile(`public${new URL(url).pathname}`))) as typeof fetch;

/** A connected trainer that judges in `sandbox`, and everything it said. */
export function openTrainer(sandbox: Sandbox, changes: Partial<SessionWorld> = {}) {
  const events: Event[] = [];
  let heard = () => {};
  const session = new TrainerSession({
    emit: (event) => {
      events.push(event);
      heard();
    },
    createReasoner,
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
    start: (
      paused = false,
      over: Partial<Config> = {},
      more: Partial<Extract<Command, { type: 'start' }>> = {},
    ) =>
      session.handle({
        type: 'start',
        config: { ...SHORT_RUN, ...over },
        device: 'wasm',
        seedProgram: null,
        paused,
        stopAfter: null,
        keepEvery: null,
        from: null,
        earlier: [],
        ...more,
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
export function timeless(metrics: readonly StepMetrics[]): unknown[] {
  return metrics.map((step) => metricsLine(step));
}
