/** The command line of `npm run lab`. */
import { type Config, changedKeys } from '../../src/config/hyperparameters.ts';
import {
  DEFAULT_PRESET,
  isPresetName,
  PRESET_NAMES,
  type PresetName,
  presetConfig,
} from '../../src/config/presets.ts';
import { RETIRED } from '../../src/config/retired.ts';
import { type CommandLine, readCommandLine } from '../common/commandLine.ts';
import { choice, text } from '../common/flag.ts';
import { configWith, HYPERPARAMETER_GROUPS } from '../common/hyperparameterFlags.ts';
import { UsageError } from '../common/usageError.ts';

const DEVICES = ['auto', 'webgpu', 'wasm', 'cpu'] as const;

export interface LabOptions {
  preset: PresetName;
  config: Config;
  device: (typeof DEVICES)[number];
  /** Folder of the results. */
  out: string;
  /** File of Python functions to begin from, instead of the built-in one. */
  program: string | null;
  /** Given switches that are gone. */
  retired: string[];
}

const FLAGS = {
  preset: text('NAME', `of hyper-parameters: ${PRESET_NAMES.join(', ')}`, DEFAULT_PRESET),
  device: choice(DEVICES, `that computes: ${DEVICES.join(', ')}`, 'auto'),
  out: text('FOLDER', 'gets the results; runs/NAME of the preset when not given'),
  program: text('FILE', 'Python functions to begin from, one or several'),
};

const LINE: CommandLine<typeof FLAGS> = {
  usage: 'npm run lab -- [flags] [--hyper-parameter VALUE …]',
  about: [
    'Runs the page’s own build in headless Chromium and writes config.json, metrics.jsonl, tasks.jsonl,',
    'attempts.jsonl and checkpoint.safetensors into a folder.',
  ].join('\n'),
  flags: FLAGS,
  groups: HYPERPARAMETER_GROUPS,
  retired: Object.keys(RETIRED),
};

/** Throws a `UsageError` on an unknown flag or a value out of range, and `HelpAsked` on `--help`. */
export function readLabOptions(args: readonly string[]): LabOptions {
  const { values, texts, retired } = readCommandLine(args, LINE);
  const { preset, device, out, program } = values;
  if (!isPresetName(preset)) {
    throw new UsageError(`There is no preset “${preset}”; there are ${PRESET_NAMES.join(', ')}.`);
  }
  const config = configWith(texts, presetConfig(preset));
  return { preset, config, device, out: out ?? `runs/${preset}`, program, retired };
}

/** The configuration in a few words: the preset and what differs from it. */
export function summarise({ preset, config }: LabOptions): string {
  const changes = changedKeys(config, presetConfig(preset)).map((key) => `${key} ${config[key]}`);
  return [preset, ...changes].join(', ');
}
