/** The documents that are made of what is shipped: `docs/results.md`, and a page for each experiment. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXPERIMENTS } from '../../../src/experiments/definitions.ts';
import type { ExperimentResult } from '../../../src/experiments/results.ts';
import { readAllShipped, writeIndex } from '../publish.ts';
import { writeAtomically } from '../store.ts';
import { basesPage, type Card, readCards } from './bases.ts';
import { overviewOf } from './overview.ts';
import { pageName, pageOf, titleOf } from './page.ts';
import { plotFile, plotOf } from './plots.ts';
import { type Remarks, readRemarks } from './remarks.ts';

const OVERVIEW = 'docs/results.md';
const REMARKS = 'docs/results.remarks.md';
const PAGES = 'docs/experiments';

const NOTE =
  '<!-- Made by `npm run experiment -- report` from public/experiments, public/bases and\n     docs/results.remarks.md: change those. -->';

export interface Material {
  results: readonly ExperimentResult[];
  cards: readonly Card[];
  remarks: Remarks;
}

/** Every document by its path below the root. */
export function documentsOf({ results, cards, remarks }: Material): ReadonlyMap<string, string> {
  const page = (title: string, text: string) => `# ${title}\n\n${NOTE}\n\n${text}\n`;
  const basesDocument = (): [string, string] => [
    `${PAGES}/bases.md`,
    page('The shipped bases', basesPage(cards, remarks.get('bases'))),
  ];
  return new Map([
    [OVERVIEW, page('Results', overviewOf(results))],
    ...(cards.length > 0 ? [basesDocument()] : []),
    ...results.map((result): [string, string] => {
      const name = pageName(result);
      return [`${PAGES}/${name}.md`, page(titleOf(result), pageOf(result, results, remarks.get(name)))];
    }),
  ]);
}

/** Reads what is shipped below `root`. */
export function readMaterial(root: string): Material {
  const path = join(root, REMARKS);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const results = readAllShipped(root);
  const pages = ['bases', ...EXPERIMENTS.map(({ name }) => name), ...results.map(pageName)];
  return { results, cards: readCards(root), remarks: readRemarks(text, [...new Set(pages)]) };
}

/** Writes the documents, their pictures and the list of the shipped results below `root`. */
export function writeDocuments(root: string): void {
  const material = readMaterial(root);
  writeIndex(root);
  for (const result of material.results) {
    writeAtomically(join(root, PAGES, plotFile(result)), plotOf(result));
  }
  for (const [path, text] of documentsOf(material)) writeAtomically(join(root, path), text);
}
