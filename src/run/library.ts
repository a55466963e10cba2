/**
 * The runs that this browser keeps, in IndexedDB: for each what it is, what it has told (the events from which the page
 * is drawn again) and what it is gone on with.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Config } from '../config/hyperparameters.ts';
import type { PresetName } from '../config/presets.ts';
import type { Device, Event, KeptRun } from './protocol.ts';

export interface RunEntry {
  id: string;
  name: string;
  note: string;
  preset: PresetName;
  config: Config;
  device: Device;
  seedProgram: string | null;
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

interface Schema extends DBSchema {
  runs: { key: string; value: RunEntry };
  kept: { key: string; value: KeptRun };
  /** By run and part, counted from 1. */
  told: { key: [run: string, part: number]; value: Event[] };
}

const DATABASE = 'kelvin';
/** Everything that one run told. */
const ofRun = (id: string) => IDBKeyRange.bound([id, -1], [id, Number.MAX_SAFE_INTEGER]);

/** The browser does not keep runs; the message is a plain sentence. */
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

  /** All that is needed to show a run and to go on with it. Null where there is none of that name. */
  async load(id: string): Promise<StoredRun | null> {
    return spoken(async () => {
      const reading = this.database.transaction(['runs', 'kept', 'told']);
      const [entry, run, told] = await Promise.all([
        reading.objectStore('runs').get(id),
        reading.objectStore('kept').get(id),
        reading.objectStore('told').getAll(ofRun(id)),
      ]);
      return entry && run ? { entry, run, events: told.flat() } : null;
    });
  }

  /** Keeps a run with what it has told since it was last kept, all of it or, where something fails, nothing. */
  async keep(entry: RunEntry, run: KeptRun, events: readonly Event[]): Promise<void> {
    await spoken(async () => {
      const writing = this.database.transaction(['runs', 'kept', 'told'], 'readwrite');
      await Promise.all([
        writing.objectStore('runs').put(entry),
        writing.objectStore('kept').put(run, entry.id),
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
