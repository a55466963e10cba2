/**
 * The page's end of the run: owns the trainer worker and the sandbox frame, turns intentions into commands and
 * events into the store. Events are gathered and applied together about ten times a second.
 */
import type { Config } from '../config/hyperparameters.ts';
import { mountSandbox } from '../sandbox/host.ts';
import type { Attempt } from '../tasks/task.ts';
import { said } from '../words/said.ts';
import { canTurn, turned } from './lookBack.ts';
import {
  type Command,
  type Device,
  type Event,
  type Fault,
  type KeptRun,
  type Progress,
  type RunState,
  runFrom,
  type Seat,
} from './protocol.ts';
import { applyEvents, emptyView, type RunStore } from './store.ts';
import type { Answers, Question } from './visit.ts';
import { Visitors } from './visitors.ts';

/** Milliseconds between two changes of the store: fast enough to feel live, slow enough to read. */
const FLUSH_EVERY = 80;

export interface StartOptions {
  device?: Device;
  /** A program to begin with instead of the built-in one. */
  seedProgram?: string | null;
  /** Prepares everything, then waits. */
  paused?: boolean;
  /** The step after which the run pauses of itself. */
  stopAfter?: number | null;
  /** Milliseconds after which it is told `kept` again, see the protocol. */
  keepEvery?: number | null;
  /** A kept run to go on with, and what it had told; of this configuration, but for its number of steps. */
  from?: { run: KeptRun; events: readonly Event[] } | null;
}

/** What else can be had of a run that is shown without a trainer. */
export interface ShownSource {
  /** Its state, when it is to be exported. Rejects with a plain sentence where there is none. */
  kept(): Promise<KeptRun>;
  /** False where there is no reasoner to ask: visitors then ask the base that it began from. */
  hasWeights?: boolean;
  /** All attempts at a task; absent where those that the page was told are all. */
  attemptsAt?(id: string): Attempt[];
}

/** The parts of the outside world the client needs; tests bring their own. */
export interface ClientWorld {
  createWorker(): Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>;
  mountSandbox(options: {
    assetBase: string;
    workers: number;
    onProgress: (progress: Progress | null) => void;
  }): { port: MessagePort; dispose(): void };
  assetBase: string;
}

export interface RunClient {
  /**
   * Loads what a run of this configuration begins with, before anybody presses Start; nothing where there is a run.
   * What goes wrong is told at Start. Cheap when it is called again.
   */
  prepare(config: Config, device: Device): void;
  start(config: Config, options?: StartOptions): void;
  /**
   * Draws a run from what it told, without a trainer, until one is started: in `state`, or as it rests, paused or
   * finished.
   */
  show(config: Config, events: readonly Event[], source: ShownSource, state?: RunState): void;
  /** Draws what a shown run told besides; nothing where none is shown. */
  showMore(config: Config, events: readonly Event[], state?: RunState): void;
  pause(): void;
  resume(): void;
  /** Runs exactly one step of a started run. */
  step(): void;
  /** Back to before the first start; the configuration stays. */
  reset(): void;
  /** Seconds each stage is shown; 0 ends slow motion. Remembered for later runs. */
  slowMotion(secondsPerStage: number): void;
  /** Shows the stage before of this step again, or the one after it, and holds the run meanwhile. */
  lookBack(direction: -1 | 1): void;
  /** Asks the trainer for all attempts at a task; they arrive in the store. */
  taskDetails(id: string): void;
  /** The reasoner's weights as safetensors. Rejects with a plain sentence when there is no run. */
  exportCheckpoint(): Promise<Uint8Array>;
  /**
   * The run as it is between two steps, to go on with later; null before the first has ended. Rejects with a plain
   * sentence when there is no run.
   */
  keep(): Promise<KeptRun | null>;
  /**
   * Asks the reasoner or Python something beside the run. Where there is none the base of `hosts` is asked, where one is
   * only shown its reasoner. Rejects with a plain sentence when nobody can answer, or the run is left before.
   */
  ask<Q extends Question>(question: Q, hosts: Hosts): Promise<Answers[Q['about']]>;
  /** Takes a notice off the page. */
  dismiss(code: Fault['code']): void;
  /** Hears every event as it arrives, before the store does. Returns how to stop. */
  onEvent(listener: (event: Event) => void): () => void;
  dispose(): void;
}

