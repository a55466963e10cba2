/** A run that `npm run lab` wrote, read back from its files for a comparison. */

import type { SuiteScores } from '../../benchmark/scores.ts';
import { type Config, validateConfig } from '../../config/hyperparameters.ts';
import { retiredChanges } from '../../config/retired.ts';
import { withPresentNames } from '../../watch/metrics/formerNames.ts';
import type { CurvePoint } from '../../watch/metrics/table.ts';
import { said } from '../../words/said.ts';

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
 * The run of a `kelvin.json`, a `metrics.jsonl` and, for its minutes, a `timing.jsonl`, given by name and text in any
 * order. Throws a RunFileError that says which file is missing or which line is wrong.
 */
export function readRunFiles(files: readonly { name: string; text: string }[]): FiledRun {
  const config = files.find(({ name }) => name.endsWith('.json'));
  const timing = files.find(({ name }) => name.endsWith('timing.jsonl'));
  const metrics = files.find((file) => file.name.endsWith('.jsonl') && file !== timing);
  if (!config || !metrics) {
    throw new RunFileError(
      said(
        'Choose these files together: kelvin.json and metrics.jsonl of a run that “npm run lab” wrote, and timing.jsonl for its minutes.',
      ),
    );
  }
  const header = readObject(config.text, config.name);
  const given = header.config;
  if (typeof given !== 'object' || given === null) {
    throw new RunFileError(
      said('{file} holds no configuration; it is not a kelvin.json of “npm run lab”.', { file: config.name }),
    );
  }
  const lines = linesOf(metrics.text);
  const seconds = new Map(
    linesOf(timing?.text ?? '').map((line, i) => {
      const time = readObject(line, lineIn(timing?.name, i));
      return [time.step, time.seconds];
    }),
  );
  if (lines.length === 0) throw new RunFileError(said('{file} has no steps.', { file: metrics.name }));
  const points = lines.map((line, i) => {
    const where = lineIn(metrics.name, i);
    const point = readObject(line, where);
    const missing = NEEDED.find((field) => !(field in point));
    if (missing)
      throw new RunFileError(
        said('{line} has no “{field}”; it is no line of a run’s metrics.', { line: where, field: missing }),
      );
    return seconds.has(point.step) ? { ...point, seconds: seconds.get(point.step) } : point;
  });
  const measured = points.find((point) => point.base !== undefined);
  return {
    name: said('{run}, seed {seed}', {
      run: String(header.preset ?? said('run')),
      seed: String((given as Record<string, unknown>).seed ?? '?'),
    }),
    // What this version does not know is dropped here; the curves are what they are.
    config: validateConfig(given as Record<string, unknown>).config,
    retired: retiredChanges(given as Record<string, unknown>),
    curve: points.map((point) => withRoles(withPresentNames(point))),
    start: (measured?.base as SuiteScores | undefined) ?? null,
    forced: (measured?.baseForced as SuiteScores | undefined) ?? null,
  };
}

const lineIn = (file: string | undefined, at: number) =>
  said('{file}, line {n},', { file: file ?? '', n: at + 1 });

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
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
    throw new RunFileError(said('{part} is not JSON.', { part: where }));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RunFileError(said('{part} is not a JSON object.', { part: where }));
  }
  return value as Record<string, unknown>;
}
