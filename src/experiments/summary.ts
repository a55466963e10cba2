/** The few numbers that results come down to. Accuracies are shares; gains are differences of shares. */
import { ARITHMETIC_TYPES, LONG_TYPES } from '../language/arithmetic.ts';
import { KINDS, type TaskKind } from '../tasks/task.ts';
import type { CurvePoint } from '../watch/metrics/table.ts';
import { experimentNamed } from './definitions.ts';
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
const classics: Figure = ({ classics: scores = {} }) =>
  meanOfMeasured(KINDS.map((kind) => scores[kind] ?? null));

/** Deduction of the long ones among them. */
export const longClassics: Figure = ({ longClassics: scores = {} }) => scores.deduction ?? null;

/** Mean over the forms of arithmetic questions that the warm-up asks too. */
const arithmetic: Figure = ({ arithmetic: scores = {} }) =>
  meanOfMeasured(ARITHMETIC_TYPES.map((type) => scores[type] ?? null));

/** Mean over the forms of long ones, which it does not ask. */
export const longArithmetic: Figure = ({ arithmetic: scores = {} }) =>
  meanOfMeasured(LONG_TYPES.map((type) => scores[type] ?? null));

/** What the tables of an experiment list of every arm, in this order. */
export interface FigureSet {
  figures: readonly { head: string; figure: Figure }[];
  /** What arms are ranked by … */
  main: Figure;
  /** … and what that is. */
  mainText: string;
}

/** Mean held-out deduction of programs of 7 to 10 lines, longer than what any base was shown. */
const beyondShown = heldOut('deduction', [5, 6]);

/** By kind of task, or by length of the program. A range without a unit is of tiers. */
const FIGURE_SETS: Readonly<Record<'kinds' | 'lengths', FigureSet>> = {
  kinds: {
    figures: [
      { head: 'deduction 2–4', figure: heldOut('deduction', [2, 3, 4]) },
      { head: 'deduction 3–5', figure: heldOut('deduction', [3, 4, 5]) },
      { head: 'abduction 2–4', figure: heldOut('abduction', [2, 3, 4]) },
      { head: 'induction 2–4', figure: heldOut('induction', [2, 3, 4]) },
      { head: 'mean of kinds 2–4', figure: overall },
      { head: 'hand-written', figure: classics },
      { head: 'arithmetic', figure: arithmetic },
    ],
    main: overall,
    mainText: 'the mean of the kinds',
  },
  lengths: {
    figures: [
      { head: '0–6 lines', figure: heldOut('deduction', [1, 2, 3, 4]) },
      { head: '7–8 lines', figure: heldOut('deduction', [5]) },
      { head: '9–10 lines', figure: heldOut('deduction', [6]) },
      { head: '11–14 lines', figure: heldOut('deduction', [7, 8]) },
      { head: 'abduction 2–4', figure: heldOut('abduction', [2, 3, 4]) },
      { head: 'induction 2–4', figure: heldOut('induction', [2, 3, 4]) },
      { head: 'long hand-written, deduction', figure: longClassics },
      { head: 'long arithmetic', figure: longArithmetic },
    ],
    main: beyondShown,
    mainText: 'deduction at 7 to 10 lines',
  },
};

/** What an experiment's tables list; by kind of task where it is not defined any more. */
export function figuresOf({ name }: Pick<ExperimentResult, 'name'>): FigureSet {
  return FIGURE_SETS[experimentNamed(name)?.figures ?? 'kinds'];
}

/** Arms that begin from the same weights stand together below what those can do. */
export function groupsOf(arms: readonly ArmResult[]): [ArmResult, ...ArmResult[]][] {
  const groups = new Map<string, [ArmResult, ...ArmResult[]]>();
  for (const arm of arms) {
    const group = groups.get(`${arm.size} ${arm.base}`);
    if (group) group.push(arm);
    else groups.set(`${arm.size} ${arm.base}`, [arm]);
  }
  return [...groups.values()];
}

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
  { name: experiment, arms }: Pick<ExperimentResult, 'name' | 'arms'>,
  { arm: name, size }: Pick<ArmResult, 'arm' | 'size'>,
): { difference: number; isClear: boolean } | null {
  const endOf = (wanted: string) => {
    const arm = arms.find((one) => one.arm === wanted && one.size === size);
    return arm ? atEnd(arm, figuresOf({ name: experiment }).main) : null;
  };
  const [full, other] = [endOf('full'), endOf(name)];
  if (!full || !other) return null;
  const difference = other.mean - full.mean;
  return { difference, isClear: Math.abs(difference) > full.deviation + other.deviation };
}

/** Mean number of lines of programs that are counted by it; null for none at all. */
export function meanLines(counts: readonly (readonly [lines: string, programs: number])[]): number | null {
  const programs = counts.reduce((sum, [, count]) => sum + count, 0);
  if (programs === 0) return null;
  return counts.reduce((sum, [lines, count]) => sum + Number(lines) * count, 0) / programs;
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
