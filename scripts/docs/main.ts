/** `npm run docs`: writes the pages of docs/ that are made of the code. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../common/build.ts';
import { HYPERPARAMETERS_DOCUMENT, hyperparametersPage } from './hyperparameters.ts';

writeFileSync(join(ROOT, HYPERPARAMETERS_DOCUMENT), hyperparametersPage());
console.log(`Wrote ${HYPERPARAMETERS_DOCUMENT}`);
