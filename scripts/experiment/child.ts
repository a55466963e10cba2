/** A process that does one job, told by its parent, and tells how far it is. */
import { UsageError } from '../common/usageError.ts';
import type { Job } from './job.ts';

export type FromChild =
  | { type: 'progress'; share: number; doing: string }
  | { type: 'failed'; message: string };

process.once('message', (job: Job) => {
  void work(job).then(
    () => process.disconnect(),
    (error: unknown) => {
      process.send?.({ type: 'failed', message: explain(error) } satisfies FromChild, () => process.exit(1));
    },
  );
});
// Without its parent nobody would hear of the work.
process.once('disconnect', () => process.exit());

/** What the user can mend in one sentence, everything else with its whole trace. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof UsageError ? error.message : (error.stack ?? error.message);
}

async function work(job: Job): Promise<void> {
  if (job.device === 'webgpu') await import('../common/dawn.ts');
  const { createNodeSandbox } = await import('../../src/sandbox/node.ts');
  const { performJob } = await import('./job.ts');
  const sandbox = await createNodeSandbox({ workers: job.config.sandboxWorkers });
  try {
    await performJob(job, sandbox, (share, doing) =>
      process.send?.({ type: 'progress', share, doing } satisfies FromChild),
    );
  } finally {
    sandbox.close();
  }
}
