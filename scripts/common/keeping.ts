/** The folder of a run on the disk. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FolderError, modelName, type RunFile, type RunFiles } from '../../src/run/folder/layout.ts';
import { type FolderRun, readRunFolder } from '../../src/run/folder/read.ts';
import { UsageError } from './usageError.ts';

export function writeFiles(folder: string, files: RunFiles): void {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}

/**
 * The run of a folder. Throws a UsageError that says which file is missing or wrong, and, unless `takesPretrained`, that
 * a pretrained model has taken it over.
 */
export function readKept(folder: string, { takesPretrained = false } = {}): FolderRun {
  const read = (file: RunFile): Uint8Array | null => {
    const path = join(folder, file);
    return existsSync(path) ? new Uint8Array(readFileSync(path)) : null;
  };
  if (!read('kelvin.json')) {
    throw new UsageError(
      `--resume: there is no kelvin.json in ${folder}; it is no folder of a run that was kept.`,
    );
  }
  try {
    const kept = readRunFolder(read);
    const { pretrained } = kept.header;
    if (!pretrained || takesPretrained) return kept;
    throw new UsageError(
      `--resume: the reasoner of ${folder} is the pretrained model ${modelName(pretrained)}; python -m kelvin_engine continue goes on with it.`,
    );
  } catch (error) {
    if (error instanceof FolderError) throw new UsageError(`--resume: in ${folder}: ${error.message}`);
    throw error;
  }
}
