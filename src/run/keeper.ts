/** Keeps the run of this page as it goes, and takes kept runs up again. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SuiteScores } from '../benchmark/scores.ts';
import { type Config, validateConfig } from '../config/hyperparameters.ts';
import { PRESETS } from '../config/presets.ts';
import type { RunClient, StartOptions } from './client.ts';
import { Library, LibraryError, type RunEntry } from './library.ts';
import type { Event, KeptRun } from './protocol.ts';
import type { Session } from './session.ts';

/** Milliseconds between two times at which a run is kept: a step of most sizes takes longer. */
const KEEP_EVERY = 1000;
/** Milliseconds for which a deleted run can be had back. */
const UNDO_FOR = 24 * 3600 * 1000;

/** Events from which a page draws a run again; the others are of the moment. */
const TOLD: ReadonlySet<Event['type']> = new Set<Event['type']>([
  'engine',
  'warm-up',
  'base',
  'ladder',
  'tasks',
  'attempts',
  'verdicts',
  'hacks',
  'rejected',
  'step',
]);

export interface Shelf {
  /** Null until they have been read. */
  entries: readonly RunEntry[] | null;
  /** The run on the page; null before one. */
  current: string | null;
  /** Why runs are not kept, in a plain sentence; empty when they are. */
  problem: string;
  /** Bytes of the browser's store for this page, and how many there may be; null where it does not say. */
  room: { used: number; quota: number } | null;
}

/** What a run is started with. */
export type Setup = Pick<Session, 'preset' | 'config' | 'device' | 'seedProgram'>;

export class Keeper {
  readonly shelf: StoreApi<Shelf> = createStore<Shelf>(() => ({
    entries: null,
    current: null,
    problem: '',
    room: null,
  }));
  private readonly library: Promise<Library | null>;
  private entry: RunEntry | null = null;
  /** What was told since the run was last kept. */
  private told: Event[] = [];
  private waiting: KeptRun | null = null;
  private isWriting = false;
  private hasAsked = false;
  /** Tells other tabs that something was kept or changed. */
  private readonly channel = new BroadcastChannel('kelvin-runs');
  /** The run that this tab alone may write, and how it lets go of it. */
  private held: { id: string; release: () => void } | null = null;

  constructor(private readonly client: RunClient) {
    this.library = Library.open().catch((error: unknown) => {
      this.shelf.setState({ entries: [], problem: sentenceOf(error) });
      return null;
    });
    void this.library.then(async (library) => {
      await library?.purge(Date.now() - UNDO_FOR);
      await this.refresh();
    });
    client.onEvent((event) => this.hear(event));
    this.channel.onmessage = () => void this.refresh();
  }

  /** Starts a run, which is kept from its first step on. */
  start(setup: Setup, options: Pick<StartOptions, 'paused'> = {}): void {
    const now = Date.now();
    const id = crypto.randomUUID();
    void this.hold(id);
    this.begin({
      ...setup,
      id,
      name: `${PRESETS[setup.preset].label}, seed ${setup.config.seed}`,
      note: '',
      step: 0,
      parts: 0,
      created: now,
      changed: now,
      score: null,
      bytes: 0,
      toldBytes: 0,
      deleted: null,
    });
    const { config, device, seedProgram } = setup;
    this.client.start(config, { ...options, device, seedProgram, keepEvery: KEEP_EVERY });
  }

  /**
   * Takes a kept run up again, paused; with `steps`, for so many in all. Rejects with a {@link LibraryError} when it is
   * not there any more.
   */
  async goOn(id: string, steps?: number): Promise<void> {
    if (!(await this.hold(id))) {
      throw new LibraryError(
        'This run is on the page of another tab: close it there, or go on with it there.',
      );
    }
    const stored = await (await this.library)?.load(id);
    if (!stored) throw new LibraryError('This run is not in this browser any more.');
    const { run, events } = stored;
    const { config } = validateConfig({ ...stored.entry.config, ...(steps ? { steps } : {}) });
    const entry = { ...stored.entry, config };
    this.begin(entry);
    const { device, seedProgram } = entry;
    const from = { run, events };
    this.client.start(config, { device, seedProgram, paused: true, from, keepEvery: KEEP_EVERY });
  }

