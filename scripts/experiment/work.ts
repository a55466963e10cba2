/** Works through jobs: in processes side by side, or one after another in this one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bar, duration, StatusLine } from '../common/terminal.ts';
import { baseOf } from './bases.ts';
import type { FromChild } from './child.ts';
import type { Job } from './job.ts';

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));

/** Work of measuring a base, in steps of a run. */
const BASE_WORK = 20;

/** How much of all work is done, with the time that is left. */
class Overview {
  private readonly line = new StatusLine();
  private readonly started = performance.now();
  private readonly shares = new Map<Job, { begun: number; now: number }>();
  private finished = 0;

  constructor(private readonly jobs: readonly Job[]) {}

  report(job: Job, share: number, doing: string): void {
    const begun = this.shares.get(job)?.begun ?? share;
    this.shares.set(job, { begun, now: share });
    this.write(`${job.label}: ${doing}`, false);
  }

  finish(job: Job): void {
    this.shares.set(job, { begun: this.shares.get(job)?.begun ?? 0, now: 1 });
    this.finished++;
    this.write(`${job.label}: done`, true);
  }

  done(): void {
    this.line.done(`Finished ${this.jobs.length} jobs`);
  }

  private write(text: string, isWorthALine: boolean): void {
    const total = this.jobs.reduce((sum, job) => sum + workOf(job), 0);
    const sum = (of: 'begun' | 'now') =>
      this.jobs.reduce((all, job) => all + (this.shares.get(job)?.[of] ?? 0) * workOf(job), 0);
    const done = sum('now');
    // What was done before says nothing about the time that is left.
    const here = done - sum('begun');
    const seconds = (performance.now() - this.started) / 1000;
    const left = here > 0 ? `, ${duration((seconds * (total - done)) / here)} left` : '';
    const count = `${this.finished}/${this.jobs.length}`;
    this.line.write(`${bar(done, total)} ${count}${left} | ${text}`, isWorthALine);
  }
}

/** One after another, in this process. */
export async function workHere(jobs: readonly Job[]): Promise<void> {
  const { createNodeSandbox } = await import('../../src/sandbox/node.ts');
  const { performJob } = await import('./job.ts');
  const overview = new Overview(jobs);
  const sandbox = await createNodeSandbox();
  try {
    for (const job of jobs) {
      await performJob(job, sandbox, (share, doing) => overview.report(job, share, doing));
      overview.finish(job);
    }
  } finally {
    sandbox.close();
  }
  overview.done();
}

/**
 * In `count` processes, one a job. The first failure ends all and is thrown; what was finished stays, and runs that
 * were under way go on the next time.
 */
export async function workSideBySide(jobs: readonly Job[], count: number): Promise<void> {
  const overview = new Overview(jobs);
  const waiting = [...jobs];
  const children = new Set<ChildProcess>();
  const stop = () => {
    for (const child of children) child.kill('SIGKILL');
  };
  const interrupt = () => {
    stop();
    console.error(
      '\nInterrupted: finished runs are kept; the others go on next time from their last tenth step.',
    );
    process.exit(130);
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    await new Promise<void>((resolve, reject) => {
      const next = () => {
        while (children.size < count) {
          const index = waiting.findIndex(isReady);
          // With nobody at work, nothing else can become ready.
          const [job] = waiting.splice(index >= 0 ? index : children.size === 0 ? 0 : waiting.length, 1);
          if (!job) break;
          const child = start(job, Math.min(count, jobs.length), overview);
          children.add(child.process);
          child.finished.then(() => {
            children.delete(child.process);
            overview.finish(job);
            next();
          }, reject);
        }
        if (children.size === 0 && waiting.length === 0) resolve();
      };
      next();
    });
  } finally {
    stop();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
  overview.done();
}

/** Runs wait for the warm-up of their base, which the base's own job makes. */
function isReady({ kind, config, out }: Job): boolean {
  return kind === 'base' || existsSync(baseOf(config, out).weights);
}

function start(
  job: Job,
  beside: number,
  overview: Overview,
): { process: ChildProcess; finished: Promise<void> } {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const finished = new Promise<void>((resolve, reject) => {
    let failure = 'its process ended early, perhaps for lack of memory.';
    child.on('message', (message: FromChild) => {
      if (message.type === 'progress') overview.report(job, message.share, message.doing);
      else failure = message.message;
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${job.label}: ${failure}`));
    });
    child.send({ ...job, beside } satisfies Job);
  });
  return { process: child, finished };
}

export function workOf({ kind, config }: Job): number {
  return kind === 'base' ? BASE_WORK : config.steps;
}
