/** What is still to be run, and about how long it takes. */
import type { Size } from '../../src/experiments/definitions.ts';
import { duration } from '../common/terminal.ts';
import type { Job } from './job.ts';
import type { ExperimentOptions } from './options.ts';
import { finishedRuns, outdatedSentence } from './store.ts';
import { workOf } from './work.ts';

/** Seconds of a step on one core of a server, where no finished run says better. */
const STEP_SECONDS: Readonly<Record<Size, number>> = {
  pico: 0.5,
  nano: 5,
  small: 15,
  medium: 40,
  large: 150,
};

export function listing(
  jobs: readonly Job[],
  total: number,
  { out, jobs: processes }: Pick<ExperimentOptions, 'out' | 'jobs'>,
): string {
  const past = finishedRuns(out);
  const seconds = jobs.reduce((sum, job) => {
    const known = past.filter(({ spec, steps }) => spec.config.size === job.config.size && steps > 0);
    const perStep =
      known.length > 0
        ? (60 * known.reduce((all, { minutes, steps }) => all + minutes / steps, 0)) / known.length
        : STEP_SECONDS[job.config.size];
    return sum + perStep * workOf(job);
  }, 0);
  const lines = jobs.map(({ kind, label, config }) =>
    kind === 'base' ? `  measure the ${label}` : `  ${label}: ${config.steps} steps`,
  );
  const estimate = duration(seconds / Math.max(1, Math.min(processes, jobs.length)));
  const head = `${jobs.length} of ${total} jobs to do${jobs.length > 0 ? `, about ${estimate}` : ''}.`;
  return [head, ...lines, outdatedSentence(past)].filter(Boolean).join('\n');
}