/** Of the run on the page, or of the next one. */
interface Hosts {
  config: Config;
  device: Device;
  /** A base that was brought in, in place of a shipped one. */
  own: { sha256: string; fetch(): Promise<Uint8Array> } | null;
}

interface Connection {
  send(command: Command, transfer?: Transferable[]): void;
  close(): void;
  sandboxWorkers: number;
  /** Python did not come up in it: the next start needs another. */
  isSpoilt: boolean;
}

export function createRunClient(store: RunStore, world: ClientWorld = browserWorld()): RunClient {
  let connection: Connection | null = null;
  let secondsPerStage = 0;
  /** What is to be loaded ahead; null until somebody asks for that, and after it has failed. */
  let ahead: { config: Config; device: Device } | null = null;
  let queue: Event[] = [];
  let flushTimer: ReturnType<typeof setTimeout> | undefined;
  /** After a reset, events of the old run are still under way; each reset ends them with a state `idle`. */
  let resetsUnderWay = 0;
  /** Of a run that is shown without a trainer. */
  let shown: ShownSource | null = null;
  const listeners = new Set<(event: Event) => void>();
  const checkpoints = new Waiting<Uint8Array>();
  const keeps = new Waiting<KeptRun | null>();
  const visitors = new Visitors();
  /** Names what is shown, so that the trainer is given its weights once. */
  let shownCount = 0;
  /** Which shown run the trainer has the weights of. */
  let seated = '';

  function flush(): void {
    clearTimeout(flushTimer);
    flushTimer = undefined;
    const events = queue;
    queue = [];
    applyEvents(store, events);
  }

  function receive(event: Event): void {
    if (event.type === 'answered' || event.type === 'unanswered') {
      visitors.hear(event);
      return;
    }
    if (resetsUnderWay > 0) {
      if (event.type === 'state' && event.state === 'idle') resetsUnderWay--;
      return;
    }
    if (event.type === 'prepared' && connection && event.failed.includes('python'))
      connection.isSpoilt = true;
    for (const listener of listeners) listener(event);
    if (event.type === 'checkpoint' || event.type === 'kept') {
      if (event.type === 'checkpoint') checkpoints.resolve(event.bytes);
      else keeps.resolve(event.run);
      return;
    }
    queue.push(event);
    if (event.type === 'fault' && event.fault.fatal) {
      flush();
      disconnect(event.fault.message);
    } else flushTimer ??= setTimeout(flush, FLUSH_EVERY);
  }

  function disconnect(reason: string): void {
    connection?.close();
    connection = null;
    resetsUnderWay = 0;
    for (const waiting of [checkpoints, keeps]) waiting.reject(reason);
    visitors.leave(reason);
    seated = '';
  }

  function connect(sandboxWorkers: number): Connection {
    if (connection?.sandboxWorkers === sandboxWorkers && !connection.isSpoilt) return connection;
    disconnect('The run was started again.');
    const worker = world.createWorker();
    const sandboxOpenedAt = Date.now();
    const sandbox = world.mountSandbox({
      assetBase: world.assetBase,
      workers: sandboxWorkers,
      // When it has arrived, the trainer tells how it starts.
      onProgress: (progress) => progress && receive({ type: 'progress', progress }),
    });
    const opened: Connection = {
      sandboxWorkers,
      isSpoilt: false,
      send: (command, transfer = []) => worker.postMessage(command, transfer),
      close: () => {
        worker.terminate();
        sandbox.dispose();
      },
    };
    const ended = (fault: Fault) => {
      if (connection !== opened) return;
      if (store.getState().state === 'idle' || shown) giveUpAhead();
      else receive({ type: 'fault', fault });
    };
    worker.addEventListener('message', (message) => {
      if (connection === opened) receive((message as MessageEvent<Event>).data);
    });
    worker.addEventListener('error', (error) => {
      // Only what was thrown has a message; a script that did not come has none.
      const { message } = error as Partial<ErrorEvent>;
      ended(message === undefined ? TRAINER_MISSING : trainerDied(message));
    });
    worker.addEventListener('messageerror', () => ended(trainerDied(said('a message could not be read'))));
    connection = opened;
    const { port } = sandbox;
    opened.send({ type: 'connect', sandboxPort: port, sandboxOpenedAt, assetBase: world.assetBase }, [port]);
    return opened;
  }

  /** Throws with a plain sentence where no worker can be started. */
  function connectToAsk(sandboxWorkers: number): Connection {
    try {
      return connect(sandboxWorkers);
    } catch (error) {
      throw new Error((isAtHome() ? trainerDied(sentenceOf(error)) : NO_WORKERS).message);
    }
  }

  function prepareAhead(): void {
    if (!ahead || store.getState().state !== 'idle' || connection?.isSpoilt) return;
    try {
      connect(ahead.config.sandboxWorkers).send({ type: 'prepare', ...ahead });
    } catch {
      giveUpAhead();
    }
  }

  /** The reader of the page did nothing: no fault is shown, and Start tries again. */
  function giveUpAhead(): void {
    ahead = null;
    disconnect('The trainer stopped.');
    queue = [];
    store.setState({ prepared: [], progress: null });
  }

  function showMore(config: Config, events: readonly Event[], state?: RunState): void {
    if (!shown) return;
    applyEvents(store, events);
    const { step, stage } = store.getState();
    const next = state ?? (step < config.steps ? 'paused' : 'finished');
    store.setState({ config, state: next, stage: next === 'finished' ? null : stage });
  }

  /** Who answers a visitor where no run goes on; null where one does. */
  async function seatFor({ config, device, own }: Hosts): Promise<Seat | null> {
    const source = shown?.hasWeights === false ? null : shown;
    const { state, step } = store.getState();
    if (!shown && state !== 'idle') return null;
    if (!source && !own) return { config, device, kept: null };
    const name = source ? `shown ${shownCount}` : `base ${own?.sha256}`;
    connectToAsk(config.sandboxWorkers);
    if (seated === `${name} ${step}`) return { config, device, kept: { name, step, run: null } };
    const run = source ? await source.kept() : runFrom(await own!.fetch());
    if (source ? shown !== source : !shown && store.getState().state !== 'idle') throw new Error(LEFT);
    seated = `${name} ${run.state.step}`;
    return { config, device, kept: { name, step: run.state.step, run } };
  }

  function ask<T>(waiting: Waiting<T>, type: 'export-checkpoint' | 'keep'): Promise<T> {
    if (!connection || store.getState().state === 'idle') {
      return Promise.reject(new Error('There is no run to export.'));
    }
    connection.send({ type });
    return waiting.wait();
  }

  return {
    prepare(config, device) {
      ahead = { config, device };
      prepareAhead();
    },
    start(config, options = {}) {
      const {
        device = 'auto',
        seedProgram = null,
        paused = false,
        stopAfter = null,
        keepEvery = null,
        from = null,
      } = options;
      shown = null;
      visitors.leave(LEFT);
      seated = '';
      const told = from?.events ?? [];
      const replaced = store.getState().state === 'idle' ? null : connection;
      queue = [];
      store.setState({ ...emptyView(config), state: 'loading' }, true);
      applyEvents(store, told);
      let opened: Connection;
      try {
        opened = connect(config.sandboxWorkers);
      } catch (error) {
        const fault = isAtHome() ? trainerDied(sentenceOf(error)) : NO_WORKERS;
        receive({ type: 'fault', fault });
        return;
      }
      // What the run before still says must not be taken for this one's.
      if (opened === replaced) {
        opened.send({ type: 'reset' });
        resetsUnderWay++;
      }
      if (secondsPerStage > 0) opened.send({ type: 'slow-motion', secondsPerStage });
      const earlier = told.flatMap((event) => (event.type === 'step' ? [event.metrics] : []));
      const run = from?.run ?? null;
      const start = { config, device, seedProgram, paused, stopAfter, keepEvery, from: run, earlier };
      opened.send({ type: 'start', ...start });
    },
    show(config, events, source, state) {
      // A recording is drawn anew whenever it goes back; whoever is asked beside it stays.
      if (source !== shown) {
        disconnect('Another run was opened.');
        shownCount++;
      }
      clearTimeout(flushTimer);
      flushTimer = undefined;
      queue = [];
      shown = source;
      store.setState(emptyView(config), true);
      showMore(config, events, state);
    },
    showMore,
    pause: () => connection?.send({ type: 'pause' }),
    resume: () => connection?.send({ type: 'resume' }),
    step: () => connection?.send({ type: 'step' }),
    reset() {
      shown = null;
      visitors.leave(LEFT);
      seated = '';
      if (connection) {
        connection.send({ type: 'reset' });
        resetsUnderWay++;
      }
      queue = [];
      store.setState(emptyView(null), true);
      prepareAhead();
    },
    slowMotion(seconds) {
      secondsPerStage = seconds;
      connection?.send({ type: 'slow-motion', secondsPerStage: seconds });
      if (seconds === 0) store.setState(({ lookBack }) => ({ lookBack: { ...lookBack, at: null } }));
    },
    lookBack(direction) {
      // What has been told meanwhile is shown first, or it would be jumped over.
      flush();
      const { lookBack, state } = store.getState();
      if (!canTurn(lookBack, direction)) return;
      if (state === 'running') connection?.send({ type: 'pause' });
      store.setState({ lookBack: turned(lookBack, direction) });
    },
    taskDetails(id) {
      const attempts = shown?.attemptsAt?.(id);
      if (attempts) applyEvents(store, [{ type: 'task-details', id, attempts }]);
      else connection?.send({ type: 'task-details', id });
    },
    async exportCheckpoint() {
      return shown ? (await shown.kept()).weights : ask(checkpoints, 'export-checkpoint');
    },
    async keep() {
      return shown ? shown.kept() : ask(keeps, 'keep');
    },
    async ask(question, hosts) {
      if (store.getState().state === 'failed') throw new Error(NOBODY);
      const seat = await seatFor(hosts);
      const opened = seat ? connectToAsk(seat.config.sandboxWorkers) : connection;
      if (!opened) throw new Error(NOBODY);
      return visitors.ask(question, (id) => opened.send({ type: 'ask', id, question, seat }));
    },
    dismiss(code) {
      store.setState({ notices: store.getState().notices.filter((notice) => notice.code !== code) });
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      clearTimeout(flushTimer);
      disconnect('The page was closed.');
      listeners.clear();
    },
  };
}

