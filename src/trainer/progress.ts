import type { Event, Progress } from '../run/protocol.ts';

/** Seconds between two reports of the same work. */
const PAUSE_BETWEEN = 0.1;

interface Work {
  label: string;
  done: number;
  total: number;
  started: number;
  /** When it is told first: what is over before is not worth a word. */
  tellFrom: number;
}

/** Works within another one, which say more than that. */
const INNER: readonly Progress['what'][] = ['propose', 'attempt'];

/** Share of a work that must be done before it is said how long the rest takes. */
const TOLD_FROM = 0.1;

/**
 * Reports long work with an estimate of what is left, and takes the report back when the work is over. Of several works
 * side by side the one that began first is told, until it ends.
 */
export class ProgressReporter {
  private readonly works = new Map<Progress['what'], Work>();
  private told: Progress['what'] | null = null;
  private toldAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly emit: (event: Event) => void) {}

  /** Says how far a work has come; nothing is told in its first `quietSeconds`. */
  report(what: Progress['what'], label: string, done: number, total: number, quietSeconds = 0): void {
    const now = performance.now();
    const known = this.works.get(what);
    // Work that begins anew (another pass of an evaluation) is estimated anew.
    const isNew = !known || known.label !== label || done === 0;
    const { started, tellFrom } = isNew ? { started: now, tellFrom: now + 1000 * quietSeconds } : known;
    this.works.set(what, { label, done, total, started, tellFrom });
    if (this.choose() !== what) return;
    const isLast = done >= total;
    if (this.told === what && !isNew && !isLast && now - this.toldAt < 1000 * PAUSE_BETWEEN) return;
    this.tell(what);
  }

  /** Takes back what was reported of works that are over, and tells what still goes on. */
  finish(...over: Progress['what'][]): void {
    for (const what of over) this.works.delete(what);
    if (this.told === null || this.works.has(this.told)) return;
    const next = this.choose();
    if (next !== undefined) this.tell(next);
    else {
      this.told = null;
      this.emit({ type: 'progress', progress: null });
    }
  }

  clear(): void {
    this.finish(...this.works.keys());
  }

  private choose(): Progress['what'] | undefined {
    const now = performance.now();
    const worthy = [...this.works.keys()].filter((what) => now >= this.works.get(what)!.tellFrom);
    return worthy.find((what) => INNER.includes(what)) ?? worthy[0];
  }

  private tell(what: Progress['what']): void {
    const { label, done, total, started } = this.works.get(what)!;
    const now = performance.now();
    const elapsed = (now - started) / 1000;
    // The beginning of a work says little of its pace.
    const isKnown = done > 0 && done >= TOLD_FROM * total && elapsed > 0.5;
    const secondsLeft = isKnown ? (elapsed * (total - done)) / done : null;
    this.told = what;
    this.toldAt = now;
    this.emit({ type: 'progress', progress: { what, label, done, total, secondsLeft } });
  }
}
