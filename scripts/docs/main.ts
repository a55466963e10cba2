/** `npm run docs`: writes the pages of docs/ that are made of the code. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../common/build.ts';
import { runCommand } from '../common/command.ts';
import { readCommandLine } from '../common/commandLine.ts';
import { HYPERPARAMETERS_DOCUMENT, hyperparametersPage } from './hyperparameters.ts';

await runCommand('The documents were not written', () => {
  readCommandLine(process.argv.slice(2), {
    usage: 'npm run docs',
    about: `Writes the pages of docs/ that are made of the code: ${HYPERPARAMETERS_DOCUMENT}.`,
    flags: {},
  });
  writeFileSync(join(ROOT, HYPERPARAMETERS_DOCUMENT), hyperparametersPage());
  console.log(`Wrote ${HYPERPARAMETERS_DOCUMENT}`);
});
