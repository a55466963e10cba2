/** `docs/results.md`, made of what is shipped. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXPERIMENTS } from '../../../src/experiments/definitions.ts';
import type { ExperimentResult } from '../../../src/experiments/results.ts';
import { readAllShipped } from '../publish.ts';
import { writeAtomically } from '../store.ts';
import { basesSection, type Card, readCards } from './bases.ts';
import { plotFile, plotOf } from './plots.ts';
import { type Remarks, readRemarks } from './remarks.ts';
import { experimentSection } from './sections.ts';
import { targetTable } from './targets.ts';

const DOCUMENT = 'docs/results.md';
const REMARKS = 'docs/results.remarks.md';
const PLOTS = 'docs/experiments';

/** Sections that remarks can be made on; the last ones consist of remarks alone. */
const SECTIONS = [
  'introduction',
  'bases',
  'targets',
  ...EXPERIMENTS.map(({ name }) => name),
  'demo',
  'tests',
];

const NOTE =
  '<!-- Made by `npm run experiment -- report` from public/experiments, public/bases and docs/results.remarks.md: change those. -->';

export interface Material {
  results: readonly ExperimentResult[];
  cards: readonly Card[];
  remarks: Remarks;
}

/** The whole document. */
export function documentOf({ results, cards, remarks }: Material): string {
  const section = (heading: string, name: string, ...parts: string[]) => {
    const whole = [...parts, remarks.get(name) ?? ''].filter(Boolean);
    return whole.length > 0 ? [`## ${heading}`, ...whole].join('\n\n') : '';
  };
  const sections = [
    ['# Results', NOTE, remarks.get('introduction') ?? ''].filter(Boolean).join('\n\n'),
    section('The shipped bases', 'bases', cards.length > 0 ? basesSection(cards) : ''),
    section('Targets', 'targets', 'Held-out tasks, `small`, level 1 of the language:', targetTable(results)),
    ...EXPERIMENTS.map(({ name, title, question }) => {
      const measured = results.filter((result) => result.name === name).flatMap(resultParts);
      const absent = [question, `Not measured yet: \`npm run experiment -- ${name}\`.`];
      return section(title, name, ...(measured.length > 0 ? measured : absent));
    }),
    section('The demo', 'demo'),
    section('The tests', 'tests'),
  ];
  return `${sections.filter(Boolean).join('\n\n')}\n`;
}

/** Reads what is shipped below `root`. */
export function readMaterial(root: string): Material {
  const path = join(root, REMARKS);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return { results: readAllShipped(root), cards: readCards(root), remarks: readRemarks(text, SECTIONS) };
}

/** Writes the document and its plots below `root`. */
export function writeDocument(root: string): void {
  const material = readMaterial(root);
  for (const result of material.results) {
    writeAtomically(join(root, PLOTS, plotFile(result)), plotOf(result));
  }
  writeAtomically(join(root, DOCUMENT), documentOf(material));
}

function resultParts(result: ExperimentResult): string[] {
  const heading = result.budget.level === 1 ? [] : [`### At level ${result.budget.level} of the language`];
  return [
    ...heading,
    experimentSection(result),
    `![Curves of the experiment ${result.name}](experiments/${plotFile(result)})`,
  ];
}
