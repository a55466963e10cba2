/** The command line of `npm run lab`, made from the table of hyper-parameters. */
import {
  type Config,
  changedKeys,
  HYPERPARAMETERS,
  type Hyperparameter,
  validateConfig,
} from '../../src/config/hyperparameters.ts';
import {
  DEFAULT_PRESET,
  isPresetName,
  PRESET_NAMES,
  type PresetName,
  presetConfig,
} from '../../src/config/presets.ts';
import { UsageError } from '../common/usageError.ts';

const DEVICES = ['auto', 'webgpu', 'wasm', 'cpu'] as const;
type LabDevice = (typeof DEVICES)[number];

export interface LabOptions {
  preset: PresetName;
  config: Config;
  device: LabDevice;
  /** Folder of the results. */
  out: string;
  /** File of Python functions to begin from, instead of the built-in one. */
  program: string | null;
  help: boolean;
}

const BY_FLAG = new Map(HYPERPARAMETERS.map((entry) => [entry.urlKey, entry]));

/**
 * Reads `--flag value` and `--flag=value`. Flags are `preset`, `out`, `device`, `program`, `help` and the URL key of
 * every hyper-parameter. Throws a {@link UsageError} on an unknown flag or a value out of range.
 */
export function readFlags(args: readonly string[]): LabOptions {
  const given = new Map<string, string>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (!arg.startsWith('--')) throw new UsageError(`“${arg}” is not a flag; flags begin with --.`);
    const [, flag, inline] = /^--([^=]*)(?:=(.*))?$/s.exec(arg) as unknown as [string, string, string?];
    if (given.has(flag)) throw new UsageError(`--${flag} is given twice.`);
    if (flag === 'help') {
      given.set(flag, 'true');
      continue;
    }
    const isKnown = BY_FLAG.has(flag) || ['preset', 'out', 'device', 'program'].includes(flag);
    if (!isKnown) throw new UsageError(`There is no flag --${flag}; --help lists them.`);
    const value = inline ?? args[++i];
    if (value === undefined) throw new UsageError(`--${flag} needs a value.`);
    given.set(flag, value);
  }
  const preset = given.get('preset') ?? DEFAULT_PRESET;
  if (!isPresetName(preset)) {
    throw new UsageError(`There is no preset “${preset}”; there are ${PRESET_NAMES.join(', ')}.`);
  }
  const device = (given.get('device') ?? 'auto') as LabDevice;
  if (!DEVICES.includes(device)) {
    throw new UsageError(`--device must be one of ${DEVICES.join(', ')}, not “${device}”.`);
  }
  const values: Record<string, string> = {};
  for (const [flag, value] of given) {
    const entry = BY_FLAG.get(flag);
    if (entry) values[entry.key] = value;
  }
  const { config, problems } = validateConfig(values, presetConfig(preset));
  if (problems[0]) throw new UsageError(withoutFallback(problems[0].message));
  return {
    preset,
    config,
    device,
    out: given.get('out') ?? `runs/${preset}`,
    program: given.get('program') ?? null,
    help: given.has('help'),
  };
}

/** What `--help` prints. */
export function usage(): string {
  const width = Math.max(...HYPERPARAMETERS.map(({ urlKey }) => urlKey.length)) + 2;
  const groups = new Map<string, Hyperparameter[]>();
  for (const entry of HYPERPARAMETERS) {
    groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  }
  const lines = [
    'npm run lab -- [--preset NAME] [--device auto|webgpu|wasm|cpu] [--out FOLDER] [--program FILE] [--hyper-parameter VALUE …]',
    '',
    'Runs the page’s own build in headless Chromium and writes config.json, metrics.jsonl, tasks.jsonl,',
    'attempts.jsonl and checkpoint.safetensors into FOLDER (runs/NAME when not given).',
    'FILE holds Python functions to begin from, one or several.',
    '',
    `Presets: ${PRESET_NAMES.join(', ')} (${DEFAULT_PRESET} when not given).`,
  ];
  for (const [group, entries] of groups) {
    lines.push('', group);
    for (const entry of entries) {
      lines.push(
        `  --${entry.urlKey.padEnd(width)}${range(entry)}, default ${entry.default === '' ? 'none' : entry.default}: ${entry.reason}`,
      );
    }
  }
  return lines.join('\n');
}

/** The configuration in a few words: the preset and what differs from it. */
export function summarise({ preset, config }: LabOptions): string {
  const changes = changedKeys(config, presetConfig(preset)).map((key) => `${key} ${config[key]}`);
  return [preset, ...changes].join(', ');
}

function range(entry: Hyperparameter): string {
  switch (entry.kind) {
    case 'boolean':
      return 'true|false';
    case 'choice':
      return entry.choices.join('|');
    case 'words':
      return '"words …"';
    case 'integer':
    case 'number':
      return `${entry.min} to ${entry.max}`;
  }
}

/** The page goes on with the default and says so; the command line stops instead. */
function withoutFallback(message: string): string {
  return message.replace(/[;.] (using|Using) .*$/, '.');
}
