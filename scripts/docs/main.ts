/** `npm run docs`: writes the pages of docs/ that are made of the code and of shipped results. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { METRICS } from '../../src/watch/metrics/table.ts';
import { ROOT } from '../common/build.ts';
import { runCommand } from '../common/command.ts';
import { readCommandLine } from '../common/commandLine.ts';
import { writeDocuments } from '../experiment/report/document.ts';
import { HYPERPARAMETERS_DOCUMENT, hyperparametersPage } from './hyperparameters.ts';
import { METRICS_DOCUMENT, metricsPage } from './metrics.ts';

await runCommand('The documents were not written', () => {
  readCommandLine(process.argv.slice(2), {
    usage: 'npm run docs',
    about: `Writes the pages of docs/ that are made of the code and of shipped results: ${HYPERPARAMETERS_DOCUMENT},
the tables of ${METRICS_DOCUMENT}, docs/results.md and docs/experiments.`,
    flags: {},
  });
  writeFileSync(join(ROOT, HYPERPARAMETERS_DOCUMENT), hyperparametersPage());
  const metrics = join(ROOT, METRICS_DOCUMENT);
  writeFileSync(metrics, metricsPage(readFileSync(metrics, 'utf8'), METRICS));
  writeDocuments(ROOT);
});
