/**
 * The pool: deals requests to workers in chunks, keeps results in order, and stands outside as the clock.
 * A worker that does not answer in time is ended and replaced; what becomes of the chunk it was at is the queue's
 * affair. Knows neither Pyodide nor the browser: workers come from `spawn`.
 */
import { availableBell, type BellKind } from './bell.ts';
import { lateDetail, Member, type Spawn } from './member.ts';
import type { FromWorker, Progress, Snapshots } from './protocol.ts';
import { type Job, JobQueue } from './queue.ts';
import type {
  Outcome,
  Refusal,
  RunRequest,
  RunResult,
  Sandbox,
  SandboxMode,
  SandboxStats,
} from './sandbox.ts';
import { readResults } from './wire.ts';

export interface PoolOptions {
  /** Workers that judge at the same time. */
  workers: number;
  /** Further workers kept ready to replace a killed one at once. */
  spares?: number;
  /** Milliseconds a chunk may take before its worker is ended: far above what the step budget allows. */
  timeoutMs?: number;
  /** Milliseconds a worker may take to start. */
  startTimeoutMs?: number;
  /** Milliseconds that a worker whose time is up has to answer after all, before it is ended. */
  graceMs?: number;
  /** Requests after which a worker is replaced. */
  recycleAfter?: number;
  /** Heap size after which a worker is replaced. */
  recycleBytes?: number;
  /** What programs may be. */
  mode?: SandboxMode;
  /** What ends a run in time before its worker is ended; the best there is by default. */
  bell?: BellKind;
}

/** Chunks in flight per worker: the second waits in its inbox while it works on the first. */
const IN_FLIGHT = 2;
const FAILED_STARTS = 3;
/** Modes in which a program reaches no Python code but its own and the guards'. */
const ISOLATED: ReadonlySet<SandboxMode> = new Set(['strict', 'suite']);

export class SandboxPool implements Sandbox {
  private readonly options: Required<PoolOptions>;
  private readonly members = new Set<Member>();
  private readonly queue = new JobQueue();
  private readonly snapshots: Snapshots = { main: null, twin: null };
  private readonly listeners = new Set<(progress: Progress) => void>();
  private readonly waiting = new Set<{ resolve(): void; reject(error: Error): void }>();
  private readonly created = performance.now();
  private snapshotsWork = true;
  private failedStarts = 0;
  private failure: string | null = null;
  private closed = false;
  private chunkId = 0;
  private unfinished = 0;
  private readonly onStarted: (() => void)[] = [];
  private runs = 0;
  private respawned = 0;
  private recycled = 0;
  private peakHeapBytes = 0;
  private startMs: number | null = null;
  private respawnMs: number | null = null;

  constructor(
    private readonly spawn: Spawn,
    options: PoolOptions,
  ) {
    this.options = {
      spares: 1,
      timeoutMs: 3_000,
      startTimeoutMs: 120_000,
      graceMs: 200,
      recycleAfter: 50_000,
      recycleBytes: 128 * 2 ** 20,
      mode: 'strict',
      bell: availableBell(),
      ...(Object.fromEntries(
        Object.entries(options).filter(([, value]) => value !== undefined),
      ) as PoolOptions),
    };
    // The first worker makes the snapshot that the others start from.
    this.start();
  }

  run(requests: readonly RunRequest[]): Promise<RunResult[]> {
    const reason = this.closed ? 'The sandbox is closed.' : this.failure;
    if (reason !== null) return Promise.reject(new Error(reason));
    const results = new Array<RunResult>(requests.length);
    let missing = requests.length;
    if (missing === 0) return Promise.resolve(results);
    return new Promise((resolve, reject) => {
      const waiter = { resolve: () => {}, reject };
      this.waiting.add(waiter);
      requests.forEach((request, i) => {
        const settle = (outcomes: Outcome[]) => {
          results[i] = { outcomes };
          this.unfinished--;
          this.runs += request.inputs.length * request.runs;
          if (--missing > 0) return;
          this.waiting.delete(waiter);
          resolve(results);
        };
        this.unfinished++;
        this.queue.add({ request, settle, kills: 0 });
      });
      this.deal();
    });
  }

  ready(onProgress?: (progress: Progress) => void): Promise<void> {
    if (this.failure !== null) return Promise.reject(new Error(this.failure));
    if (this.startMs !== null) return Promise.resolve();
    if (onProgress) this.listeners.add(onProgress);
    return new Promise((resolve, reject) => {
      const waiter = { resolve, reject };
      this.waiting.add(waiter);
      this.onStarted.push(() => {
        this.waiting.delete(waiter);
        resolve();
      });
    });
  }

  stats(): SandboxStats {
    const members = [...this.members];
    return {
      workers: this.options.workers,
      ready: members.filter((member) => member.state === 'ready').length,
      queued: this.unfinished,
      runs: this.runs,
      respawned: this.respawned,
      recycled: this.recycled,
      peakHeapBytes: this.peakHeapBytes,
      startMs: this.startMs,
      respawnMs: this.respawnMs,
    };
  }

  close(): void {
    this.closed = true;
    for (const member of this.members) this.end(member);
    this.rejectAll('The sandbox is closed.');
  }

  // --- Workers ---------------------------------------------------------------------------------------------

