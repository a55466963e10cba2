/** One worker as its pool sees it: what it was dealt, and the clock that watches it. */
import { type BellKind, BellRope } from './bell.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import type { Job } from './queue.ts';
import { writeBatch } from './wire.ts';

interface WorkerHandle {
  post(message: ToWorker): void;
  terminate(): void;
}

/** Starts one worker. `died` reports that it ended or could not start. */
export type Spawn = (listen: (message: FromWorker) => void, died: (detail: string) => void) => WorkerHandle;

export interface Chunk {
  id: number;
  jobs: Job[];
}

export interface ClockOptions {
  /** Milliseconds a chunk may take. */
  timeoutMs: number;
  /** Milliseconds a worker may take to start an interpreter. */
  startTimeoutMs: number;
  /** Milliseconds for a bell to be heard, and for answers that wait in our own inbox, before a worker is given up. */
  graceMs: number;
  bell: BellKind;
}

export class Member {
  state: 'starting' | 'ready' | 'retiring' = 'starting';
  /** Chunks sent and not yet answered, oldest first: the worker is at the first. */
  readonly chunks: Chunk[] = [];
  judged = 0;
  readonly spawned = performance.now();
  private handle: WorkerHandle | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private readonly rope: BellRope;

  /** `late` is called when the worker has not done in time what it was asked for. */
  constructor(
    private readonly clock: ClockOptions,
    private readonly late: (detail: string) => void,
  ) {
    this.rope = new BellRope(clock.bell, clock.timeoutMs);
  }

  /** Starts the worker. Throws when that fails at once. */
  start(spawn: () => WorkerHandle, boot: Omit<Extract<ToWorker, { type: 'boot' }>, 'type' | 'bell'>): void {
    this.watchStart();
    this.handle = spawn();
    this.handle.post({ type: 'boot', ...boot, bell: this.rope.plan });
  }

  /** An interpreter is being started, for which there is more time. */
  watchStart(): void {
    this.watch(this.clock.startTimeoutMs, 'Python did not start in time');
  }

  /** The time of the first chunk counts from now, if there is one. */
  watchChunk(): void {
    const { timeoutMs } = this.clock;
    const [head] = this.chunks;
    if (head) this.watch(timeoutMs, lateDetail(timeoutMs), () => this.rope.ring(head.id));
    else this.unwatch();
  }

  send(chunk: Chunk): void {
    this.chunks.push(chunk);
    this.handle?.post({ type: 'verify', id: chunk.id, batch: writeBatch(chunk.jobs) });
    if (this.chunks.length === 1) this.watchChunk();
  }

  /** The first chunk was answered. */
  shift(): void {
    const chunk = this.chunks.shift();
    this.judged += chunk?.jobs.length ?? 0;
    this.watchChunk();
  }

  end(): void {
    this.unwatch();
    this.handle?.terminate();
  }

  private watch(ms: number, detail: string, ring = () => {}): void {
    this.unwatch();
    const began = performance.now();
    let hasSlept = false;
    const check = () => {
      // Long overdue, this timer slept with the machine, and so did the worker: it has its time again, once.
      if (!hasSlept && performance.now() - began > 2 * ms) {
        hasSlept = true;
        this.timer = setTimeout(check, ms);
        return;
      }
      ring();
      this.timer = setTimeout(() => this.late(detail), this.clock.graceMs);
    };
    this.timer = setTimeout(check, ms);
  }

  private unwatch(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}

export function lateDetail(ms: number): string {
  return `it ran for more than ${ms} ms`;
}
