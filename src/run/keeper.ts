/** Keeps the run of this page as it goes, takes kept runs up again, and shows them. */
import type { StoreApi } from 'zustand/vanilla';
import { validateConfig } from '../config/hyperparameters.ts';
import { PRESETS } from '../config/presets.ts';
import { said } from '../words/said.ts';
import type { RunClient, StartOptions } from './client.ts';
import { modelName } from './folder/layout.ts';
import { type Course, Library, LibraryError, type RunEntry, type StoredRun } from './library.ts';
import { type Event, runFrom } from './protocol.ts';
import type { Recording } from './replay/file.ts';
import { Player } from './replay/player.ts';
import { fetchRecording, isShippedRecording } from './replay/shipped.ts';
import { RunLocks } from './runLocks.ts';
import { RunWriter } from './runWriter.ts';
import { type OwnBase, type Setup, setupOf } from './session.ts';
import { createShelf, EMPTY_PAGE, type Shelf } from './shelf.ts';
import { ShownRun } from './shownRun.ts';

/** Milliseconds between two times at which a run is kept: a step of most sizes takes longer. */
const KEEP_EVERY = 1000;
/** Milliseconds for which a deleted run can be had back. */
const UNDO_FOR = 24 * 3600 * 1000;

const GONE = 'This run is not in this browser any more.';

