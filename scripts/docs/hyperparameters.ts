/** `docs/hyperparameters.md`, made of the one table of hyper-parameters. */
import { HYPERPARAMETERS, type Hyperparameter } from '../../src/config/hyperparameters.ts';
import { table } from '../common/markdown.ts';

export const HYPERPARAMETERS_DOCUMENT = 'docs/hyperparameters.md';

const INTRODUCTION = [
  '# Hyper-parameters',
  '<!-- Made by `npm run docs` from src/config/table: change that. -->',
  [
    'Every switch and number of a run, with the value of the AZR paper or its official code where there is one.',
    'A name is a key of the page’s URL (`?learning-rate=0.0005`) and, with `--` before it, a flag of `npm run lab`.',
    'Presets change some of the defaults (`src/config/presets.ts`).',
  ].join(' '),
];

/** The whole page. */
export function hyperparametersPage(): string {
  const groups = [...new Set(HYPERPARAMETERS.map(({ group }) => group))];
  const sections = groups.map((group) => {
    const rows = HYPERPARAMETERS.filter((entry) => entry.group === group).map((entry) => [
      entry.label,
      `\`${entry.urlKey}\``,
      shown(entry.default),
      [rangeOf(entry), entry.unit].filter(Boolean).join(' '),
      entry.paperValue === null ? 'none' : shown(entry.paperValue),
      entry.reason,
    ]);
    const head = ['', 'name', 'default', 'values', 'paper', 'what it does, or why'];
    return `## ${group}\n\n${table(
      head,
      rows.map((row) => row.map(escaped)),
    )}`;
  });
  return `${[...INTRODUCTION, ...sections].join('\n\n')}\n`;
}

function rangeOf(entry: Hyperparameter): string {
  switch (entry.kind) {
    case 'boolean':
      return 'on, off';
    case 'choice':
      return entry.choices.join(', ');
    case 'integer':
    case 'number':
      return `${entry.min} … ${entry.max}`;
  }
}

function shown(value: string | number | boolean): string {
  if (value === '') return 'none';
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}

/** A bar would end the cell. */
function escaped(cell: string): string {
  return cell.replaceAll('|', '\\|');
}
