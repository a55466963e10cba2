/** The command line of `npm run experiment`. */
import { availableParallelism } from 'node:os';
import {
  EXPERIMENTS,
  type Experiment,
  experimentNamed,
  type Size,
} from '../../src/experiments/definitions.ts';
import { SIZES } from '../../src/reasoner/config.ts';
import { UsageError } from '../common/usageError.ts';

const DEVICES = ['wasm', 'webgpu'] as const;
const SCALES = ['full', 'ci'] as const;

export interface ExperimentOptions {
  help: boolean;
  /** Only writes the document anew from the shipped results. */
  reportOnly: boolean;
  experiments: readonly Experiment[];
  /** Null: those of the experiment. */
  sizes: readonly Size[] | null;
  seeds: readonly number[] | null;
  arms: readonly string[] | null;
  steps: number | null;
  level: 1 | 2;
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

const VALUE_FLAGS = [
  'sizes',
  'seeds',
  'arms',
  'steps',
  'level',
  'tasks',
  'device',
  'jobs',
  'out',
  'publish',
  'scale',
] as const;
type ValueFlag = (typeof VALUE_FLAGS)[number];
const SWITCHES = ['help', 'dry-run'];

/** Reads `NAME --flag value …`. Throws a {@link UsageError} in one plain line on anything it does not know. */
export function readExperimentFlags(args: readonly string[]): ExperimentOptions {
  const { names, values, switches } = split(args);
  const level = wholeNumber(values, 'level', 1, 2) ?? 1;
  const reportOnly = names.length === 1 && names[0] === 'report';
  const options: ExperimentOptions = {
    help: switches.has('help'),
    reportOnly,
    experiments: reportOnly || switches.has('help') ? [] : named(names),
    sizes: list(values, 'sizes')?.map(sizeNamed) ?? null,
    seeds: list(values, 'seeds')?.map((text) => whole('seeds', text, 0, 4294967295)) ?? null,
    arms: list(values, 'arms'),
    steps: wholeNumber(values, 'steps', 1, 10000),
    level: level === 2 ? 2 : 1,
    tasks: wholeNumber(values, 'tasks', 1, 10000),
    device: oneOf(values, 'device', DEVICES),
    jobs: wholeNumber(values, 'jobs', 1, 256) ?? availableParallelism(),
    out: values.get('out') ?? 'runs/experiments',
    publish: values.get('publish') ?? null,
    scale: oneOf(values, 'scale', SCALES),
    dryRun: switches.has('dry-run'),
  };
  for (const arm of options.arms ?? []) {
    const known = [...new Set(options.experiments.flatMap(({ arms }) => arms.map(({ name }) => name)))];
    if (!known.includes(arm))
      throw new UsageError(`There is no arm “${arm}”; there are ${known.join(', ')}.`);
  }
  return options;
}

/** What `--help` prints. */
export function experimentUsage(): string {
  return [
    'npm run experiment -- NAME|all|report [flags]',
    '',
    'Runs a named experiment without a page and writes its runs, public/experiments/NAME.json, the plots in',
    'docs/experiments and docs/results.md. A finished run is never repeated, whichever experiment asks for it; an',
    'interrupted one starts over. “report” only writes the document anew from the shipped results.',
    '',
    'Experiments:',
    ...EXPERIMENTS.map(({ name, question }) => `  ${name.padEnd(12)}${question}`),
    '',
    'Flags:',
    '  --sizes nano,small   of the reasoner; those of the experiment when not given',
    '  --seeds 1,2,3        those of the experiment when not given',
    '  --arms full,no-kl    only these arms; all when not given',
    '  --steps N            of every run',
    '  --level 1|2          of the language, default 1',
    '  --tasks N            held-out tasks by kind and tier of the final measurements, default 200',
    '  --device wasm|webgpu default wasm; webgpu is Dawn through the npm package “webgpu” and needs a graphics card',
    '  --jobs N             processes side by side, default one for each core',
    '  --out FOLDER         of the runs, default runs/experiments',
    '  --publish FOLDER     gets public/experiments and docs, default the repository',
    '  --scale ci           pico, a few steps, tiny suites: shows that it runs, published below --out',
    '  --dry-run            lists the runs and estimates their time',
  ].join('\n');
}

function split(args: readonly string[]) {
  const names: string[] = [];
  const values = new Map<ValueFlag, string>();
  const switches = new Set<string>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    const [, flag, inline] = /^--([^=]*)(?:=(.*))?$/s.exec(arg) ?? [];
    if (flag === undefined) names.push(arg);
    else if (SWITCHES.includes(flag)) switches.add(flag);
    else {
      const known = VALUE_FLAGS.find((name) => name === flag);
      if (!known) throw new UsageError(`There is no flag --${flag}; --help lists them.`);
      if (values.has(known)) throw new UsageError(`--${flag} is given twice.`);
      const value = inline ?? args[++i];
      if (value === undefined) throw new UsageError(`--${flag} needs a value.`);
      values.set(known, value);
    }
  }
  return { names, values, switches };
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

function list(values: ReadonlyMap<ValueFlag, string>, flag: ValueFlag): string[] | null {
  const text = values.get(flag);
  if (text === undefined) return null;
  const items = text.split(',').filter(Boolean);
  if (items.length === 0) throw new UsageError(`--${flag} needs at least one value.`);
  return [...new Set(items)];
}

function sizeNamed(text: string): Size {
  const sizes = Object.keys(SIZES) as Size[];
  const size = sizes.find((name) => name === text);
  if (!size) throw new UsageError(`There is no size “${text}”; there are ${sizes.join(', ')}.`);
  return size;
}

function wholeNumber(
  values: ReadonlyMap<ValueFlag, string>,
  flag: ValueFlag,
  min: number,
  max: number,
): number | null {
  const text = values.get(flag);
  return text === undefined ? null : whole(flag, text, min, max);
}

function whole(flag: ValueFlag, text: string, min: number, max: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) {
    throw new UsageError(`--${flag} must be a whole number from ${min} to ${max}, not “${text}”.`);
  }
  return value;
}

function oneOf<T extends string>(
  values: ReadonlyMap<ValueFlag, string>,
  flag: ValueFlag,
  choices: readonly [T, ...T[]] | readonly T[],
): T {
  const text = values.get(flag);
  const choice = text === undefined ? choices[0] : choices.find((known) => known === text);
  if (!choice) throw new UsageError(`--${flag} must be one of ${choices.join(', ')}, not “${text}”.`);
  return choice;
}
