/**
 * The runs that this browser keeps, in IndexedDB: for each what it is, what it has told (the events from which the page
 * is drawn again) and what it is gone on with.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { SuiteScores } from '../benchmark/scores.ts';
import type { Config } from '../config/hyperparameters.ts';
import type { PresetName } from '../config/presets.ts';
import type { StepMetrics } from '../watch/metrics/table.ts';
import type { Pretrained } from './folder/layout.ts';
import type { Device, Event, KeptRun } from './protocol.ts';
import type { OwnBase } from './session.ts';

export interface RunEntry {
  id: string;
  name: string;
  note: string;
  preset: PresetName;
  config: Config;
  device: Device;
  seedProgram: string | null;
  ownBase: OwnBase | null;
  /** The pretrained model that took it over outside of the page; absent in all others. */
  pretrained?: Pretrained | undefined;
  /** Steps that are kept. */
  step: number;
  /** How often something was kept of it: the order of what it told. */
  parts: number;
  /** Milliseconds since 1970. */
  created: number;
  changed: number;
  /** Share of held-out tasks right at the last evaluation, all kinds and difficulties together; null before one. */
  score: { mean: number; tasks: number } | null;
  /** About so many bytes of the browser's store; of them, those of what it told. */
  bytes: number;
  toldBytes: number;
  /** When it was deleted, which can be undone for a while; null when it was not. */
  deleted: number | null;
}

export interface StoredRun {
  entry: RunEntry;
  run: KeptRun;
  events: Event[];
}

export interface Course {
  steps: StepMetrics[];
  start: SuiteScores | null;
}

/** What is large lies in Blobs, which the browser writes and reads beside the page, and only when it is asked for. */
interface Blobs extends Pick<KeptRun, 'state'> {
  weights: Blob;
  optimizer: Blob;
  base: Blob | null;
}

interface Schema extends DBSchema {
  runs: { key: string; value: RunEntry };
  kept: { key: string; value: Blobs };
  /** By run and part, counted from 1. */
  told: { key: [run: string, part: number]; value: Event[] };
}

const DATABASE = 'kelvin';
/** What one run told after a part. */
const ofRun = (id: string, afterPart = 0) =>
  IDBKeyRange.bound([id, afterPart + 1], [id, Number.MAX_SAFE_INTEGER]);

function toBlobs({ state, weights, optimizer, base }: KeptRun): Blobs {
  const blob = (bytes: Uint8Array) => new Blob([bytes as Uint8Array<ArrayBuffer>]);
  return { state, weights: blob(weights), optimizer: blob(optimizer), base: base && blob(base) };
}

async function fromBlobs({ state, weights, optimizer, base }: Blobs): Promise<KeptRun> {
  const [ofWeights, ofOptimizer, ofBase] = await Promise.all([
    bytesOf(weights),
    bytesOf(optimizer),
    base && bytesOf(base),
  ]);
  return { state, weights: ofWeights, optimizer: ofOptimizer, base: ofBase };
}

/** A run that was kept before there were Blobs has the bytes themselves. */
async function bytesOf(large: Blob | Uint8Array): Promise<Uint8Array> {
  return large instanceof Uint8Array ? large : new Uint8Array(await large.arrayBuffer());
}

/** Runs are not kept, or are gone; the message is a plain sentence. */
export class LibraryError extends Error {
  override readonly name = 'LibraryError';
}

export class Library {
  private constructor(private readonly database: IDBPDatabase<Schema>) {}

  /** Throws a {@link LibraryError} where the browser refuses, as some do in private windows. */
  static async open(): Promise<Library> {
    return spoken(async () => {
      const database = await openDB<Schema>(DATABASE, 1, {
        upgrade: (created) => {
          created.createObjectStore('runs', { keyPath: 'id' });
          created.createObjectStore('kept');
          created.createObjectStore('told');
        },
        // Another tab has a newer Kelvin: it must not wait for this one.
        blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
      });
      return new Library(database);
    });
  }

