/** Runs and bases from files, as runs to be kept beside the others. */
import { DEFAULT_PRESET, isPresetName, PRESETS } from '../../config/presets.ts';
import { sha256 } from '../../sha256.ts';
import { heldOutScore } from '../heldOutScore.ts';
import type { RunEntry, StoredRun } from '../library.ts';
import { type Event, runFrom } from '../protocol.ts';
import { type Setup, setupOf } from '../session.ts';
import { readBase } from './base.ts';
import { FolderError, RUN_FILES, type RunFile } from './layout.ts';
import { type Files, readRunFolder } from './read.ts';
import { isZip, unzipFiles } from './zip.ts';

export interface GivenFile {
  /** With the folder before it, where it came in one. */
  name: string;
  bytes: Uint8Array;
}

/**
 * A run of a zip, or of the files of a folder: one that Kelvin kept, to be gone on with exactly, or one at step 0 that
 * begins from a base, with the settings of `setup`. Throws a {@link FolderError} that says what was wrong and what to do.
 */
export async function broughtRun(given: readonly GivenFile[], setup: Setup): Promise<StoredRun> {
  const files = await filesOf(given);
  return files('kelvin.json') ? ofFolder(files) : ofBase(files, setup, given[0]?.name ?? '');
}

async function filesOf(given: readonly GivenFile[]): Promise<Files> {
  const [first, second] = given;
  if (!first) throw new FolderError('No file was chosen.');
  if (isZip(first.bytes)) {
    if (second) throw new FolderError('Bring in one zip at a time.');
    return inOneFolder(await unzipFiles(first.bytes, isRunFile));
  }
  const loose = given.filter(({ name }) => isRunFile(name));
  if (loose.length === 0) {
    throw new FolderError(
      `“${first.name}” is neither a zip nor a file of a run. Choose a zip that Kelvin made, or config.json and model.safetensors of a base together.`,
    );
  }
  return inOneFolder(new Map(loose.map(({ name, bytes }) => [name, bytes])));
}

/** Zips made by hand often have a folder inside, and those of macOS a hidden one of its own. */
function inOneFolder(byPath: ReadonlyMap<string, Uint8Array>): Files {
  const heads = [...byPath.keys()].filter((path) => ['kelvin.json', 'config.json'].includes(nameOf(path)));
  const folders = [...new Set(heads.map(folderOf))];
  if (folders.length > 1) {
    throw new FolderError(
      'There are several runs in the zip: make one zip of each, and bring in one at a time.',
    );
  }
  const [folder = ''] = folders;
  if (heads.length === 0 && ![...byPath.keys()].some((path) => nameOf(path) === 'model.safetensors')) {
    throw new FolderError(
      'There is no run in it: no kelvin.json, nor the config.json and model.safetensors of a base. Choose a zip that Kelvin made.',
    );
  }
  return (file) => byPath.get(folder + file) ?? null;
}

/** A pretrained model has files of the same names, in a folder of its own. */
function isRunFile(path: string): boolean {
  if (path.startsWith('__MACOSX/') || /(^|\/)pretrained\//.test(path)) return false;
  return RUN_FILES.includes(nameOf(path) as RunFile);
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);

function ofFolder(files: Files): StoredRun {
  const { header, run, events } = readRunFolder(files);
  // A preset that this version has not: its values say it all.
  const preset = isPresetName(header.preset) ? header.preset : DEFAULT_PRESET;
  const { config, device, seedProgram, ownBase = null, note = '', name } = header;
  const setup = { preset, config, device, seedProgram, ownBase };
  const said = { name: name ?? nameOfRun(setup), note, pretrained: header.pretrained };
  return storedRun(setup, said, run, events);
}

async function ofBase(files: Files, setup: Setup, from: string): Promise<StoredRun> {
  const { size, safetensors } = readBase(files);
  const config = { ...setup.config, size, base: 'warm-up' as const };
  const digest = await sha256(safetensors);
  // A zip and a folder have a name of their own.
  const [, name = `base ${digest.slice(0, 8)}`] = /^(.+)(?:\.zip$|\/)/i.exec(from) ?? [];
  const ownBase = { name, sha256: digest };
  const begun = { ...setup, config, ownBase };
  const note = `Begins from a base that was brought in: ${name}`;
  return storedRun(begun, { name: nameOfRun(begun), note }, runFrom(safetensors), []);
}

function nameOfRun({ preset, config }: Setup): string {
  return `${PRESETS[preset].label}, seed ${config.seed}`;
}

function storedRun(
  setup: Setup,
  said: Pick<RunEntry, 'name' | 'note' | 'pretrained'>,
  run: StoredRun['run'],
  events: Event[],
): StoredRun {
  const { config } = setup;
  const evaluation = events.findLast((event) => event.type === 'step' && event.metrics.heldOut);
  const heldOut = evaluation?.type === 'step' ? evaluation.metrics.heldOut : undefined;
  const toldBytes = JSON.stringify(events).length;
  const now = Date.now();
  return {
    entry: {
      // Always one of its own: what is here already stays as it is.
      id: crypto.randomUUID(),
      ...said,
      ...setupOf(setup),
      step: run.state.step,
      parts: 1,
      created: now,
      changed: now,
      score: heldOut ? heldOutScore(heldOut, config) : null,
      bytes: toldBytes + run.weights.length + run.optimizer.length + (run.base?.length ?? 0),
      toldBytes,
      deleted: null,
    },
    run,
    events,
  };
}
