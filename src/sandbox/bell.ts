/**
 * The bell that ends a run whose time is up, where Python can hear it. Pyodide looks at element 0 of its interrupt
 * buffer every few bytecodes, and inside some long operations of C. Ours is not a buffer but an object whose element
 * 0 is a question: is the time of the chunk at hand up? So no signal can come late and hit another chunk.
 *
 * Where memory can be shared (a page that is cross-origin isolated, Node) the pool answers it, from outside. Where
 * not, the worker looks at its own clock. What hears no bell, the pool ends with its worker.
 */

/** Who rings: the pool, the worker's own clock, or nobody (to compare with). */
export type BellKind = 'shared' | 'clock' | 'none';

/** What a worker is told of its bell. */
export interface BellPlan {
  /** Milliseconds that a chunk may take. */
  ms: number;
  /** One integer: the chunk whose time is up. Null where memory cannot be shared. */
  shared: SharedArrayBuffer | null;
}

const SIGINT = 2;
/**
 * Between one ring and the next for the same chunk, which may have further runs that do not end. Long enough for
 * Python's handler, which would be interrupted itself.
 */
const PAUSE_MS = 10;
/** Numbers of no chunk: what a worker is at before its first, and whose time is up before any is. */
const NOT_BEGUN = -1;
const NONE = -2;

/** The best bell that there is here. */
export function availableBell(): BellKind {
  // Node knows no isolation and shares memory always.
  const { crossOriginIsolated = true, SharedArrayBuffer: shared } = globalThis;
  return crossOriginIsolated && shared ? 'shared' : 'clock';
}

/** The pool's end. */
export class BellRope {
  private readonly cell: Int32Array | null;
  readonly plan: BellPlan | null;

  constructor(kind: BellKind, ms: number) {
    const shared = kind === 'shared' ? new SharedArrayBuffer(4) : null;
    this.cell = shared && new Int32Array(shared).fill(NONE);
    this.plan = kind === 'none' ? null : { ms, shared };
  }

  /** The time of this chunk is up. */
  ring(chunk: number): void {
    if (this.cell) Atomics.store(this.cell, 0, chunk);
  }
}

/** The worker's end: what Pyodide is given as its interrupt buffer. */
export class Bell {
  private chunk = NOT_BEGUN;
  private deadline = Number.POSITIVE_INFINITY;
  private quietUntil = 0;
  private readonly cell: Int32Array | null;
  private readonly now = performance.now.bind(performance);

  constructor(private readonly plan: BellPlan) {
    this.cell = plan.shared && new Int32Array(plan.shared);
  }

  /** From now on the time of this chunk counts, from its beginning. */
  begin(chunk: number): void {
    this.chunk = chunk;
    this.deadline = this.now() + this.plan.ms;
  }

  /** Silence until the next chunk. */
  rest(): void {
    this.chunk = NOT_BEGUN;
    this.deadline = Number.POSITIVE_INFINITY;
  }

  get 0(): number {
    const isOver = this.cell ? Atomics.load(this.cell, 0) === this.chunk : this.now() >= this.deadline;
    if (!isOver || this.now() < this.quietUntil) return 0;
    this.quietUntil = this.now() + PAUSE_MS;
    return SIGINT;
  }

  /** Pyodide clears the element after each look. */
  set 0(_: number) {}
}
