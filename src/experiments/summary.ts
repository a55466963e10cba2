/** The few numbers that results come down to. Accuracies are shares; gains are differences of shares. */
import { KINDS, type TaskKind } from '../tasks/task.ts';
import type { CurvePoint } from '../watch/metrics/table.ts';
import type { ArmResult, ExperimentResult, Scores } from './results.ts';

/** Mean and standard deviation (of the sample, 0 for a single value) over seeds. */
export interface Spread {
  mean: number;
  deviation: number;
  n: number;
}

/** Null for an empty list. */
export function spreadOf(values: readonly number[]): Spread | null {
  const n = values.length;
  if (n === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: n > 1 ? Math.sqrt(squares / (n - 1)) : 0, n };
}

/** A figure of a measurement; null where it was not measured. */
export type Figure = (scores: Scores) => number | null;

/** Mean held-out accuracy of one kind over tiers. */
export function heldOut(kind: TaskKind, tiers: readonly number[]): Figure {
  return ({ heldOut: scores }) => meanOfAll(tiers.map((tier) => scores[kind]?.[tier] ?? null));
}

/** Mean of the three kinds over tiers 2 to 4: what arms are ranked by. */
export const overall: Figure = (scores) =>
  meanOfAll(
    ['deduction', 'abduction', 'induction'].map((kind) => heldOut(kind as TaskKind, [2, 3, 4])(scores)),
  );

/** Mean over the kinds of the hand-written functions. */
export const classics: Figure = ({ classics: scores = {} }) =>
  meanOfMeasured(KINDS.map((kind) => scores[kind] ?? null));

/** Mean over the forms of arithmetic questions. */
export const arithmetic: Figure = ({ arithmetic: scores = {} }) => meanOfMeasured(Object.values(scores));

/** What the tables list of every arm, in this order; a range is of tiers. */
export const FIGURES: readonly { head: string; figure: Figure }[] = [
  { head: 'deduction 2–4', figure: heldOut('deduction', [2, 3, 4]) },
  { head: 'deduction 3–5', figure: heldOut('deduction', [3, 4, 5]) },
  { head: 'abduction 2–4', figure: heldOut('abduction', [2, 3, 4]) },
  { head: 'induction 2–4', figure: heldOut('induction', [2, 3, 4]) },
  { head: 'mean of kinds 2–4', figure: overall },
  { head: 'hand-written', figure: classics },
  { head: 'arithmetic', figure: arithmetic },
];

/** Of the measurements at the end, over the seeds that did not diverge. */
export function atEnd({ seeds }: ArmResult, figure: Figure): Spread | null {
  return spreadOf(seeds.flatMap(({ end }) => (end ? (figure(end) ?? []) : [])));
}

/** What is gained over the base, as it chooses to answer. */
export function gain(arm: ArmResult, figure: Figure): Spread | null {
  const start = figure(arm.start);
  const end = atEnd(arm, figure);
  return start === null || !end ? null : { ...end, mean: end.mean - start };
}

/** How far a variant ends from the full method at its size, and whether by more than their seeds vary. */
export function againstFull(
  { arms }: ExperimentResult,
  { arm: name, size }: Pick<ArmResult, 'arm' | 'size'>,
): { difference: number; isClear: boolean } | null {
  const endOf = (wanted: string) => {
    const arm = arms.find((one) => one.arm === wanted && one.size === size);
    return arm ? atEnd(arm, overall) : null;
  };
  const [full, other] = [endOf('full'), endOf(name)];
  if (!full || !other) return null;
  const difference = other.mean - full.mean;
  return { difference, isClear: Math.abs(difference) > full.deviation + other.deviation };
}

/** A number of the steps `from` … `to` of a run (1-based, both included), averaged; null without one. */
export function overSteps(
  curve: readonly CurvePoint[],
  [from, to]: readonly [number, number],
  value: (point: CurvePoint) => number | undefined,
): number | null {
  const points = curve.filter(({ step }) => step >= from && step <= to);
  return meanOfMeasured(points.map((point) => value(point) ?? null));
}

function meanOfMeasured(values: readonly (number | null)[]): number | null {
  return spreadOf(values.filter((value) => value !== null))?.mean ?? null;
}

function meanOfAll(values: readonly (number | null)[]): number | null {
  return values.includes(null) ? null : meanOfMeasured(values);
}
