/** What a run is gone on with, in the files of its folder. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, validateConfig } from '../../src/config/hyperparameters.ts';
import { generationConfig, tokenizerConfig, tokenizerJson } from '../../src/language/huggingFace.ts';
import { SIZES, toHuggingFaceConfig } from '../../src/reasoner/config.ts';
import type { KeptText } from '../../src/run/keptText.ts';
import type { Event, KeptRun, SandboxReport } from '../../src/run/protocol.ts';
import { metricsOf } from '../../src/watch/metrics/files.ts';
import { UsageError } from '../common/usageError.ts';

/** Tensors of a kept run, and the files that hold them. */
const TENSORS = {
  weights: 'model.safetensors',
  optimizer: 'state.safetensors',
  base: 'base.safetensors',
} as const;

export function writeKept(
  folder: string,
  { size, maxSolveTokens }: Config,
  { state, ...tensors }: KeptText,
): void {
  for (const [name, file] of Object.entries(TENSORS)) {
    const text = tensors[name as keyof typeof TENSORS];
    if (text !== null) writeFileSync(join(folder, file), Buffer.from(text, 'base64'));
  }
  writeFileSync(join(folder, 'state.json'), `${JSON.stringify(state)}\n`);
  const files = {
    'config.json': toHuggingFaceConfig(SIZES[size]),
    'generation_config.json': generationConfig(maxSolveTokens),
    'tokenizer.json': tokenizerJson(),
    'tokenizer_config.json': tokenizerConfig(SIZES[size].contextLength),
  };
  for (const [name, value] of Object.entries(files)) {
    writeFileSync(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
  }
}

export interface ResumedRun {
  /** `kelvin.json`. */
  preset: string;
  config: Config;
  seedProgram: string | null;
  kept: KeptText;
  /** What it told of its steps. */
  events: Event[];
}

/** The run of a folder. Throws a UsageError that says which file is missing or wrong. */
export function readKept(folder: string): ResumedRun {
  const read = (file: string): string => {
    const path = join(folder, file);
    if (!existsSync(path)) {
      throw new UsageError(
        `--resume: there is no ${file} in ${folder}; it is no folder of a run that was kept.`,
      );
    }
    return readFileSync(path, file.endsWith('.safetensors') ? 'base64' : 'utf8');
  };
  const object = (file: string) => {
    try {
      return JSON.parse(read(file)) as Record<string, unknown>;
    } catch (error) {
      if (error instanceof UsageError) throw error;
      throw new UsageError(`--resume: ${join(folder, file)} is not JSON.`);
    }
  };
  const { preset, config: given, seedProgram = null } = object('kelvin.json');
  const { config, problems } = validateConfig(given as Record<string, unknown>);
  if (problems[0]) throw new UsageError(`--resume: ${join(folder, 'kelvin.json')}: ${problems[0].message}`);
  const state = object('state.json') as unknown as KeptRun['state'];
  const base = existsSync(join(folder, TENSORS.base)) ? read(TENSORS.base) : null;
  return {
    preset: String(preset),
    config,
    seedProgram: seedProgram as string | null,
    kept: { state, weights: read(TENSORS.weights), optimizer: read(TENSORS.optimizer), base },
    events: stepsOf(read('metrics.jsonl'), read('timing.jsonl'), state.step),
  };
}

/** Lines of steps up to the one after which the run was kept; what was begun after it is done again. */
export function upTo(jsonl: string, step: number): string {
  const lines = jsonl
    .split('\n')
    .filter((line) => line !== '' && (JSON.parse(line) as { step: number }).step <= step);
  return lines.map((line) => `${line}\n`).join('');
}

function stepsOf(metrics: string, timing: string, step: number): Event[] {
  const [lines, times] = [metrics, timing].map((text) =>
    upTo(text, step)
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  ) as [Record<string, unknown>[], Record<string, unknown>[]];
  return lines.map((line, i) => {
    const time = times[i] ?? {};
    return { type: 'step', metrics: metricsOf(line, time), sandbox: time.sandbox as SandboxReport };
  });
}
