/** The files of a run's folder. */
import packageJson from '../../../package.json' with { type: 'json' };
import { generationConfig, tokenizerConfig, tokenizerJson } from '../../language/huggingFace.ts';
import { SIZES, toHuggingFaceConfig } from '../../reasoner/config.ts';
import type { StoredRun } from '../library.ts';
import type { KeptRun } from '../protocol.ts';
import { setupOf } from '../session.ts';
import { GROWING, type GrowingFile, type RunFiles, type RunHeader, TENSORS } from './layout.ts';
import { RunLines } from './lines.ts';
import { modelCard } from './modelCard.ts';

/** All files of a run that a browser keeps. */
export function runFolder({ entry, run, events }: StoredRun): RunFiles {
  const written = Object.fromEntries(GROWING.map((file) => [file, [] as string[]])) as Record<
    GrowingFile,
    string[]
  >;
  const lines = new RunLines((file, line) => written[file].push(`${JSON.stringify(line)}\n`));
  for (const event of events) lines.take(event);
  const { name, note, pretrained } = entry;
  const header: RunHeader = { name, note, ...setupOf(entry), ...(pretrained ? { pretrained } : {}) };
  const growing = Object.fromEntries(GROWING.map((file) => [file, written[file].join('')])) as RunFiles;
  return { ...restingFiles(header, lines, run), ...growing };
}

/** The files that are written when a run rests: all but those that grow. */
export function restingFiles(header: RunHeader, lines: RunLines, kept: KeptRun): RunFiles {
  const files: RunFiles = {
    'README.md': modelCard({ header, lines, step: kept.state.step, hasOwnBase: kept.base !== null }),
    'kelvin.json': kelvinJson(header, lines),
    ...(header.pretrained ? {} : modelFiles(header)),
    'state.json': `${JSON.stringify(kept.state)}\n`,
    'tasks.jsonl': lines.tasksText(),
  };
  for (const [name, file] of Object.entries(TENSORS) as [keyof typeof TENSORS, keyof RunFiles][]) {
    // A run that has not begun has no moments.
    const bytes = kept[name];
    if (bytes && bytes.length > 0) files[file] = bytes;
  }
  return files;
}

/** What transformers reads beside the weights of a run's own reasoner. */
function modelFiles({ config: { size, maxSolveTokens } }: RunHeader): RunFiles {
  return {
    'config.json': pretty(toHuggingFaceConfig(SIZES[size])),
    'generation_config.json': pretty(generationConfig(maxSolveTokens)),
    'tokenizer.json': pretty(tokenizerJson()),
    'tokenizer_config.json': pretty(tokenizerConfig(SIZES[size].contextLength)),
  };
}

/** `kelvin.json`: what ran, and on what. */
export function kelvinJson(header: RunHeader, { engine, base }: Pick<RunLines, 'engine' | 'base'>): string {
  return pretty({ version: packageJson.version, ...header, base, engine });
}

/** Name of a zip of a run: what ran, and how far. */
export function zipName({ preset, config }: Pick<RunHeader, 'preset' | 'config'>, step: number): string {
  return `kelvin-${preset}-seed${config.seed}-step${step}.zip`;
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
