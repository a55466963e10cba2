/** A run that `npm run lab` wrote, read back from its files for a comparison. */

import type { SuiteScores } from '../../benchmark/scores.ts';
import { type Config, validateConfig } from '../../config/hyperparameters.ts';
import { retiredChanges } from '../../config/retired.ts';
import { withPresentNames } from '../../watch/metrics/formerNames.ts';
import type { CurvePoint } from '../../watch/metrics/table.ts';

export interface FiledRun {
  name: string;
  config: Config;
  /** Switches of an older Kelvin that made the run differ from what its configuration says; Kelvin no longer has them. */
  retired: readonly string[];
  curve: CurvePoint[];
  start: SuiteScores | null;
  forced: SuiteScores | null;
}

/** A file that is not what was asked for; the message is a plain sentence. */
export class RunFileError extends Error {
  override readonly name = 'RunFileError';
}

/** Fields of a line of metrics.jsonl without which nothing can be drawn. */
const NEEDED = ['step', 'reward', 'solveRate', 'thinkShare', 'responseLength', 'validRate'] as const;

/**
 * The run of a `kelvin.json` and a `metrics.jsonl`, given by name and text in any order. Throws a RunFileError that
 * says which file is missing or which line is wrong.
 */
export function readRunFiles(files: readonly { name: string; text: string }[]): FiledRun {
  const config = files.find(({ name }) => name.endsWith('.json'));
  const metrics = files.find(({ name }) => name.endsWith('.jsonl'));
  if (!config || !metrics) {
    throw new RunFileError(
      'Choose two files together: kelvin.json and metrics.jsonl of a run that “npm run lab” wrote.',
    );
  }
  const header = readObject(config.text, config.name);
  const given = header.config;
  if (typeof given !== 'object' || given === null) {
    throw new RunFileError(
      `${config.name} holds no configuration; it is not a kelvin.json of “npm run lab”.`,
    );
  }
  const lines = metrics.text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) throw new RunFileError(`${metrics.name} has no steps.`);
  const points = lines.map((line, i) => {
    const where = `${metrics.name}, line ${i + 1},`;
    const point = readObject(line, where);
    const missing = NEEDED.find((field) => !(field in point));
    if (missing) throw new RunFileError(`${where} has no “${missing}”; it is no line of a run’s metrics.`);
    return point;
  });
  const measured = points.find((point) => point.base !== undefined);
  return {
    name: `${String(header.preset ?? 'run')}, seed ${String((given as Record<string, unknown>).seed ?? '?')}`,
    // What this version does not know is dropped here; the curves are what they are.
    config: validateConfig(given as Record<string, unknown>).config,
    retired: retiredChanges(given as Record<string, unknown>),
    curve: points.map((point) => withRoles(withPresentNames(point))),
    start: (measured?.base as SuiteScores | undefined) ?? null,
    forced: (measured?.baseForced as SuiteScores | undefined) ?? null,
  };
}

/** The files name lengths by kind; here they are named by role and kind. */
function withRoles(point: Record<string, unknown>): CurvePoint {
  const lengths = Object.entries((point.responseLength ?? {}) as Record<string, number>);
  return {
    ...point,
    responseLength: Object.fromEntries(
      lengths.map(([kind, tokens]) => [kind.includes(':') ? kind : `solve:${kind}`, tokens]),
    ),
  } as unknown as CurvePoint;
}

function readObject(text: string, where: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RunFileError(`${where} is not JSON.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RunFileError(`${where} is not a JSON object.`);
  }
  return value as Record<string, unknown>;
}