  private start(): void {
    const member: Member = new Member(this.options, (detail) => this.lose(member, 'timeout', detail));
    const lost = (detail: string) => {
      if (this.members.has(member)) this.lose(member, 'error', detail);
    };
    const died = (detail: string) => {
      if (member.state === 'starting') {
        lost(detail);
        return;
      }
      // News of a death may overtake the last answers, and then the wrong chunk would be blamed.
      member.state = 'retiring';
      setTimeout(() => lost(detail), this.options.graceMs);
    };
    const listen = (message: FromWorker) => {
      if (this.members.has(member)) this.hear(member, message);
    };
    this.members.add(member);
    this.progress('Starting Python');
    try {
      member.start(() => this.spawn(listen, died), {
        snapshots: this.snapshotsWork ? { ...this.snapshots } : { main: null, twin: null },
        makeSnapshots: this.snapshotsWork,
        mode: this.options.mode,
      });
    } catch (error) {
      lost(String(error));
    }
  }

  private hear(member: Member, message: FromWorker): void {
    switch (message.type) {
      case 'ready':
        member.watchChunk();
        member.state = 'ready';
        this.failedStarts = 0;
        if (message.snapshot) this.snapshots.main = message.snapshot;
        this.progress('Starting Python');
        if (this.respawned > 0) this.respawnMs = performance.now() - member.spawned;
        this.startMs ??= performance.now() - this.created;
        for (const started of this.onStarted.splice(0)) started();
        this.fill();
        this.deal();
        return;
      case 'twin-starting':
        member.watchStart();
        return;
      case 'twin-ready':
        if (message.snapshot) this.snapshots.twin = message.snapshot;
        member.watchChunk();
        return;
      case 'verified':
        this.finish(member, message.id, message.results, message.heapBytes);
        return;
      case 'crashed':
        this.lose(
          member,
          'error',
          member.state === 'starting' ? message.detail : 'it crashed the interpreter',
        );
        return;
      case 'tampered':
        this.lose(member, 'forbidden', message.detail.slice(0, 200));
        return;
    }
  }

  private finish(member: Member, id: number, results: string, heapBytes: number): void {
    const chunk = member.chunks[0];
    // Chunks are answered in order, so anything else did not come from the worker's own code.
    const outcomes = chunk?.id === id ? readResults(results, chunk.jobs) : null;
    if (!chunk || !outcomes) {
      this.lose(member, 'error', 'it broke the conversation with its worker');
      return;
    }
    member.shift();
    this.peakHeapBytes = Math.max(this.peakHeapBytes, heapBytes);
    const late: Job[] = [];
    chunk.jobs.forEach((job, i) => {
      const answer = outcomes[i] as Outcome[];
      if (answer.some((outcome) => !outcome.ok && outcome.refusal === 'timeout')) late.push(job);
      else job.settle(answer);
    });
    // The time is that of the chunk: those that it ran out on are tried again alone, as if the worker had been ended.
    this.queue.blame(late, 'timeout', lateDetail(this.options.timeoutMs));
    const { recycleAfter, recycleBytes, mode } = this.options;
    // The bell may have struck in the midst of Python's own library, which programs share.
    const isDoubtful = late.length > 0 && !ISOLATED.has(mode);
    if (isDoubtful || member.judged >= recycleAfter || heapBytes >= recycleBytes) member.state = 'retiring';
    if (member.state === 'retiring' && member.chunks.length === 0) this.retire(member);
    this.deal();
  }

  private retire(member: Member): void {
    this.recycled++;
    this.end(member);
    this.fill();
  }

  /** A worker died or had to be ended: what it was at is tried again alone, the rest goes back unharmed. */
  private lose(member: Member, refusal: Refusal, detail: string): void {
    const wasStarting = member.state === 'starting';
    this.end(member);
    if (this.closed) return;
    // Chunks are begun in order, so only the first had been begun.
    const [head, ...others] = member.chunks;
    this.queue.putBack(others.flatMap(({ jobs }) => jobs));
    // Not the program's fault when the second interpreter fails to start, but somebody has to be blamed once.
    this.queue.blame(head?.jobs ?? [], refusal, detail);
    if (wasStarting) {
      this.failedStarts++;
      // Snapshots are undocumented: when a start fails, the next one does without.
      this.snapshotsWork = false;
    } else {
      this.respawned++;
    }
    if (this.failedStarts < FAILED_STARTS || !wasStarting) this.fill();
    // Whoever is left goes on alone.
    else if (this.members.size === 0) this.fail(`Python could not be started: ${detail}.`);
    this.deal();
  }

  private fail(reason: string): void {
    this.failure = reason;
    this.rejectAll(reason);
  }

  private end(member: Member): void {
    this.members.delete(member);
    member.end();
  }

  /** Brings the number of workers back to its target, which it never exceeds: one that retires has its place still. */
  private fill(): void {
    if (this.closed || this.failure !== null) return;
    const target = this.options.workers + this.options.spares;
    for (let i = this.members.size; i < target; i++) this.start();
  }

  private progress(what: string): void {
    if (this.startMs !== null) return;
    const done = [...this.members].filter((member) => member.state === 'ready').length;
    for (const listener of this.listeners) listener({ what, done: Math.min(done, 1), total: 1 });
  }

  private rejectAll(reason: string): void {
    for (const waiter of this.waiting) waiter.reject(new Error(reason));
    this.waiting.clear();
    this.queue.clear();
    this.unfinished = 0;
  }

  // --- Dealing and watching --------------------------------------------------------------------------------

  private deal(): void {
    let active = 0;
    for (const member of this.members) {
      if (member.state === 'starting') continue;
      // The spares wait with nothing to do; sets keep their order, so the oldest workers judge.
      if (++active > this.options.workers) return;
      if (member.state === 'retiring') continue;
      while (member.chunks.length < IN_FLIGHT) {
        const jobs = this.queue.take(this.options.workers * IN_FLIGHT);
        if (jobs.length === 0) return;
        member.send({ id: this.chunkId++, jobs });
      }
    }
  }
}
