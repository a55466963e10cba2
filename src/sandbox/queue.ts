/**
 * What waits for a verdict, and who is under suspicion. A request whose chunk took its worker down is tried again
 * alone, once; when it does it again its program is marked, and a marked program is refused without running.
 */
import type { Outcome, Refusal, RunRequest } from './sandbox.ts';
import { refuseAll } from './wire.ts';

/** A request on its way to its verdict. */
export interface Job {
  readonly request: RunRequest;
  /** Called exactly once, unless the queue is cleared before. */
  readonly settle: (outcomes: Outcome[]) => void;
  /** Times a worker had to be ended while it was at this job's chunk. */
  kills: number;
}

const CHUNK_REQUESTS = 16;
const CHUNK_RUNS = 128;
const REMEMBERED_KILLERS = 5_000;

export class JobQueue {
  private waiting: Job[] = [];
  /** Where the next waiting job is: taking from the front of a long list would move all of it. */
  private next = 0;
  private suspects: Job[] = [];
  private readonly killers = new Map<string, [Refusal, string]>();

  add(job: Job): void {
    if (!this.refuse(job)) this.waiting.push(job);
  }

  /**
   * The next chunk: a suspect alone, or waiting jobs, never more than an equal share for each of `takers`. Empty
   * when nothing waits. Jobs of programs that were marked since they came are settled on the way.
   */
  take(takers: number): Job[] {
    for (let suspect = this.suspects.shift(); suspect; suspect = this.suspects.shift()) {
      if (!this.refuse(suspect)) return [suspect];
    }
    const share = Math.ceil((this.waiting.length - this.next) / takers);
    const most = Math.min(CHUNK_REQUESTS, share);
    const jobs: Job[] = [];
    let runs = 0;
    while (jobs.length < most && runs < CHUNK_RUNS && this.next < this.waiting.length) {
      const job = this.waiting[this.next++] as Job;
      if (this.refuse(job)) continue;
      runs += job.request.inputs.length * job.request.runs;
      jobs.push(job);
    }
    this.compact();
    return jobs;
  }

  /** Takes back jobs that no worker has begun. Suspects stay suspects, lest an innocent one meets a second killer. */
  putBack(jobs: readonly Job[]): void {
    this.suspects.unshift(...jobs.filter(({ kills }) => kills > 0));
    this.waiting.splice(0, this.next, ...jobs.filter(({ kills }) => kills === 0));
    this.next = 0;
  }

  /** The worker had to be ended while it was at these jobs, for this reason. */
  blame(jobs: readonly Job[], refusal: Refusal, detail: string): void {
    for (const job of jobs) {
      job.kills++;
      if (job.kills < 2) this.suspects.push(job);
      else {
        this.mark(job.request.program, refusal, detail);
        job.settle(refuseAll(job.request, refusal, detail));
      }
    }
  }

  /** Forgets what waits, without a verdict. */
  clear(): void {
    this.waiting = [];
    this.next = 0;
    this.suspects = [];
  }

  private mark(program: string, refusal: Refusal, detail: string): void {
    if (this.killers.size >= REMEMBERED_KILLERS) {
      this.killers.delete(this.killers.keys().next().value as string);
    }
    this.killers.set(program, [refusal, detail]);
  }

  /** Settles the job when its program is marked. */
  private refuse({ request, settle }: Job): boolean {
    const killer = this.killers.get(request.program);
    if (killer) settle(refuseAll(request, ...killer));
    return killer !== undefined;
  }

  private compact(): void {
    if (this.next < 1024 || this.next * 2 < this.waiting.length) return;
    this.waiting.splice(0, this.next);
    this.next = 0;
  }
}
