/** The folder of a run on the disk. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FolderError, type RunFile, type RunFiles } from '../../src/run/folder/layout.ts';
import { type FolderRun, readRunFolder } from '../../src/run/folder/read.ts';
import { UsageError } from './usageError.ts';

export function writeFiles(folder: string, files: RunFiles): void {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}

/** The run of a folder. Throws a UsageError that says which file is missing or wrong. */
export function readKept(folder: string): FolderRun {
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
    return readRunFolder(read);
  } catch (error) {
    if (error instanceof FolderError) throw new UsageError(`--resume: in ${folder}: ${error.message}`);
    throw error;
  }
}