  /** Changes what is said of a run. */
  async change(id: string, changes: Partial<Pick<RunEntry, 'name' | 'note' | 'deleted'>>): Promise<void> {
    if (this.entry?.id === id) this.entry = { ...this.entry, ...changes };
    await (await this.library)?.change(id, changes);
    await this.tellOthers();
  }

  private begin(entry: RunEntry): void {
    this.entry = entry;
    this.told = [];
    this.waiting = null;
    this.shelf.setState({ current: entry.id });
  }

  private hear(event: Event): void {
    if (!this.entry) return;
    if (TOLD.has(event.type)) this.told.push(event);
    if (event.type === 'step' && event.metrics.heldOut) {
      this.entry = { ...this.entry, score: scoreOf(event.metrics.heldOut, this.entry.config) };
    }
    // A run that rests may be left: what it has is kept whatever the time.
    if (event.type === 'state' && event.state === 'paused') void this.client.keep().catch(() => {});
    if (event.type === 'kept' && event.run) {
      this.waiting = event.run;
      void this.write();
    }
  }

  /** Writes what waits, one run after the other: a slow disk gets the latest, not all. */
  private async write(): Promise<void> {
    const library = await this.library;
    if (!library) this.told = [];
    if (!library || this.isWriting) return;
    this.isWriting = true;
    try {
      while (this.waiting && this.entry) {
        const [run, events] = [this.waiting, this.told];
        this.waiting = null;
        this.told = [];
        const toldBytes = this.entry.toldBytes + JSON.stringify(events).length;
        const tensors = run.weights.length + run.optimizer.length + (run.base?.length ?? 0);
        const entry: RunEntry = {
          ...this.entry,
          step: run.state.step,
          parts: this.entry.parts + 1,
          changed: Date.now(),
          toldBytes,
          bytes: toldBytes + tensors,
        };
        try {
          await library.keep(entry, run, events);
          if (this.entry.id === entry.id) this.entry = entry;
          this.shelf.setState({ problem: '' });
          await this.askToPersist();
        } catch (error) {
          // Told again with what comes next: a run with a hole in it could not be drawn.
          if (this.entry.id === entry.id) this.told = [...events, ...this.told];
          this.shelf.setState({ problem: sentenceOf(error) });
        }
      }
    } finally {
      this.isWriting = false;
    }
    await this.tellOthers();
  }

  /**
   * Holds a run for this tab alone, until it has another. False where another tab has it: two that write one run would
   * leave neither.
   */
  private async hold(id: string): Promise<boolean> {
    if (this.held?.id === id) return true;
    return new Promise((resolve, reject) => {
      const asked = navigator.locks.request(`kelvin-run-${id}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        if (lock === null) return;
        this.held?.release();
        return new Promise<void>((release) => {
          this.held = { id, release };
        });
      });
      asked.catch(reject);
    });
  }

  /** Once there is something to keep: else the browser may clear it when the disk fills up. */
  private async askToPersist(): Promise<void> {
    if (this.hasAsked) return;
    this.hasAsked = true;
    await navigator.storage?.persist?.().catch(() => false);
  }

  private async tellOthers(): Promise<void> {
    this.channel.postMessage(null);
    await this.refresh();
  }

  private async refresh(): Promise<void> {
    const library = await this.library;
    if (!library) return;
    try {
      const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
      const room = quota > 0 ? { used: usage, quota } : null;
      this.shelf.setState({ entries: await library.list(), room });
    } catch (error) {
      this.shelf.setState({ problem: sentenceOf(error) });
    }
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** All kinds and difficulties of an evaluation alike. */
function scoreOf(heldOut: SuiteScores, { evaluationTasks }: Config): NonNullable<RunEntry['score']> {
  const scores = Object.values(heldOut).flatMap((byTier) => Object.values(byTier));
  const mean = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
  return { mean, tasks: scores.length * evaluationTasks };
}
