/** A kept run that is only shown: what is drawn of it, and whether another tab goes on with it. */
import type { StoredRun } from './library.ts';
import type { RunLocks } from './runLocks.ts';

export interface Showing {
  locks: Pick<RunLocks, 'isElsewhere' | 'whenFree'>;
  /** Of what the run told, the parts after one. Rejects where the run is not there any more. */
  load(id: string, afterPart: number): Promise<StoredRun>;
  /** Whether another tab has it is known, or has changed. */
  onElsewhere(isElsewhere: boolean): void;
  /** It has told more. */
  onMore(more: StoredRun): void;
}

export class ShownRun {
  private readonly end = new AbortController();
  private isElsewhere = false;

  /** `parts` are drawn already. */
  constructor(
    readonly id: string,
    private parts: number,
    private readonly showing: Showing,
  ) {}

  /** From now on nothing is drawn of it. */
  close(): void {
    this.end.abort();
  }

  /** Draws what the run told meanwhile in the tab that has it, and learns when that lets go of it. */
  async follow(): Promise<void> {
    const { locks, load, onElsewhere, onMore } = this.showing;
    const { signal } = this.end;
    try {
      const isElsewhere = await locks.isElsewhere(this.id);
      if (signal.aborted) return;
      if (isElsewhere && !this.isElsewhere) {
        locks.whenFree(this.id, signal).then(
          () => this.follow(),
          () => {},
        );
      }
      this.isElsewhere = isElsewhere;
      onElsewhere(isElsewhere);
      const after = this.parts;
      const more = await load(this.id, after);
      if (signal.aborted || more.entry.parts <= this.parts) return;
      // Somebody else drew a part of it meanwhile.
      if (this.parts !== after) return await this.follow();
      this.parts = more.entry.parts;
      onMore(more);
    } catch {
      // Deleted elsewhere, say: what is drawn stays, and going on with it says why it cannot be.
    }
  }
}
