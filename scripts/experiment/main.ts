/**
 * `npm run experiment -- main --sizes nano --seeds 1,2,3`: runs a named experiment without a page and writes what is
 * shipped of it. `--help` lists the experiments and flags.
 */
import { join } from 'node:path';
import { ROOT } from '../common/build.ts';
import { UsageError } from '../common/usageError.ts';
import { assemble } from './assemble.ts';
import { type ExperimentOptions, experimentUsage, readExperimentFlags } from './flags.ts';
import { listing } from './listing.ts';
import { jobsOf, scopesOf } from './plan.ts';
import { readShipped, ship } from './publish.ts';
import { writeDocument } from './report/document.ts';
import { workHere, workSideBySide } from './work.ts';

try {
  const options = readExperimentFlags(process.argv.slice(2));
  if (options.help) console.log(experimentUsage());
  else await runExperiments(options);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  console.error(`${error instanceof UsageError ? '' : 'The experiment failed: '}${message}`);
  process.exitCode = 1;
}

async function runExperiments(options: ExperimentOptions): Promise<void> {
  const root = options.publish ?? (options.scale === 'ci' ? join(options.out, 'published') : ROOT);
  if (options.reportOnly) {
    writeDocument(root);
    return;
  }
  const { jobs, total } = jobsOf(options);
  console.error(listing(jobs, total, options));
  if (options.dryRun) return;
  // At CI scale a process costs more than its work.
  if (options.scale === 'ci') await workHere(jobs);
  else await workSideBySide(jobs, options.jobs);
  for (const scope of scopesOf(options)) {
    const { name } = scope.experiment;
    const result = assemble(scope, options, readShipped(root, name, scope.level));
    if (result) ship(root, result);
  }
  writeDocument(root);
}
