/** Runs that a process left unfinished: what is kept of them while they are under way, and by whom it is taken up. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type KeptText, keptRun, keptText } from '../../src/run/keptText.ts';
import type { SavedRun } from '../../src/selfplay/savedRun.ts';
import type { StepMetrics } from '../../src/watch/metrics/table.ts';
import { folderName, partialFolder, partialsOf, type RunSpec, writeAtomically } from './store.ts';

/** A run between two steps, with all that its end will tell of its beginning. */
export interface KeptPlay {
  run: SavedRun;
  /** Of every step so far. */
  metrics: StepMetrics[];
  /** Of all processes that have worked on it. */
  minutes: number;
}

/** Steps between two keepings: what an interruption costs at most. */
export const KEEP_EVERY = 10;

const FILE = 'kept.json';

/** What the file has. */
interface Kept extends Omit<KeptPlay, 'run'> {
  run: KeptText;
}

/** Keeps a run that is under way, in place of what was kept of it before. */
export function keepPlay(folder: string, { run, ...rest }: KeptPlay): void {
  const kept: Kept = { run: keptText({ ...run, base: null }), ...rest };
  writeAtomically(join(folder, FILE), JSON.stringify(kept));
}

/** What is kept of the run in its folder is no longer needed. */
export function forgetPlay(folder: string): void {
  rmSync(join(folder, FILE), { force: true });
}

/**
 * A folder of this process for a run that begins, and what a process that is gone has kept of it; null where there is
 * none. Leftovers of which nothing is kept, or whose run is finished, are removed.
 */
export function takeUp(out: string, spec: RunSpec): { folder: string; kept: KeptPlay | null } {
  const folder = partialFolder(out, spec);
  rmSync(folder, { recursive: true, force: true });
  for (const { folder: other, name, isAlive } of partialsOf(out)) {
    const isUseful = existsSync(join(other, FILE)) && !existsSync(join(out, name));
    if (!isAlive && !isUseful) rmSync(other, { recursive: true, force: true });
  }
  const left = leftOf(out, spec);
  if (!left || !renamed(left, folder)) {
    mkdirSync(folder, { recursive: true });
    return { folder, kept: null };
  }
  for (const name of readdirSync(folder)) if (name !== FILE) rmSync(join(folder, name), { recursive: true });
  return { folder, kept: read(folder) };
}

/** Steps that are kept of an unfinished run; 0 for none. */
export function stepsKept(out: string, spec: RunSpec): number {
  const left = leftOf(out, spec);
  return left ? read(left).run.state.step : 0;
}

function leftOf(out: string, spec: RunSpec): string | undefined {
  const name = folderName(spec);
  return partialsOf(out).find(
    (partial) => !partial.isAlive && partial.name === name && existsSync(join(partial.folder, FILE)),
  )?.folder;
}

/** False where another process was first. */
function renamed(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch {
    return false;
  }
}

function read(folder: string): KeptPlay {
  const { run, ...rest } = JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as Kept;
  const { base: _, ...kept } = keptRun(run);
  return { run: kept as SavedRun, ...rest };
}
