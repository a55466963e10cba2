import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTrainer, SHORT_RUN, timeless } from '../../test/trainer/trainer.ts';
import type { Config } from '../config/hyperparameters.ts';
import { createReasoner } from '../reasoner/engine.ts';
import type { EngineFault } from '../reasoner/reasoner.ts';
import { createNodeSandbox } from '../sandbox/node.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { SessionWorld } from './session.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createNodeSandbox({ workers: 1 });
});
afterAll(() => sandbox.close());

describe('what is loaded ahead', () => {
  const ahead = (changes: Partial<SessionWorld> = {}) => {
    const opened: { seed: number; isDisposed: boolean; fault: (fault: EngineFault) => void }[] = [];
    const made = openTrainer(sandbox, {
      createReasoner: async (options) => {
        const reasoner = await createReasoner(options);
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
      made.send({ type: 'prepare', config: { ...SHORT_RUN, ...over }, device: 'wasm' });
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
    const plain = openTrainer(sandbox);
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
