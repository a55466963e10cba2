/** `npm run docs`: writes the pages of docs/ that are made of the code and of shipped results. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../common/build.ts';
import { runCommand } from '../common/command.ts';
import { readCommandLine } from '../common/commandLine.ts';
import { writeDocuments } from '../experiment/report/document.ts';
import { HYPERPARAMETERS_DOCUMENT, hyperparametersPage } from './hyperparameters.ts';

await runCommand('The documents were not written', () => {
  readCommandLine(process.argv.slice(2), {
    usage: 'npm run docs',
    about: `Writes the pages of docs/ that are made of the code and of shipped results: ${HYPERPARAMETERS_DOCUMENT},
docs/results.md and docs/experiments.`,
    flags: {},
  });
  writeFileSync(join(ROOT, HYPERPARAMETERS_DOCUMENT), hyperparametersPage());
  writeDocuments(ROOT);
});
