/** The run that goes on in this tab, as it is written into the library. */
import { heldOutScore } from './heldOutScore.ts';
import type { Library, RunEntry, StoredRun } from './library.ts';
import type { Event, KeptRun } from './protocol.ts';
import { isTold } from './told.ts';

/** A run between two steps, and what it told since it was last handed over. */
interface Handed {
  run: KeptRun;
  events: Event[];
}

export class RunWriter {
  /** What was told since the run was last handed over to be kept. */
  private told: Event[] = [];
  /** What is to be written next. A slow disk gets the latest state, with all that was told until then. */
  private waiting: Handed | null = null;
  /** What the library could not take, or is taking; it is written with what comes next. */
  private unwritten: Handed | null = null;
  private writing: Promise<void> = Promise.resolve();
  private lastStep: number;

  /** `onWritten` hears after every attempt to write what went wrong, or an empty text. */
  constructor(
    public entry: RunEntry,
    private readonly library: Promise<Library | null>,
    private readonly onWritten: (problem: string) => void,
  ) {
    this.lastStep = entry.step;
  }

  /** Steps that were taken and are not in the library. */
  get unkept(): number {
    return Math.max(0, this.lastStep - this.entry.step);
  }

  /**
   * The run as it was last handed over, where the library does not have it; of what it told, what is not in the library.
   */
  get inMemory(): StoredRun | null {
    const { unwritten, entry } = this;
    if (!unwritten) return null;
    const { run, events } = unwritten;
    return { entry: { ...entry, step: run.state.step }, run, events };
  }

  hear(event: Event): void {
    if (isTold(event)) this.told.push(event);
    if (event.type === 'step') {
      this.lastStep = event.metrics.step;
      const { heldOut } = event.metrics;
      if (heldOut) this.entry = { ...this.entry, score: heldOutScore(heldOut, this.entry.config) };
    }
    if (event.type === 'kept' && event.run) {
      this.waiting = { run: event.run, events: [...(this.waiting?.events ?? []), ...this.told] };
      this.told = [];
      // One after the other: each writes what waits by then.
      this.writing = this.writing.then(() => this.write());
    }
  }

  /** Resolves when what was handed over is in the library, or could not be brought there. */
  async settled(): Promise<void> {
    await this.writing;
  }

  private async write(): Promise<void> {
    const library = await this.library;
    const { waiting } = this;
    this.waiting = null;
    if (!waiting) return;
    const { run } = waiting;
    // What could not be written is written with what comes next: a run with a hole in it could not be drawn.
    const events = [...(this.unwritten?.events ?? []), ...waiting.events];
    this.unwritten = { run, events };
    if (!library) return;
    const toldBytes = this.entry.toldBytes + JSON.stringify(events).length;
    const tensors = run.weights.length + run.optimizer.length + (run.base?.length ?? 0);
    const written = {
      step: run.state.step,
      parts: this.entry.parts + 1,
      changed: Date.now(),
      toldBytes,
      bytes: toldBytes + tensors,
    };
    try {
      await library.keep({ ...this.entry, ...written }, run, events);
      this.entry = { ...this.entry, ...written };
      this.unwritten = null;
      this.onWritten('');
    } catch (error) {
      this.onWritten(error instanceof Error ? error.message : String(error));
    }
  }
}
