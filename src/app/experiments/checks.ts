/** Whether a fetched file is what the charts and tables need; a file of another version is refused in words. */
import type { ExperimentIndex, ExperimentResult } from '../../experiments/results.ts';
import { said } from '../../words/said.ts';

type Fields = Record<string, unknown>;

/** Throws an Error that names the file when it is no list of experiments. */
export function checkIndex(value: unknown, file: string): ExperimentIndex {
  const { experiments } = fieldsOf(value);
  const isIndex =
    Array.isArray(experiments) &&
    experiments.map(fieldsOf).every(({ name, level, file: of }) => areTexts(name, of) && isNumber(level));
  if (!isIndex)
    throw new Error(
      said('{file} could not be read: it does not hold a list of experiments as this page knows them.', {
        file,
      }),
    );
  return value as ExperimentIndex;
}

/** Throws an Error that names the file when it does not hold the results of an experiment. */
export function checkResult(value: unknown, file: string): ExperimentResult {
  const { name, command, created, budget, arms } = fieldsOf(value);
  const { steps, seeds } = fieldsOf(budget);
  const isResult =
    areTexts(name, command, created) &&
    isNumber(steps) &&
    Array.isArray(seeds) &&
    Array.isArray(arms) &&
    arms.length > 0 &&
    arms.every(isArm);
  if (!isResult)
    throw new Error(
      said(
        '{file} could not be read: it does not hold the results of an experiment as this page knows them.',
        { file },
      ),
    );
  return value as ExperimentResult;
}

function isArm(value: unknown): boolean {
  const { arm, size, config, start, forced, seeds } = fieldsOf(value);
  return (
    areTexts(arm, size) &&
    isObject(config) &&
    isObject(fieldsOf(start).heldOut) &&
    isObject(fieldsOf(forced).heldOut) &&
    Array.isArray(seeds) &&
    seeds
      .map(fieldsOf)
      .every(
        ({ curve, detections }) => Array.isArray(curve) && curve.every(isPoint) && Array.isArray(detections),
      )
  );
}

function isPoint(value: unknown): boolean {
  const { step, thinkShare, solveRate, responseLength } = fieldsOf(value);
  return isNumber(step) && [thinkShare, solveRate, responseLength].every(isObject);
}

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isNumber = (value: unknown) => typeof value === 'number';
const areTexts = (...values: unknown[]) => values.every((value) => typeof value === 'string');

/** The fields of an object; of anything else, none. */
function fieldsOf(value: unknown): Fields {
  return isObject(value) ? value : {};
}
