/** Writes what is shipped: the results as data, and the list of them. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EXPERIMENTS } from '../../src/experiments/definitions.ts';
import { type ExperimentIndex, type ExperimentResult, resultFile } from '../../src/experiments/results.ts';
import { writeAtomically } from './store.ts';

const FOLDER = 'public/experiments';
const INDEX = 'index.json';

/** What is shipped of an experiment below `root`, or null. */
export function readShipped(root: string, name: string, level = 1): ExperimentResult | null {
  const path = join(root, FOLDER, resultFile(name, level));
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ExperimentResult) : null;
}

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

/** Writes an experiment's results and the list anew. */
export function ship(root: string, result: ExperimentResult): void {
  const { name, budget } = result;
  writeAtomically(join(root, FOLDER, resultFile(name, budget.level)), `${JSON.stringify(result)}\n`);
  const index: ExperimentIndex = {
    experiments: readAllShipped(root).map(({ name, created, budget: { level } }) => {
      const file = resultFile(name, level);
      return { name, level, file, created, bytes: statSync(join(root, FOLDER, file)).size };
    }),
  };
  writeAtomically(join(root, FOLDER, INDEX), `${JSON.stringify(index, null, 2)}\n`);
}