/** Those who wait for one answer. */
class Waiting<T> {
  private waiting: { resolve(value: T): void; reject(reason: Error): void }[] = [];

  wait(): Promise<T> {
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  resolve(value: T): void {
    for (const { resolve } of this.waiting.splice(0)) resolve(value);
  }

  reject(reason: string): void {
    for (const { reject } of this.waiting.splice(0)) reject(new Error(reason));
  }
}

const LEFT = 'The run was left before this was answered.';
const NOBODY =
  'The run has stopped with an error, so nobody can be asked. Press Start, or go on with it under Runs.';

function browserWorld(): ClientWorld {
  return {
    createWorker: () =>
      new Worker(new URL('../trainer/worker.ts', import.meta.url), { type: 'module', name: 'trainer' }),
    mountSandbox,
    assetBase: new URL('./', document.baseURI).href,
  };
}

const sentenceOf = (error: unknown) => (error instanceof Error ? error.message : '');

/** A frame that another page has shut has no origin, and may start no workers. */
function isAtHome(): boolean {
  return globalThis.origin !== 'null';
}

const NO_WORKERS: Fault = {
  code: 'part-missing',
  message: 'The page around this frame lets it start no workers, so that nothing can be trained in it.',
  remedy: 'Watch a recorded run here, or open Kelvin in a tab of its own.',
  fatal: true,
};

const TRAINER_MISSING: Fault = {
  code: 'part-missing',
  message: 'A part of the page did not arrive: the worker that trains the reasoner.',
  remedy: 'Check the connection and press Start again.',
  fatal: true,
};

function trainerDied(detail: string): Fault {
  return {
    code: 'trainer-died',
    message: detail
      ? `The worker that trains the reasoner stopped: ${detail}.`
      : 'The worker that trains the reasoner stopped.',
    remedy: 'Start again; if it happens again, try a smaller preset or WebAssembly.',
    fatal: true,
  };
}
