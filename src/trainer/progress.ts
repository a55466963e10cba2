import type { Event, Progress } from '../run/protocol.ts';

/** Seconds between two reports of the same work. */
const PAUSE_BETWEEN = 0.1;

/** Reports long work with an estimate of what is left, and takes the report back when the work is over. */
export class ProgressReporter {
  private current: { what: Progress['what']; label: string; started: number; reported: number } | null = null;

  constructor(private readonly emit: (event: Event) => void) {}

  report(what: Progress['what'], label: string, done: number, total: number): void {
    const now = performance.now();
    // Work that begins anew (another pass of an evaluation) is estimated anew.
    if (!this.current || this.current.label !== label || done === 0) {
      this.current = { what, label, started: now, reported: Number.NEGATIVE_INFINITY };
    }
    const { started, reported } = this.current;
    if (done < total && now - reported < 1000 * PAUSE_BETWEEN) return;
    this.current.reported = now;
    const elapsed = (now - started) / 1000;
    const isKnown = done > 0 && elapsed > 0.5;
    const secondsLeft = isKnown ? (elapsed * (total - done)) / done : null;
    this.emit({ type: 'progress', progress: { what, label, done, total, secondsLeft } });
  }

  clear(): void {
    if (!this.current) return;
    this.current = null;
    this.emit({ type: 'progress', progress: null });
  }
}
