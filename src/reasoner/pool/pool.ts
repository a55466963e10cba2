/** Threads that take shards from a queue, whoever is free; one that dies is replaced, and its shard tried again. */
import { DivergedError } from '../reasoner.ts';
import type { Answers, FromThread, Shard, Spawn, Thread, ToThread } from './protocol.ts';

/** Threads that a shard may cost. */
const MOST_TRIES = 3;

interface Job {
  id: number;
  shard: Shard;
  tries: number;
  /** Sequences told to have ended. */
  ended: number;
  call: Call;
  take(answer: unknown): void;
}

interface Call {
  isOver: boolean;
  fail(error: unknown): void;
  tell(): void;
}

interface Member {
  thread: Thread;
  job: Job | null;
  /** Bytes of its memory, as last told. */
  bytes: number;
}

export class ThreadPool {
  private members: Member[];
  private queue: Job[] = [];
  private nextId = 0;
  /** Threads that died in a row before one of them finished anything. */
  private deaths = 0;
  private disposed = false;
  /** Why there are no threads any more. */
  private broken: Error | null = null;

  /**
   * @param greeting what every new thread is told first: the shape and the weights as they are now.
   */
  constructor(
    private readonly spawn: Spawn,
    readonly count: number,
    private readonly greeting: () => ToThread[],
  ) {
    this.members = Array.from({ length: count }, () => this.open());
  }

  /** Bytes of all threads' memories. */
  get bytes(): number {
    return this.members.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Tells all threads; a message is copied for each. */
  broadcast(message: ToThread): void {
    for (const { thread } of this.members) thread.post(message);
  }

  /**
   * Computes shards of one type on whatever threads are free. `take` hears every answer once, in any order; `onEnded`
   * hears how many sequences of all have ended. Rejects with the first failure; shards that are still waiting are
   * dropped then, and answers of those under way ignored.
   */
  run<T extends keyof Answers>(
    shards: readonly Extract<Shard, { type: T }>[],
    take: (answer: Answers[T], index: number) => void,
    onEnded?: (ended: number) => void,
  ): Promise<void> {
    if (this.broken) return Promise.reject(this.broken);
    return new Promise((resolve, reject) => {
      let open = shards.length;
      if (open === 0) resolve();
      const jobs: Job[] = [];
      const call: Call = {
        isOver: false,
        fail: (error) => {
          call.isOver = true;
          this.queue = this.queue.filter((job) => job.call !== call);
          reject(error);
        },
        tell: () => onEnded?.(jobs.reduce((sum, { ended }) => sum + ended, 0)),
      };
      for (const [index, shard] of shards.entries()) {
        const id = this.nextId++;
        const finish = (answer: unknown) => {
          take(answer as Answers[T], index);
          if (--open === 0) {
            call.isOver = true;
            resolve();
          }
        };
        jobs.push({ id, shard, tries: 0, ended: 0, call, take: finish });
      }
      this.queue.push(...jobs);
      this.assign();
    });
  }

  dispose(): void {
    this.disposed = true;
    for (const { thread } of this.members) thread.terminate();
    this.members = [];
    this.queue = [];
  }

  private open(): Member {
    const member: Member = {
      // Neither is called before the thread is there.
      thread: this.spawn(
        (message) => this.hear(member, message),
        (reason) => this.replace(member, reason),
      ),
      job: null,
      bytes: 0,
    };
    for (const message of this.greeting()) member.thread.post(message);
    return member;
  }

  private assign(): void {
    for (const member of this.members) {
      if (member.job) continue;
      const job = this.queue.shift();
      if (!job) return;
      job.tries++;
      member.job = job;
      member.thread.post({ type: 'shard', id: job.id, shard: job.shard });
    }
  }

  private hear(member: Member, message: FromThread): void {
    const { job } = member;
    if (message.type === 'ready' || !job || job.id !== message.id) return;
    if (message.type === 'progress') {
      job.ended += message.ended;
      attempt(job.call, () => job.call.tell());
      return;
    }
    member.job = null;
    this.deaths = 0;
    if (message.type === 'done') {
      member.bytes = message.bytes;
      attempt(job.call, () => {
        if (job.shard.type === 'sample') job.ended = job.shard.rows.length;
        job.call.tell();
        job.take(message.answer);
      });
    } else fail(job.call, errorOf(message));
    this.assign();
  }

  private replace(member: Member, reason: string): void {
    const at = this.members.indexOf(member);
    if (at < 0 || this.disposed) return;
    member.thread.terminate();
    const { job } = member;
    this.deaths++;
    const error = new Error(`A thread of the engine stopped again and again: ${reason}`);
    // Where no thread lives long enough to do anything, a new one would not either.
    if (this.deaths > MOST_TRIES * this.count) {
      this.broken = error;
      for (const { call } of [...this.members.flatMap((each) => each.job ?? []), ...this.queue])
        fail(call, error);
      this.dispose();
      return;
    }
    this.members[at] = this.open();
    if (job && job.tries >= MOST_TRIES) fail(job.call, error);
    else if (job && !job.call.isOver) {
      job.ended = 0;
      this.queue.unshift(job);
    }
    this.assign();
  }
}

function fail(call: Call, error: unknown): void {
  if (!call.isOver) call.fail(error);
}

/** What a listener throws ends the call it belongs to. */
function attempt(call: Call, work: () => void): void {
  if (call.isOver) return;
  try {
    work();
  } catch (error) {
    call.fail(error);
  }
}

function errorOf({ name, message }: { name: string; message: string }): Error {
  if (name === 'DivergedError') return new DivergedError(message);
  return name === 'RangeError' ? new RangeError(message) : new Error(message);
}
