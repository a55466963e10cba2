/** What is still to be run, and about how long it takes. */
import type { Size } from '../../src/experiments/definitions.ts';
import { duration } from '../common/terminal.ts';
import type { Job } from './job.ts';
import type { ExperimentOptions } from './options.ts';
import { type FinishedRun, finishedRuns, outdatedSentence } from './store.ts';
import { workOf } from './work.ts';

/** Seconds of a step on one core of a server, where no finished run says better. */
const STEP_SECONDS: Readonly<Record<Size, number>> = {
  pico: 0.5,
  nano: 5,
  small: 25,
  medium: 40,
  large: 150,
};

export function listing(
  jobs: readonly Job[],
  total: number,
  { out, jobs: processes }: Pick<ExperimentOptions, 'out' | 'jobs'>,
): string {
  const past = finishedRuns(out);
  // Each to the process that is free first.
  const busy = new Array<number>(Math.max(1, processes)).fill(0);
  for (const job of jobs) {
    const first = busy.indexOf(Math.min(...busy));
    busy[first] =
      (busy[first] as number) + stepSeconds(job.config.size, past) * (workOf(job) - (job.begun ?? 0));
  }
  const lines = jobs.map(({ kind, label, config, begun }) =>
    kind === 'base'
      ? `  measure the ${label}`
      : `  ${label}: ${config.steps} steps${begun ? `, on from step ${begun}` : ''}`,
  );
  const estimate = duration(Math.max(...busy));
  const head = `${jobs.length} of ${total} jobs to do${jobs.length > 0 ? `, about ${estimate}` : ''}.`;
  return [head, ...lines, outdatedSentence(past)].filter(Boolean).join('\n');
}

/** The middle of the finished runs of this size: one that the machine was busy beside says little. */
function stepSeconds(size: Size, past: readonly FinishedRun[]): number {
  const known = past
    .filter(({ spec, steps }) => spec.config.size === size && steps > 0)
    .map(({ minutes, steps }) => (60 * minutes) / steps)
    .sort((a, b) => a - b);
  return known[known.length >> 1] ?? STEP_SECONDS[size];
}
