/**
 * `npm run experiment -- main --sizes nano --seeds 1,2,3`: runs a named experiment without a page and writes what is
 * shipped of it. `--help` lists the experiments and flags.
 */
import { join } from 'node:path';
import { ROOT } from '../common/build.ts';
import { runCommand } from '../common/command.ts';
import { assemble } from './assemble.ts';
import { listing } from './listing.ts';
import { type ExperimentOptions, readExperimentOptions } from './options.ts';
import { jobsOf, scopesOf } from './plan.ts';
import { readAllShipped, ship } from './publish.ts';
import { writeDocuments } from './report/document.ts';
import { workHere, workSideBySide } from './work.ts';

await runCommand(
  'The experiment failed',
  () => runExperiments(readExperimentOptions(process.argv.slice(2))),
  // The trace of a job's own process.
  { whole: true },
);

async function runExperiments(options: ExperimentOptions): Promise<void> {
  const root = options.publish ?? (options.scale === 'ci' ? join(options.out, 'published') : ROOT);
  if (options.reportOnly) {
    writeDocuments(root);
    return;
  }
  const { jobs, total } = jobsOf(options);
  console.error(listing(jobs, total, options));
  if (options.dryRun) return;
  // At CI scale a process costs more than its work.
  if (options.scale === 'ci') await workHere(jobs);
  else await workSideBySide(jobs, options.jobs);
  for (const scope of scopesOf(options)) {
    const result = assemble(scope, options, readAllShipped(root));
    if (result) ship(root, result);
  }
  writeDocuments(root);
}
