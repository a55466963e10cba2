/** The command line of `npm run lab`. */
import { type Config, changedKeys } from '../../src/config/hyperparameters.ts';
import { DEFAULT_PRESET, isPresetName, PRESET_NAMES, presetConfig } from '../../src/config/presets.ts';
import { RETIRED } from '../../src/config/retired.ts';
import type { FolderRun } from '../../src/run/folder/read.ts';
import { type CommandLine, readCommandLine } from '../common/commandLine.ts';
import { choice, text, whole } from '../common/flag.ts';
import { configWith, HYPERPARAMETER_GROUPS } from '../common/hyperparameterFlags.ts';
import { readKept } from '../common/keeping.ts';
import { UsageError } from '../common/usageError.ts';

const DEVICES = ['auto', 'webgpu', 'wasm', 'cpu'] as const;

export interface LabOptions {
  preset: string;
  config: Config;
  device: (typeof DEVICES)[number];
  /** Folder of the results. */
  out: string;
  /** File of Python functions to begin from, instead of the built-in one. */
  program: string | null;
  /** File of a recording that the page plays; null for none. */
  record: string | null;
  /** The step after which it stops, to be gone on with. */
  stopAfter: number | null;
  /** Given switches that are gone. */
  retired: string[];
  /** A run to go on with. */
  resumed: FolderRun | null;
}

const FLAGS = {
  preset: text('NAME', `of hyper-parameters: ${PRESET_NAMES.join(', ')}`, DEFAULT_PRESET),
  device: choice(DEVICES, `that computes: ${DEVICES.join(', ')}`, 'auto'),
  out: text('FOLDER', 'gets the results; runs/NAME of the preset when not given'),
  program: text('FILE', 'Python functions to begin from, one or several'),
  record: text(
    'FILE',
    'gets a recording too, which the page plays without a graphics card and without Python',
  ),
  'stop-after': whole([1, 10_000], 'steps: there it stops, and --resume goes on'),
  resume: text(
    'FOLDER',
    'of a run to go on with, exactly; with it, only --steps, --stop-after, --record and --device',
  ),
};

const LINE: CommandLine<typeof FLAGS> = {
  usage: 'npm run lab -- [flags] [--hyper-parameter VALUE …]',
  about: [
    'Runs the page’s own build in headless Chromium and writes what it does and learns into a folder that the page',
    'can go on with, too (docs/metrics.md).',
  ].join('\n'),
  flags: FLAGS,
  groups: HYPERPARAMETER_GROUPS,
  retired: Object.keys(RETIRED),
};

/** Throws a `UsageError` on an unknown flag or a value out of range, and `HelpAsked` on `--help`. */
export function readLabOptions(args: readonly string[]): LabOptions {
  const { values, texts, retired } = readCommandLine(args, LINE);
  const { preset, device, out, program, record, resume, 'stop-after': stopAfter } = values;
  if (resume !== null) return resumeOptions(resume, { device, record, stopAfter, texts });
  if (!isPresetName(preset)) {
    throw new UsageError(`There is no preset “${preset}”; there are ${PRESET_NAMES.join(', ')}.`);
  }
  const config = configWith(texts, presetConfig(preset));
  const folder = out ?? `runs/${preset}`;
  return { preset, config, device, out: folder, program, record, stopAfter, retired, resumed: null };
}

/** A run goes on as it began: of all hyper-parameters only the number of its steps may be another. */
function resumeOptions(
  folder: string,
  {
    device,
    record,
    stopAfter,
    texts,
  }: Pick<LabOptions, 'device' | 'record' | 'stopAfter'> & { texts: Record<string, string> },
): LabOptions {
  const other = Object.keys(texts).find((key) => key !== 'steps');
  if (other !== undefined)
    throw new UsageError(`--${other} cannot be changed in a run that is gone on with.`);
  const resumed = readKept(folder);
  const config = configWith(texts, resumed.header.config);
  const { step } = resumed.run.state;
  if (step >= config.steps) {
    throw new UsageError(`The run in ${folder} has taken all its ${step} steps; --steps asks for more.`);
  }
  const { preset } = resumed.header;
  return { preset, config, device, out: folder, program: null, record, stopAfter, retired: [], resumed };
}

/** The configuration in a few words: the preset and what differs from it. */
export function summarise({ preset, config, resumed }: LabOptions): string {
  if (resumed) return `${preset}, on from step ${resumed.run.state.step}`;
  if (!isPresetName(preset)) return preset;
  const changes = changedKeys(config, presetConfig(preset)).map((key) => `${key} ${config[key]}`);
  return [preset, ...changes].join(', ');
}
