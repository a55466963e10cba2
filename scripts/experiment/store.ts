/** The folder of the runs: what is finished is there under its own name, what is not is not. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, DEFAULTS } from '../../src/config/hyperparameters.ts';
import { retiredChanges } from '../../src/config/retired.ts';
import type { BeforeAfter, Scores } from '../../src/experiments/results.ts';
import type { Detection } from '../../src/watch/findings.ts';
import { presentDetection, withPresentNames } from '../../src/watch/metrics/formerNames.ts';
import type { CurvePoint } from '../../src/watch/metrics/table.ts';

/** What decides the outcome of a run. */
export interface RunSpec {
  config: Config;
  /** Fingerprint of the base's weights (or of the warm-up that makes them). */
  base: string;
}

export interface RunInfo {
  minutes: number;
  steps: number;
  diverged: string | null;
  backend: string;
  hardware: string;
  created: string;
}

export interface FinishedRun extends RunInfo {
  folder: string;
  spec: RunSpec;
}

/** What is written of a run. */
export interface RunRecord {
  info: RunInfo;
  curve: CurvePoint[];
  detections: Detection[];
  examples: BeforeAfter[];
}

const DONE = 'DONE';
const PARTIAL = /^(.*)\.partial\.(\d+)$/;

/** Folder of a run that is under way; by process, so that two never write into each other's. */
export function partialFolder(out: string, spec: RunSpec): string {
  return join(out, `${folderName(spec)}.partial.${process.pid}`);
}

/** Makes a run count: its folder gets its name. Another that finished first stays. */
export function finishRun(out: string, spec: RunSpec, partial: string): string {
  const folder = join(out, folderName(spec));
  writeFileSync(join(partial, DONE), '');
  if (existsSync(folder)) rmSync(partial, { recursive: true });
  else renameSync(partial, folder);
  return folder;
}

/** A run that is under way, or was when its process ended. */
export interface PartialRun {
  folder: string;
  /** That it gets when it is finished. */
  name: string;
  isAlive: boolean;
}

export function partialsOf(out: string): PartialRun[] {
  if (!existsSync(out)) return [];
  return readdirSync(out).flatMap((entry) => {
    const [, name, pid] = PARTIAL.exec(entry) ?? [];
    return name === undefined ? [] : [{ folder: join(out, entry), name, isAlive: isAlive(Number(pid)) }];
  });
}

export function finishedRuns(out: string): FinishedRun[] {
  if (!existsSync(out)) return [];
  return readdirSync(out).flatMap((name) => {
    const folder = join(out, name);
    if (PARTIAL.test(name) || !existsSync(join(folder, DONE))) return [];
    return [{ folder, spec: read<RunSpec>(folder, 'config'), ...read<RunInfo>(folder, 'info') }];
  });
}

/**
 * The finished run that `spec` would repeat. A switch that came after it counts as standing at its default, which
 * keeps the behaviour of before. One that is gone since counts only where it stood as things are now.
 */
export function findRun(runs: readonly FinishedRun[], spec: RunSpec): FinishedRun | undefined {
  return runs.find(({ spec: { base, config } }) => {
    const past: Config = { ...DEFAULTS, ...config };
    return base === spec.base && retiredChanges(config).length === 0 && keyOf(past) === keyOf(spec.config);
  });
}

/** One sentence about runs that no experiment can ask for any more, because switches they moved are gone; empty for none. */
export function outdatedSentence(runs: readonly FinishedRun[]): string {
  const moved = runs.map(({ spec }) => retiredChanges(spec.config)).filter((keys) => keys.length > 0);
  if (moved.length === 0) return '';
  const names = [...new Set(moved.flat())].join(', ');
  const [are, they] = moved.length === 1 ? ['run is', 'it'] : ['runs are', 'they'];
  return `${moved.length} older ${are} left alone, because ${they} moved switches that are gone (${names}).`;
}

export function readRecord({ folder }: Pick<FinishedRun, 'folder'>): RunRecord {
  const lines = readFileSync(join(folder, 'curve.jsonl'), 'utf8').split('\n').filter(Boolean);
  return {
    info: read(folder, 'info'),
    curve: lines.map((line) => withPresentNames(JSON.parse(line)) as unknown as CurvePoint),
    detections: read<Detection[]>(folder, 'detections').map(presentDetection),
    examples: read(folder, 'examples'),
  };
}

/** Measurements of the weights in a folder, by the name of the suites; null when they were not made. */
export function readScores<T = Scores>(folder: string, name: string): T | null {
  const path = join(folder, `${name}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : null;
}

/** Writes so that a reader sees all of it or nothing. */
export function writeAtomically(path: string, content: string | Uint8Array): void {
  mkdirSync(join(path, '..'), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, content);
  renameSync(draft, path);
}

export function fingerprint(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 12);
}

export function folderName(spec: RunSpec): string {
  const { size, seed } = spec.config;
  return `${size}-seed${seed}-${fingerprint(`${spec.base} ${keyOf(spec.config)}`)}`;
}

/** All values that matter to what comes out, in the order of the table. */
function keyOf(config: Config): string {
  const { sandboxWorkers: _, engineThreads: __, ...rest } = config;
  return JSON.stringify(
    (Object.keys(DEFAULTS) as (keyof Config)[]).filter((key) => key in rest).map((key) => [key, config[key]]),
  );
}

function read<T>(folder: string, name: string): T {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as T;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
