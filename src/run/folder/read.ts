/** A run of the files of its folder, made by the page's export or by `npm run lab --out`. */
import { type Config, validateConfig } from '../../config/hyperparameters.ts';
import { fromHuggingFace, momentsFromHuggingFace } from '../../reasoner/checkpoint.ts';
import { SIZES } from '../../reasoner/config.ts';
import { readSafetensors } from '../../reasoner/safetensors.ts';
import type { Device, Event, KeptRun } from '../protocol.ts';
import type { OwnBase } from '../session.ts';
import { applyEvents, createRunStore } from '../store.ts';
import { FolderError, type Pretrained, type RunFile, type RunHeader, TENSORS } from './layout.ts';
import { linesUpTo, toldOf } from './told.ts';

export interface FolderRun {
  header: RunHeader;
  run: KeptRun;
  /** What it told up to the step after which it was kept. */
  events: Event[];
}

/** The bytes of a file, null where there is none. */
export type Files = (file: RunFile) => Uint8Array | null;

const DEVICES: readonly unknown[] = ['auto', 'webgpu', 'wasm', 'cpu'] satisfies Device[];

/** Throws a {@link FolderError} that says which file is missing or wrong. */
export function readRunFolder(files: Files): FolderRun {
  const header = readHeader(files);
  const { config } = header;
  const state = object(files, 'state.json') as unknown as KeptRun['state'];
  const { step } = state;
  if (!Number.isInteger(step) || step < 0 || step > config.steps) {
    throw new FolderError(`state.json is not what Kelvin writes: it says no step. ${AGAIN}`);
  }
  const run = header.pretrained ? withoutTensors(state) : withTensors(files, config, state);
  const text = (file: RunFile) => decode(files(file) ?? new Uint8Array());
  const events = told(text, step);
  const steps = events.filter(({ type }) => type === 'step').length;
  if (steps !== step) {
    throw new FolderError(
      `metrics.jsonl and timing.jsonl have ${steps} of the ${step} steps that state.json has taken. ${AGAIN}`,
    );
  }
  return { header, run, events };
}

/** A run with the tensors of its own reasoner. */
function withTensors(files: Files, config: Config, state: KeptRun['state']): KeptRun {
  const run: KeptRun = {
    state,
    weights: needed(files, TENSORS.weights),
    optimizer: state.step === 0 ? new Uint8Array() : needed(files, TENSORS.optimizer),
    base: files(TENSORS.base),
  };
  if (config.base === 'warm-up' && !run.base) needed(files, TENSORS.base);
  checkTensors(config, run);
  return run;
}

/** A run that a pretrained model has taken over: tensors beside its files are of the reasoner before. */
function withoutTensors(state: KeptRun['state']): KeptRun {
  return { state, weights: new Uint8Array(), optimizer: new Uint8Array(), base: null };
}

/** What to do with a folder that is not whole. */
const AGAIN = 'Get the folder again from where it came from, with all its files.';

function readHeader(files: Files): RunHeader {
  const header = object(files, 'kelvin.json');
  const { name, note, preset, device, config: given, seedProgram = null } = header;
  if (typeof given !== 'object' || given === null) {
    throw new FolderError(`kelvin.json is not what Kelvin writes: it has no config. ${AGAIN}`);
  }
  const { config, problems } = validateConfig(given as Record<string, unknown>);
  if (problems[0]) {
    throw new FolderError(
      `kelvin.json is of another version of Kelvin, in which alone the run goes on as it was: ${problems[0].message}`,
    );
  }
  return {
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof note === 'string' ? { note } : {}),
    preset: String(preset),
    device: DEVICES.includes(device) ? (device as Device) : 'auto',
    config,
    seedProgram: typeof seedProgram === 'string' ? seedProgram : null,
    ownBase: ownBaseOf(header.ownBase),
    ...pretrainedOf(header.pretrained),
  };
}

function ownBaseOf(given: unknown): OwnBase | null {
  const { name, sha256 } = (given ?? {}) as Partial<Record<keyof OwnBase, unknown>>;
  return typeof name === 'string' && typeof sha256 === 'string' ? { name, sha256 } : null;
}

function pretrainedOf(given: unknown): Pick<RunHeader, 'pretrained'> {
  const pretrained = (given ?? {}) as Pretrained;
  return typeof pretrained.model === 'string' ? { pretrained } : {};
}

/** Throws unless all tensors are those of the configuration's reasoner. */
function checkTensors({ size }: Config, run: KeptRun): void {
  const shape = SIZES[size];
  for (const [name, file] of Object.entries(TENSORS) as [keyof typeof TENSORS, RunFile][]) {
    const bytes = run[name];
    if (!bytes || bytes.length === 0) continue;
    try {
      const read = readSafetensors(bytes);
      if (name === 'optimizer') momentsFromHuggingFace(shape, read);
      else fromHuggingFace(shape, read.tensors);
    } catch (error) {
      const why = (error as Error).message;
      throw new FolderError(`${file} is none of a ${size} reasoner: ${why}. ${AGAIN}`);
    }
  }
}

function told(text: (file: RunFile) => string, step: number): Event[] {
  try {
    const lines = (file: RunFile) => linesUpTo(text(file), step);
    const events = toldOf(lines, step);
    // What cannot be drawn is better refused here than on the page.
    applyEvents(createRunStore(), events);
    return events;
  } catch {
    throw new FolderError(`A line of a .jsonl file is not what Kelvin writes. ${AGAIN}`);
  }
}

function needed(files: Files, file: RunFile): Uint8Array {
  const bytes = files(file);
  if (!bytes) throw new FolderError(`There is no ${file} beside kelvin.json. ${AGAIN}`);
  return bytes;
}

function object(files: Files, file: RunFile): Record<string, unknown> {
  const text = decode(needed(files, file));
  let value: unknown = null;
  try {
    value = JSON.parse(text);
  } catch {
    // Told below, with whatever else is no object.
  }
  if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  throw new FolderError(`${file} is not a JSON object. ${AGAIN}`);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
