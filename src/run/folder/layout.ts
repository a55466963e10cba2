/**
 * The folder of a run: the same in an exported zip and from `npm run lab --out`. docs/metrics.md says what each file
 * holds.
 */
import type { Config } from '../../config/hyperparameters.ts';
import type { Device } from '../protocol.ts';
import type { OwnBase } from '../session.ts';

/** Files that grow with every step, a JSON object a line. */
export const GROWING = [
  'metrics.jsonl',
  'timing.jsonl',
  'attempts.jsonl',
  'uhoh.jsonl',
  'events.jsonl',
] as const;
export type GrowingFile = (typeof GROWING)[number];

/** Tensors of a kept run, and the files that hold them. */
export const TENSORS = {
  weights: 'model.safetensors',
  optimizer: 'state.safetensors',
  base: 'base.safetensors',
} as const;

/** Every file of a folder, in the order in which people look at them. */
export const RUN_FILES = [
  'README.md',
  'kelvin.json',
  'config.json',
  'generation_config.json',
  'model.safetensors',
  'tokenizer.json',
  'tokenizer_config.json',
  'state.safetensors',
  'state.json',
  'base.safetensors',
  'tasks.jsonl',
  ...GROWING,
] as const;
export type RunFile = (typeof RUN_FILES)[number];

export type RunFiles = Partial<Record<RunFile, string | Uint8Array>>;

/** What `kelvin.json` says of a run beside the engine. */
export interface RunHeader {
  /** Given by its owner; a run of the command line has none. */
  name?: string;
  note?: string;
  preset: string;
  device: Device;
  config: Config;
  seedProgram: string | null;
  /** The base that it began from, where that was brought in. */
  ownBase?: OwnBase | null;
  /** The pretrained model that has taken the run over outside of the page; absent in all others. */
  pretrained?: Pretrained;
}

/** A pretrained model that goes on with the tasks of a run (docs/engine.md). Its weights are in `pretrained/`. */
export interface Pretrained {
  /** A name of the Hugging Face Hub, or a folder of the machine that ran it. */
  model: string;
  /** Rank of the LoRA that is trained; null where all weights are. */
  lora: number | null;
  /** Longest sequence and longest response, in tokens of the model. */
  context: number;
  response: number;
  learningRate: number;
  /** The step after which it took over. */
  since: number;
}

/** Its name for people: of a folder, the last part of its path. */
export function modelName({ model }: Pick<Pretrained, 'model'>): string {
  return /^([/\\]|[A-Za-z]:)/.test(model) ? (model.split(/[/\\]/).filter(Boolean).at(-1) ?? model) : model;
}

/** The engine that ran it. */
export interface RunEngine {
  backend: string;
  adapter: string;
  parameters: number;
}

/** Which base it began from. */
export interface RunBase {
  /** Size of a shipped one, else `warm-up`. */
  name: string;
  /** Of its file; null where nobody could say it. */
  sha256: string | null;
}

/** A zip or a folder that is none of a run, or a damaged one. The message says what was wrong and what to do. */
export class FolderError extends Error {
  override readonly name = 'FolderError';
}
