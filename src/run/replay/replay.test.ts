/** A recording says all that a run told, and playing it comes to the same page whichever way one goes through it. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { stepEvent, taskOf } from '../../../test/builders.ts';
import { presetConfig } from '../../config/presets.ts';
import { createRunClient, type RunClient } from '../client.ts';
import type { Event } from '../protocol.ts';
import { applyEvents, createRunStore, emptyView, type RunStore } from '../store.ts';
import { isRecording, packRecording, type Recording, readRecording } from './file.ts';
import { Player } from './player.ts';

const config = { ...presetConfig('ci'), steps: 4 };
const setup = { preset: 'ci', config, device: 'auto', seedProgram: null, ownBase: null } as const;

function eventsOfStep(step: number): Event[] {
  const task = taskOf(`d${step}`, { step });
  const attempt = {
    taskId: task.id,
    kind: 'deduction',
    step,
    response: '2',
    answer: '2',
    thinks: false,
    verdict: 'correct',
    reward: 1,
  } as const;
  return [
    { type: 'stage', step, stage: 'propose', currentTask: { kind: 'deduction' } },
    { type: 'stage', step, stage: 'verify', currentTask: { kind: 'deduction', program: task.program } },
    { type: 'tasks', added: [task], updated: [{ id: 'd0', solveRate: step / 4 }], evicted: [] },
    { type: 'attempts', attempts: [attempt] } as unknown as Event,
    {
      type: 'stage',
      step,
      stage: 'update',
      currentTask: { kind: 'deduction', program: task.program, attempts: [], solveRate: 1 },
    },
    stepEvent(step),
  ];
}

const seeding: Event[] = [
  { type: 'engine', backend: 'wasm', device: 'WebAssembly', parameters: 12 },
  { type: 'tasks', added: [taskOf('d0')], updated: [], evicted: [] },
];
const events: Event[] = [...seeding, ...[1, 2, 3].flatMap(eventsOfStep)];
const recording: Recording = { name: 'CI, seed 1', setup, events };

describe('the file', () => {
  test('gives back what was packed, whether or not a server has unpacked it', async () => {
    const ofTheMoment: Event = { type: 'progress', progress: null };
    const bytes = await packRecording({ ...recording, events: [ofTheMoment, ...events] });
    expect(isRecording(bytes)).toBe(true);
    expect(await readRecording(bytes)).toEqual(recording);
    const plain = new Uint8Array(
      await new Response(
        new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')),
      ).arrayBuffer(),
    );
    expect(isRecording(plain)).toBe(true);
    expect(await readRecording(plain)).toEqual(recording);
  });

  test('what is damaged, or something else, is refused with what to do', async () => {
    const bytes = await packRecording(recording);
    await expect(readRecording(bytes.slice(0, bytes.length - 20))).rejects.toThrow(/damaged/);
    const text = (value: string) => new TextEncoder().encode(value);
    expect(isRecording(text('{"name":"a run"}'))).toBe(false);
    await expect(readRecording(text('hello'))).rejects.toThrow(/no recording of a run\. Choose/);
    const head = { kelvin: 'recording', version: 1, name: 'x', preset: 'ci', config, seedProgram: null };
    const lines = (...of: object[]) => text(of.map((line) => JSON.stringify(line)).join('\n'));
    await expect(readRecording(lines({ ...head, version: 9 }))).rejects.toThrow(/another version/);
    await expect(readRecording(lines(head))).rejects.toThrow(/damaged/);
    await expect(readRecording(lines(head, { type: 'step' }))).rejects.toThrow(/damaged/);
  });
});

describe('playing', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const pageOf = (store: RunStore) => {
    const { metrics, tasks, currentTask, judged, step, engine, state } = store.getState();
    const { book } = tasks;
    return {
      state,
      step,
      engine,
      currentTask,
      judged,
      last: metrics.last,
      steps: [...metrics.columns.steps],
      loss: [...metrics.columns.get('loss')],
      tasks: [...book.all()],
      attempts: book.all().map(({ id }) => book.attempts(id)),
    };
  };
  function setUp(of: Recording = recording) {
    const store = createRunStore();
    const client: RunClient = createRunClient(store, {
      createWorker: () => {
        throw new Error('a recording needs no trainer');
      },
      mountSandbox: () => {
        throw new Error('a recording needs no Python');
      },
      assetBase: '',
    });
    return { store, client, player: new Player(of, null, client) };
  }

  test('it begins after the seeding, at rest, and plays to its end', () => {
    const { store, player } = setUp();
    expect(pageOf(store)).toMatchObject({ state: 'paused', step: 0, steps: [] });
    expect(store.getState().tasks.book.size).toBe(1);
    player.play();
    expect(store.getState().state).toBe('running');
    vi.runAllTimers();
    expect(player.state.getState()).toMatchObject({ step: 3, steps: 3, isPlaying: false });
    const whole = createRunStore();
    whole.setState(emptyView(config), true);
    applyEvents(whole, events);
    expect(pageOf(store)).toEqual({ ...pageOf(whole), state: 'finished' });
    // Once more from its beginning.
    player.play();
    expect(player.state.getState()).toMatchObject({ step: 0, isPlaying: true });
  });

  test('back and forth comes to the page that playing comes to', () => {
    const played = setUp();
    const pages = [pageOf(played.store)];
    for (let step = 1; step <= 3; step++) {
      played.player.step(1);
      pages.push(pageOf(played.store));
    }
    expect(pages.map(({ last }) => last?.step ?? 0)).toEqual([0, 1, 2, 3]);
    const { store, player } = setUp();
    for (const step of [3, 1, 2, 0, 3, 2]) {
      player.seek(step);
      expect(pageOf(store)).toEqual(pages[step]);
    }
    player.step(-1);
    expect(pageOf(store)).toEqual(pages[1]);
    player.step(-1);
    player.step(-1);
    expect(pageOf(store)).toEqual(pages[0]);
  });

  test('it goes to where a stage begins, and to the step where it has none of that name', () => {
    const { store, player } = setUp();
    player.seek(1, 'verify');
    expect(store.getState()).toMatchObject({ state: 'paused', step: 2, stage: 'verify' });
    expect(player.state.getState().step).toBe(1);
    player.seek(1, 'judge');
    expect(pageOf(store)).toMatchObject({ step: 1, steps: [1] });
    player.seek(3, 'verify');
    expect(pageOf(store)).toMatchObject({ step: 3, state: 'finished' });
  });

  test('slow motion rests at stages, and a speed is one for every step', () => {
    const { store, player } = setUp();
    player.slowMotion(4);
    player.step(1);
    expect(store.getState()).toMatchObject({ stage: 'propose', step: 1 });
    player.step(1);
    expect(store.getState().stage).toBe('verify');
    player.step(-1);
    expect(store.getState().stage).toBe('propose');
    player.slowMotion(0);
    player.seek(0);
    player.setSpeed(16);
    player.play();
    vi.advanceTimersByTime(6000 / 16 + 1);
    expect(player.state.getState().step).toBe(1);
    player.setSpeed(1);
    vi.advanceTimersByTime(6001);
    expect(player.state.getState().step).toBe(2);
    player.pause();
    vi.advanceTimersByTime(60_000);
    expect(player.state.getState()).toMatchObject({ step: 2, isPlaying: false });
  });

  test('a run that was kept without its stages plays step by step', () => {
    const bare = events.filter(({ type }) => type !== 'stage');
    const { store, player } = setUp({ ...recording, events: bare });
    expect(store.getState().tasks.book.size).toBe(1);
    player.step(1);
    expect(pageOf(store)).toMatchObject({ steps: [1], step: 1 });
    player.step(1);
    expect(pageOf(store).steps).toEqual([1, 2]);
    player.seek(1);
    expect(pageOf(store).steps).toEqual([1]);
  });

  test('all attempts at a task until here can be had, and no weights', async () => {
    const { client, store, player } = setUp();
    player.seek(2);
    client.taskDetails('d1');
    expect(store.getState().tasks.book.attempts('d1')).toHaveLength(1);
    client.taskDetails('d3');
    expect(store.getState().tasks.book.attempts('d3')).toEqual([]);
    await expect(client.exportCheckpoint()).rejects.toThrow('A recording has no weights');
  });
});
