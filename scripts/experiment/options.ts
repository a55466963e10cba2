/** The command line of `npm run experiment`. */

import { availableParallelism } from 'node:os';
import {
  EXPERIMENTS,
  type Experiment,
  experimentNamed,
  type Size,
} from '../../src/experiments/definitions.ts';
import type { LevelId } from '../../src/language/level.ts';
import { SIZES } from '../../src/reasoner/config.ts';
import { type CommandLine, readCommandLine } from '../common/commandLine.ts';
import { choice, list, readChoice, readWhole, text, toggle, whole } from '../common/flag.ts';
import { level } from '../common/levelFlag.ts';
import { UsageError } from '../common/usageError.ts';

const DEVICES = ['wasm', 'webgpu'] as const;
const SCALES = ['full', 'ci'] as const;

export interface ExperimentOptions {
  /** Only writes the documents anew from the shipped results. */
  reportOnly: boolean;
  experiments: readonly Experiment[];
  /** Null: those of the experiment. */
  sizes: readonly Size[] | null;
  seeds: readonly number[] | null;
  arms: readonly string[] | null;
  steps: number | null;
  level: LevelId;
  /** Held-out tasks by kind and tier of the measurements before and after. */
  tasks: number | null;
  device: (typeof DEVICES)[number];
  /** Processes side by side. */
  jobs: number;
  /** Folder of the runs. */
  out: string;
  /** Folder that gets `public/experiments` and `docs`; null: the repository, or below `out` at CI scale. */
  publish: string | null;
  scale: (typeof SCALES)[number];
  dryRun: boolean;
}

const FLAGS = {
  sizes: list('nano,small', 'of the reasoner; those of the experiment when not given', (item) =>
    readChoice(item, Object.keys(SIZES) as Size[]),
  ),
  seeds: list('1,2,3', 'those of the experiment when not given', (item) => readWhole(item, [0, 4294967295])),
  arms: list('full,no-references', 'only these arms; all when not given', (item) => item),
  steps: whole([1, 10_000], 'of every run'),
  level: level('of the language'),
  tasks: whole([1, 10_000], 'held-out tasks by kind and tier of the final measurements; 200 when not given'),
  device: choice(DEVICES, 'wasm, or webgpu: Dawn by the package “webgpu”; needs a graphics card', 'wasm'),
  jobs: whole([1, 256], 'processes side by side, here one for each core', availableParallelism()),
  out: text('FOLDER', 'of the runs', 'runs/experiments'),
  publish: text('FOLDER', 'gets public/experiments and docs; the repository when not given'),
  scale: choice(
    SCALES,
    'ci: pico, a few steps, tiny suites; shows that it runs, published below --out',
    'full',
  ),
  'dry-run': toggle('lists the runs and estimates their time'),
};

const LINE: CommandLine<typeof FLAGS> = {
  usage: 'npm run experiment -- NAME|all|report [flags]',
  about: [
    'Runs a named experiment without a page and writes its runs, public/experiments/NAME.json, the pages and',
    'plots in docs/experiments and docs/results.md. A finished run is never repeated, whichever experiment asks for',
    'it; an interrupted one goes on. “report” only writes the documents anew from the shipped results.',
    '',
    'Experiments:',
    ...EXPERIMENTS.map(({ name, question }) => `  ${name.padEnd(12)}${question}`),
  ].join('\n'),
  flags: FLAGS,
  takesNames: true,
};

/** Throws a `UsageError` in one plain line on anything it does not know, and `HelpAsked` on `--help`. */
export function readExperimentOptions(args: readonly string[]): ExperimentOptions {
  const { values, names } = readCommandLine(args, LINE);
  const { 'dry-run': dryRun, ...others } = values;
  const reportOnly = names.length === 1 && names[0] === 'report';
  const experiments = reportOnly ? [] : named(names);
  const known = [...new Set(experiments.flatMap(({ arms }) => arms.map(({ name }) => name)))];
  for (const arm of values.arms ?? []) {
    if (!known.includes(arm)) {
      throw new UsageError(`There is no arm “${arm}”; there are ${known.join(', ')}.`);
    }
  }
  return { ...others, dryRun, reportOnly, experiments };
}

function named(names: readonly string[]): readonly Experiment[] {
  const known = EXPERIMENTS.map(({ name }) => name).join(', ');
  if (names.length === 0) throw new UsageError(`Name an experiment: ${known}, or all.`);
  if (names.length === 1 && names[0] === 'all') return EXPERIMENTS;
  return names.map((name) => {
    const experiment = experimentNamed(name);
    if (!experiment) throw new UsageError(`There is no experiment “${name}”; there are ${known}, and all.`);
    return experiment;
  });
}
