import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { stepEvent } from '../../test/builders.ts';
import { presetConfig } from '../config/presets.ts';
import { type ClientWorld, createRunClient } from './client.ts';
import type { Command, Event } from './protocol.ts';
import { createRunStore } from './store.ts';

/** A trainer that only remembers what it was told. */
class QuietWorker extends EventTarget {
  readonly commands: Command[] = [];
  isTerminated = false;
  postMessage(command: Command): void {
    this.commands.push(command);
  }
  terminate(): void {
    this.isTerminated = true;
  }
  say(event: Event): void {
    this.dispatchEvent(new MessageEvent('message', { data: event }));
  }
  types(): string[] {
    return this.commands.map(({ type }) => type);
  }
}

function setUp() {
  const workers: QuietWorker[] = [];
  let disposed = 0;
  const world: ClientWorld = {
    createWorker: () => {
      const worker = new QuietWorker();
      workers.push(worker);
      return worker as unknown as Worker;
    },
    mountSandbox: () => ({ port: new MessageChannel().port1, dispose: () => disposed++ }),
    assetBase: 'https://example.org/lab/',
  };
  const store = createRunStore();
  const client = createRunClient(store, world);
  return { store, client, workers, disposed: () => disposed };
}

const config = presetConfig('ci');

describe('the client', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('connects once, then starts; slow motion chosen before is passed on', () => {
    const { client, workers, store } = setUp();
    client.slowMotion(4);
    client.start(config, { paused: true });
    client.start(config);
    expect(workers).toHaveLength(1);
    expect(workers[0]?.types()).toEqual(['connect', 'slow-motion', 'start', 'reset', 'slow-motion', 'start']);
    expect(store.getState()).toMatchObject({ state: 'loading', config });
  });

  test('who looks back holds the run, sees what was shown, and is at the run again when it goes on', () => {
    const { client, workers, store } = setUp();
    const lookedBackAt = () => store.getState().lookBack.at;
    client.start(config);
    const [worker] = workers;
    worker?.say({ type: 'state', state: 'running' });
    worker?.say({ type: 'stage', step: 1, stage: 'propose', currentTask: { kind: 'deduction' } });
    client.lookBack(-1);
    expect(lookedBackAt()).toBeNull();
    expect(worker?.types()).not.toContain('pause');
    worker?.say({
      type: 'stage',
      step: 1,
      stage: 'verify',
      currentTask: { kind: 'deduction', program: 'p' },
    });
    client.lookBack(-1);
    expect(lookedBackAt()).toBe(0);
    expect(worker?.types().at(-1)).toBe('pause');
    worker?.say({ type: 'state', state: 'paused' });
    worker?.say({ type: 'state', state: 'running' });
    vi.runAllTimers();
    expect(lookedBackAt()).toBeNull();
    client.lookBack(-1);
    client.slowMotion(0);
    expect(lookedBackAt()).toBeNull();
  });

  test('what a replaced run still says is not taken for the next one’s', () => {
    const { client, workers } = setUp();
    const heard: string[] = [];
    client.onEvent((event) => heard.push(event.type));
    client.start(config);
    client.start(config);
    workers[0]?.say({ type: 'kept', run: null });
    expect(heard).toEqual([]);
    workers[0]?.say({ type: 'state', state: 'idle' });
    workers[0]?.say({ type: 'state', state: 'loading' });
    expect(heard).toEqual(['state']);
  });

  test('a trainer whose script does not come is no trainer that stopped', () => {
    const { client, workers, store } = setUp();
    client.start(config);
    workers[0]?.dispatchEvent(new Event('error'));
    const { fatal } = store.getState();
    expect(fatal).toMatchObject({ code: 'part-missing' });
    expect(fatal?.remedy).toContain('connection');
    client.start(config);
    expect(workers).toHaveLength(2);
  });

  test('applies events together, not one by one', () => {
    const { client, workers, store } = setUp();
    client.start(config);
    let calls = 0;
    store.subscribe(() => calls++);
    workers[0]?.say({ type: 'state', state: 'seeding' });
    workers[0]?.say({ type: 'state', state: 'running' });
    expect(calls).toBe(0);
    vi.advanceTimersByTime(200);
    expect(calls).toBe(1);
    expect(store.getState().state).toBe('running');
  });

  test('after a reset nothing of the old run comes through', () => {
    const { client, workers, store } = setUp();
    client.start(config);
    client.reset();
    workers[0]?.say({ type: 'state', state: 'running' });
    workers[0]?.say({ type: 'state', state: 'idle' });
    vi.advanceTimersByTime(200);
    expect(store.getState().state).toBe('idle');
    client.start(config);
    workers[0]?.say({ type: 'state', state: 'seeding' });
    vi.advanceTimersByTime(200);
    expect(store.getState().state).toBe('seeding');
  });

  test('a start right after a reset is not taken for the old run, nor the old run for it', () => {
    const { client, workers, store } = setUp();
    client.start(config);
    client.reset();
    client.start(config);
    workers[0]?.say({ type: 'state', state: 'finished' });
    workers[0]?.say({ type: 'state', state: 'idle' });
    workers[0]?.say({ type: 'state', state: 'loading' });
    vi.advanceTimersByTime(200);
    expect(store.getState().state).toBe('loading');
  });

  test('a dead worker is a fatal fault; the next start brings a new one', () => {
    const { client, workers, store, disposed } = setUp();
    client.start(config);
    workers[0]?.dispatchEvent(Object.assign(new Event('error'), { message: 'out of luck' }));
    expect(store.getState()).toMatchObject({ state: 'failed', fatal: { code: 'trainer-died' } });
    expect(workers[0]?.isTerminated).toBe(true);
    expect(disposed()).toBe(1);
    client.start(config);
    expect(workers).toHaveLength(2);
    expect(store.getState()).toMatchObject({ state: 'loading', fatal: null });
  });

  test('a checkpoint goes to who asked, and no run means a plain refusal', async () => {
    const { client, workers } = setUp();
    await expect(client.exportCheckpoint()).rejects.toThrow('no run');
    client.start(config);
    const asked = client.exportCheckpoint();
    workers[0]?.say({ type: 'checkpoint', bytes: new Uint8Array([1, 2]) });
    await expect(asked).resolves.toEqual(new Uint8Array([1, 2]));
  });

  test('prepares ahead in silence: what dies then is no fault, and the start brings a new worker', () => {
    const { client, workers, store, disposed } = setUp();
    client.prepare(config, 'wasm');
    expect(workers[0]?.types()).toEqual(['connect', 'prepare']);
    workers[0]?.say({ type: 'prepared', ready: ['engine'], failed: [] });
    vi.advanceTimersByTime(200);
    expect(store.getState()).toMatchObject({ state: 'idle', prepared: ['engine'] });
    workers[0]?.dispatchEvent(Object.assign(new Event('error'), { message: 'out of luck' }));
    expect(store.getState()).toMatchObject({ state: 'idle', fatal: null, prepared: [] });
    expect(disposed()).toBe(1);
    client.start(config);
    expect(workers[1]?.types()).toEqual(['connect', 'start']);
  });

  test('prepares again after a reset, and not beside a run', () => {
    const { client, workers } = setUp();
    client.prepare(config, 'wasm');
    client.start(config);
    client.prepare(config, 'cpu');
    client.reset();
    expect(workers[0]?.types()).toEqual(['connect', 'prepare', 'start', 'reset', 'prepare']);
    expect(workers[0]?.commands.at(-1)).toMatchObject({ device: 'cpu' });
  });

  test('where Python did not come up ahead, the start tries with a new sandbox', () => {
    const { client, workers } = setUp();
    client.prepare(config, 'wasm');
    workers[0]?.say({ type: 'prepared', ready: [], failed: ['engine'] });
    client.prepare(config, 'cpu');
    expect(workers).toHaveLength(1);
    workers[0]?.say({ type: 'prepared', ready: [], failed: ['engine', 'python'] });
    client.prepare(config, 'wasm');
    expect(workers).toHaveLength(1);
    client.start(config);
    expect(workers[0]?.isTerminated).toBe(true);
    expect(workers[1]?.types()).toEqual(['connect', 'start']);
  });

  test('before a run there is no checkpoint, whatever was loaded ahead', async () => {
    const { client } = setUp();
    client.prepare(config, 'wasm');
    await expect(client.exportCheckpoint()).rejects.toThrow('no run');
  });

  test('another number of sandbox workers needs a new connection', () => {
    const { client, workers } = setUp();
    client.start(config);
    client.start({ ...config, sandboxWorkers: config.sandboxWorkers + 1 });
    expect(workers).toHaveLength(2);
    expect(workers[0]?.isTerminated).toBe(true);
  });

  test('a kept run is shown without a trainer, told more of, exported, and gone on with by a new one', async () => {
    const { client, workers, store } = setUp();
    client.start(config);
    const kept = {
      state: { step: 2 },
      weights: new Uint8Array([7]),
      optimizer: new Uint8Array(),
      base: null,
    };
    const three = { ...config, steps: 3 };
    client.show(three, [stepEvent(1), stepEvent(2)], { kept: async () => kept });
    expect(workers[0]?.isTerminated).toBe(true);
    expect(store.getState()).toMatchObject({ state: 'paused', step: 2, config: three });
    await expect(client.exportCheckpoint()).resolves.toEqual(kept.weights);
    client.showMore(three, [stepEvent(3)]);
    expect(store.getState()).toMatchObject({ state: 'finished', step: 3 });
    // Its buttons reach nobody, and nothing is prepared beside it.
    client.step();
    client.prepare(config, 'wasm');
    expect(workers).toHaveLength(1);
    client.start(three, { from: { run: kept, events: [] } });
    expect(workers[1]?.types()).toEqual(['connect', 'start']);
    client.showMore(three, [stepEvent(4)]);
    expect(store.getState().state).toBe('loading');
  });
});
