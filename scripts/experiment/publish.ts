/** Writes what is shipped: the results as data, and the list of them. */

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { answerOf } from '../../src/experiments/answers.ts';
import { EXPERIMENTS } from '../../src/experiments/definitions.ts';
import { type ExperimentIndex, type ExperimentResult, resultFile } from '../../src/experiments/results.ts';
import { writeAtomically } from './store.ts';

const FOLDER = 'public/experiments';
const INDEX = 'index.json';

/** All shipped results, in the order of the definitions, level by level. */
export function readAllShipped(root: string): ExperimentResult[] {
  const folder = join(root, FOLDER);
  if (!existsSync(folder)) return [];
  const results = readdirSync(folder)
    .filter((name) => name.endsWith('.json') && name !== INDEX)
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as ExperimentResult);
  const place = ({ name, budget }: ExperimentResult) =>
    100 * budget.level + EXPERIMENTS.findIndex((experiment) => experiment.name === name);
  return results.sort((a, b) => place(a) - place(b));
}

/** Writes an experiment's results. */
export function ship(root: string, result: ExperimentResult): void {
  const file = resultFile(result.name, result.budget.level);
  writeAtomically(join(root, FOLDER, file), `${JSON.stringify(result)}\n`);
}

/** Writes the list of what is shipped, with the answers, anew. */
export function writeIndex(root: string): void {
  writeAtomically(join(root, FOLDER, INDEX), `${JSON.stringify(indexOf(root), null, 2)}\n`);
}

/** The list of what is shipped below `root`. */
export function indexOf(root: string): ExperimentIndex {
  const results = readAllShipped(root);
  return {
    experiments: results.map((result) => {
      const { name, created, budget } = result;
      const file = resultFile(name, budget.level);
      const bytes = statSync(join(root, FOLDER, file)).size;
      return { name, level: budget.level, file, created, bytes, answer: answerOf(result) };
    }),
  };
}