export class Keeper {
  readonly shelf: StoreApi<Shelf> = createShelf();
  private readonly library: Promise<Library | null>;
  /** Of the run that goes on here. */
  private writer: RunWriter | null = null;
  /** Of the run that was on the page before: its last step may still be on its way to the disk. */
  private leftWriter: RunWriter | null = null;
  private shown: ShownRun | null = null;
  /** A run on its way to the page, to go on. */
  private takingUp: { id: string; done: Promise<void> } | null = null;
  private readonly locks = new RunLocks();
  private hasAsked = false;
  /** Tells other tabs that something was kept or changed. */
  private readonly channel = new BroadcastChannel('kelvin-runs');

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
    this.channel.onmessage = () => void this.refresh().then(() => this.shown?.follow());
  }

  /**
   * Starts a run, which is kept from its first step on. False where it cannot begin, which the shelf says; what is on
   * the page is then still there.
   */
  async start(setup: Setup, options: Pick<StartOptions, 'paused'> = {}): Promise<boolean> {
    this.shelf.setState({ refusal: '' });
    let from: StartOptions['from'] = null;
    try {
      if (setup.ownBase) from = { run: runFrom(await this.weightsOf(setup.ownBase)), events: [] };
    } catch (error) {
      this.shelf.setState({ refusal: sentenceOf(error) });
      return false;
    }
    const now = Date.now();
    const id = crypto.randomUUID();
    // Where there are no locks there is no other tab that could write it.
    this.locks.hold(id).catch(() => false);
    this.begin({
      ...setup,
      id,
      name: said('{preset}, seed {seed}', { preset: PRESETS[setup.preset].label, seed: setup.config.seed }),
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
    this.client.start(config, { ...options, device, seedProgram, from, keepEvery: KEEP_EVERY });
    return true;
  }

  /**
   * Takes a kept run up again, paused; with `steps`, for so many in all. Rejects with a {@link LibraryError} when it is
   * not there any more, or another tab has it.
   */
  goOn(id: string, steps?: number): Promise<void> {
    // Asked for again meanwhile it is the same: a second start would end the first, and what was asked of it since.
    if (this.takingUp?.id === id) return this.takingUp.done;
    const done = this.takeUp(id, steps).finally(() => {
      if (this.takingUp?.done === done) this.takingUp = null;
    });
    this.takingUp = { id, done };
    return done;
  }

  private async takeUp(id: string, steps?: number): Promise<void> {
    if (!(await this.locks.hold(id))) {
      await this.shown?.follow();
      throw new LibraryError(
        'This run is on the page of another tab: close it there, or go on with it there. Open shows it here.',
      );
    }
    const stored = await this.load(id);
    const { run, events } = stored;
    refusePretrained(stored.entry);
    const { config } = validateConfig({ ...stored.entry.config, ...(steps ? { steps } : {}) });
    const entry = { ...stored.entry, config };
    this.begin(entry);
    const { device, seedProgram } = entry;
    const from = { run, events };
    this.client.start(config, { device, seedProgram, paused: true, from, keepEvery: KEEP_EVERY });
  }

  /**
   * All of a run up to its last whole step, of the library or, where that cannot take it, of the memory of this tab.
   * Rejects with a {@link LibraryError} when that is nothing.
   */
  async stored(id: string): Promise<StoredRun> {
    const writer = this.writer?.entry.id === id ? this.writer : null;
    await writer?.settled();
    const inMemory = writer?.inMemory;
    if (inMemory?.entry.parts === 0) return inMemory;
    const stored = await this.find(id);
    if (inMemory) return { ...inMemory, events: [...(stored?.events ?? []), ...inMemory.events] };
    if (!stored) throw new LibraryError('There is nothing of this run yet: its first step has to end.');
    return stored;
  }

  /** Takes in a run from elsewhere, beside all others. Rejects with a {@link LibraryError} where it cannot be kept. */
  async bringIn({ entry, run, events }: StoredRun): Promise<void> {
    const library = await this.library;
    if (!library) throw new LibraryError(this.shelf.getState().problem);
    await library.keep(entry, run, events);
    await this.askToPersist();
    await this.tellOthers();
  }

  /** What curves of a kept run are drawn of; nothing where it is not there any more. */
  async course(id: string): Promise<Course> {
    return (await (await this.library)?.course(id)) ?? { steps: [], start: null };
  }

  /**
   * Shows a kept run as it was at its last step, without going on with it; also one that another tab has, whose steps
   * are drawn as they are kept. Rejects with a {@link LibraryError} when it is not there any more.
   */
  async open(id: string): Promise<void> {
    const { current, shown } = this.shelf.getState();
    if (current === id && shown === null) return;
    const { entry, events } = await this.load(id);
    this.leave(id);
    this.locks.release();
    const opened = new ShownRun(id, entry.parts, {
      locks: this.locks,
      load: (of, afterPart) => this.load(of, afterPart),
      onElsewhere: (isElsewhere) => this.shelf.setState({ shown: { isElsewhere } }),
      onMore: (more) => {
        this.shelf.setState({ setup: more.entry });
        this.client.showMore(more.entry.config, more.events);
      },
    });
    this.shown = opened;
    this.shelf.setState({ current: id, setup: entry, shown: { isElsewhere: false } });
    const kept = async () => {
      refusePretrained(entry);
      return (await this.load(id)).run;
    };
    this.client.show(entry.config, events, { kept });
    await opened.follow();
  }

  /** All that a kept run told, to be played. Rejects with a {@link LibraryError} when there is nothing. */
  async record(id: string): Promise<Recording> {
    const { entry, events } = await this.stored(id);
    return { name: entry.name, setup: setupOf(entry), events };
  }

  /** Plays a recording, from its beginning, at rest. `address`: the name by which {@link playNamed} finds it. */
  play(recording: Recording, address: string | null = null): void {
    this.leave(null);
    this.locks.release();
    const player = new Player(recording, address, this.client);
    this.shelf.setState({ setup: recording.setup, player });
  }

  /**
   * Plays the shipped recording of that name, or the kept run. Rejects with a plain sentence when it is not to be had.
   */
  async playNamed(name: string): Promise<void> {
    this.play(await (isShippedRecording(name) ? fetchRecording(name) : this.record(name)), name);
  }

  /** Says no more that the run before is kept. */
  forgetLeft(): void {
    this.leftWriter = null;
    this.tellLeft();
  }

  /** Takes the run off the page; what is kept of it stays. */
  close(): void {
    this.leave(null);
    this.locks.release();
    this.client.reset();
  }

  /** Changes what is said of a run. */
  async change(id: string, changes: Partial<Pick<RunEntry, 'name' | 'note' | 'deleted'>>): Promise<void> {
    const { writer } = this;
    if (writer?.entry.id === id) writer.entry = { ...writer.entry, ...changes };
    await (await this.library)?.change(id, changes);
    await this.tellOthers();
  }

  /** Of a base that was brought in; rejects with a {@link LibraryError} where it is not there any more. */
  async weightsOf(base: OwnBase): Promise<Uint8Array> {
    const weights = await (await this.library)?.ownBase(base);
    if (weights) return weights;
    throw new LibraryError(
      `The base “${base.name}” is not in this browser any more. Bring it in again under Runs, or choose another base under Settings.`,
    );
  }

  private async load(id: string, afterPart?: number): Promise<StoredRun> {
    const stored = await this.find(id, afterPart);
    if (!stored) throw new LibraryError(GONE);
    return stored;
  }

  private async find(id: string, afterPart?: number): Promise<StoredRun | null> {
    // A run that has just left the page: what it has been handing over belongs to it.
    await Promise.all([this.writer?.settled(), this.leftWriter?.settled()]);
    return (await (await this.library)?.load(id, afterPart)) ?? null;
  }

  private begin(entry: RunEntry): void {
    this.leave(entry.id);
    const writer = new RunWriter(entry, this.library, (problem) => void this.written(writer, problem));
    this.writer = writer;
    this.shelf.setState({ current: entry.id, setup: entry });
  }

  /** Ends what is on the page, so that another run (or none) can be there, and remembers what was. */
  private leave(next: string | null): void {
    if (this.writer) this.leftWriter = this.writer;
    if (this.leftWriter?.entry.id === next) this.leftWriter = null;
    this.writer = null;
    this.shown?.close();
    this.shown = null;
    this.shelf.getState().player?.close();
    this.shelf.setState({ ...EMPTY_PAGE, current: next });
    this.tellLeft();
  }

  private tellLeft(): void {
    const left = this.leftWriter?.entry;
    const isKept = left !== undefined && left.step > 0;
    this.shelf.setState({ left: isKept ? { id: left.id, name: left.name, step: left.step } : null });
  }

  private hear(event: Event): void {
    const { writer } = this;
    if (!writer) return;
    writer.hear(event);
    // A run that rests may be left: what it has is kept whatever the time.
    if (event.type === 'state' && event.state === 'paused') void this.client.keep().catch(() => {});
    if (event.type === 'step') this.countUnkept();
  }

  private async written(writer: RunWriter, problem: string): Promise<void> {
    this.shelf.setState({ problem });
    if (writer === this.writer) this.countUnkept();
    if (writer === this.leftWriter) this.tellLeft();
    if (problem === '') await this.askToPersist();
    await this.tellOthers();
  }

  /** Only what cannot be kept counts: the rest will be, or is done again exactly. */
  private countUnkept(): void {
    const { problem } = this.shelf.getState();
    this.shelf.setState({ unkept: problem === '' ? 0 : (this.writer?.unkept ?? 0) });
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

/** Throws a {@link LibraryError} where the run's reasoner is none that a tab can run. */
function refusePretrained({ pretrained }: RunEntry): void {
  if (!pretrained) return;
  throw new LibraryError(
    said(
      'The reasoner of this run is the pretrained model {model}, which cannot run in a tab. The curves, the buffer and the family tree are shown; “python -m kelvin_engine continue” goes on with the run.',
      { model: modelName(pretrained) },
    ),
  );
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