  /** The latest first; deleted ones are left out. */
  async list(): Promise<RunEntry[]> {
    const entries = await spoken(() => this.database.getAll('runs'));
    return entries.filter(({ deleted }) => deleted === null).sort((a, b) => b.changed - a.changed);
  }

  /**
   * All that is needed to show a run and to go on with it; of what it told, the parts after `afterPart`. Null where
   * there is none of that name, or it was deleted.
   */
  async load(id: string, afterPart = 0): Promise<StoredRun | null> {
    return spoken(async () => {
      const reading = this.database.transaction(['runs', 'kept', 'told']);
      const [entry, run, told] = await Promise.all([
        reading.objectStore('runs').get(id),
        reading.objectStore('kept').get(id),
        reading.objectStore('told').getAll(ofRun(id, afterPart)),
      ]);
      if (!entry || !run || entry.deleted !== null) return null;
      return { entry, run: await fromBlobs(run), events: told.flat() };
    });
  }

  /** The weights of a base that was brought in: those of a run that began from it. Null where none is left. */
  async ownBase({ sha256 }: OwnBase): Promise<Uint8Array | null> {
    return spoken(async () => {
      const reading = this.database.transaction(['runs', 'kept']);
      const entries = await reading.objectStore('runs').getAll();
      const entry = entries.find(({ ownBase }) => ownBase?.sha256 === sha256);
      const base = entry && (await reading.objectStore('kept').get(entry.id))?.base;
      return base ? bytesOf(base) : null;
    });
  }

  /** What curves are drawn of: the metrics of a run's steps, and the held-out scores that it began from. */
  async course(id: string): Promise<Course> {
    return spoken(async () => {
      const events = (await this.database.getAll('told', ofRun(id))).flat();
      const base = events.findLast((event) => event.type === 'base');
      return {
        steps: events.flatMap((event) => (event.type === 'step' ? [event.metrics] : [])),
        start: base?.scores ?? null,
      };
    });
  }

  /** Keeps a run with what it has told since it was last kept, all of it or, where something fails, nothing. */
  async keep(entry: RunEntry, run: KeptRun, events: readonly Event[]): Promise<void> {
    await spoken(async () => {
      const writing = this.database.transaction(['runs', 'kept', 'told'], 'readwrite');
      await Promise.all([
        writing.objectStore('runs').put(entry),
        writing.objectStore('kept').put(toBlobs(run), entry.id),
        writing.objectStore('told').put([...events], [entry.id, entry.parts]),
        writing.done,
      ]);
    });
  }

  /** Changes what is said of a run. */
  async change(id: string, changes: Partial<Pick<RunEntry, 'name' | 'note' | 'deleted'>>): Promise<void> {
    await spoken(async () => {
      const writing = this.database.transaction('runs', 'readwrite');
      const entry = await writing.store.get(id);
      if (entry) await writing.store.put({ ...entry, ...changes });
      await writing.done;
    });
  }

  /** Forgets what was deleted before a time, for good. */
  async purge(before: number): Promise<void> {
    await spoken(async () => {
      const writing = this.database.transaction(['runs', 'kept', 'told'], 'readwrite');
      for (const { id, deleted } of await writing.objectStore('runs').getAll()) {
        if (deleted === null || deleted > before) continue;
        await writing.objectStore('runs').delete(id);
        await writing.objectStore('kept').delete(id);
        await writing.objectStore('told').delete(ofRun(id));
      }
      await writing.done;
    });
  }
}

/** What the browser throws, as a sentence that says what happened and what to do. */
async function spoken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LibraryError) throw error;
    const { name, message } = error as DOMException;
    if (name === 'QuotaExceededError') {
      throw new LibraryError('This browser’s room for runs is full. Delete runs that you no longer need.');
    }
    throw new LibraryError(
      `This browser keeps no runs here (${message || name}). Private windows often do not: open Kelvin in an ordinary one.`,
    );
  }
}
