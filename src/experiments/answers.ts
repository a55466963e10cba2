/**
 * The answer of each experiment in one sentence, made of its results, so that it stays true when they change. “Mean
 * accuracy” is that of the three kinds on held-out tasks of difficulty 2 to 4.
 */

import { DEFAULTS } from '../config/hyperparameters.ts';
import { linesOfTier } from '../language/grammar.ts';
import { lastTierShown } from '../language/level.ts';
import { KINDS } from '../tasks/task.ts';
import type { CurvePoint } from '../watch/metrics/table.ts';
import { said } from '../words/said.ts';
import { type Experiment, experimentNamed, type Size } from './definitions.ts';
import { listed, percent, percentSpread, points, pointsSpread } from './format.ts';
import type { ArmResult, ExperimentResult } from './results.ts';
import {
  againstFull,
  atEnd,
  figuresOf,
  gain,
  heldOut,
  overall,
  overSteps,
  type Spread,
  spreadOf,
} from './summary.ts';

const UNKNOWN = said('This was not measured.');

type Answer = (result: ExperimentResult, experiment: Experiment) => string | null;

const ANSWERS: Readonly<Record<string, Answer>> = {
  climb: climbAnswer,
  'climb-parts': climbPartsAnswer,
  'climb-bases': climbVariantsAnswer,
  'climb-sizes': climbVariantsAnswer,
  'climb-kinds': climbKindsAnswer,
  main: mainAnswer,
  emergence: emergenceAnswer,
};

/** One sentence; says so when the results do not answer the question. */
export function answerOf(result: ExperimentResult): string {
  const experiment = experimentNamed(result.name);
  const answer = experiment && ANSWERS[experiment.name]?.(result, experiment);
  return answer || UNKNOWN;
}

/** The size that is spoken of first: `small`, or the largest that there is. */
function mainSize(arms: readonly ArmResult[]): Size | undefined {
  return (arms.find(({ size }) => size === 'small') ?? arms.at(-1))?.size;
}

/** Lengths of programs that some base was never shown, with their tiers. */
const LENGTHS = [
  ['5–6', [4]],
  ['7–8', [5]],
  ['9–10', [6]],
  ['11–14', [7, 8]],
] as const;

/** From the base forced to think to the end, length by length, and who does as well. */
function climbAnswer(result: ExperimentResult, experiment: Experiment): string | null {
  const full = result.arms.find(({ arm }) => arm === 'full');
  if (!full) return null;
  const shown = lastTierShown({ ...DEFAULTS, ...full.config });
  const courses = LENGTHS.flatMap(([lines, tiers]) => {
    if (tiers[0] <= shown) return [];
    const figure = heldOut('deduction', tiers);
    const [before, end] = [figure(full.forced), atEnd(full, figure)];
    return before === null || !end
      ? []
      : [
          {
            before,
            end,
            text: said('from {before} to {end} % at {lines} lines', { ...courseOf(before, end), lines }),
          },
        ];
  });
  const [first] = courses;
  if (!first) return null;
  const others = besideFull(result, experiment);
  const values = {
    size: full.size,
    lines: linesOfTier(shown)[1],
    courses: listed(courses.map(({ text }) => text)),
  };
  const isGain = first.end.mean - first.before > first.end.deviation;
  if (others.length === 0) {
    return isGain
      ? said(
          'Yes: {size}, whose base was shown {lines} lines at most, goes {courses} (its base forced to think, and after self-play).',
          values,
        )
      : said(
          'Not surely: {size}, whose base was shown {lines} lines at most, goes {courses} (its base forced to think, and after self-play).',
          values,
        );
  }
  const more = { ...values, others: others.join('; ') };
  return isGain
    ? said(
        'Yes: {size}, whose base was shown {lines} lines at most, goes {courses} (its base forced to think, and after self-play); {others}.',
        more,
      )
    : said(
        'Not surely: {size}, whose base was shown {lines} lines at most, goes {courses} (its base forced to think, and after self-play); {others}.',
        more,
      );
}

/** Who ends behind the full method, as far, and ahead of it; nothing where it stands alone. */
function besideFull(result: ExperimentResult, experiment: Experiment): string[] {
  const { behind, level, ahead } = sorted(result, experiment);
  const names = (found: typeof behind) => ({
    variants: listed(
      found.map(({ name, difference }) =>
        said('“{name}” ({difference} points at 7 to 10 lines)', { name, difference: points(difference) }),
      ),
    ),
  });
  return [
    behind.length === 1 && said('behind it ends {variants}', names(behind)),
    behind.length > 1 && said('behind it end {variants}', names(behind)),
    level.length === 1 && said('within the spread of the seeds is {variants}', names(level)),
    level.length > 1 && said('within the spread of the seeds are {variants}', names(level)),
    ahead.length === 1 && said('ahead is {variants}', names(ahead)),
    ahead.length > 1 && said('ahead are {variants}', names(ahead)),
  ].filter((part) => part !== false);
}

/** What the full method gains, and who does as well. */
function climbPartsAnswer(result: ExperimentResult, experiment: Experiment): string | null {
  const full = result.arms.find(({ arm }) => arm === 'full');
  const gained = full && gain(full, figuresOf(result).main);
  if (!gained) return null;
  const values = { gain: pointsSpread(gained), steps: result.budget.steps };
  const others = besideFull(result, experiment).join('; ');
  return others
    ? said('The full method gains {gain} points at 7 to 10 lines in {steps} steps; {others}.', {
        ...values,
        others,
      })
    : said('The full method gains {gain} points at 7 to 10 lines in {steps} steps.', values);
}

/** Each variant or size from its own base. */
function climbVariantsAnswer({ name, arms }: ExperimentResult, experiment: Experiment): string | null {
  const { main } = figuresOf({ name });
  const isBySize = experiment.sizes.length > 1;
  const told = arms.flatMap((arm) => {
    const [before, end] = [main(arm.forced), atEnd(arm, main)];
    if (before === null || !end) return [];
    const course = courseOf(before, end);
    return [
      isBySize
        ? said('{size} from {before} to {end} %', { size: arm.size, ...course })
        : said('“{name}” from {before} to {end} %', { name: nameOf(experiment, arm), ...course }),
    ];
  });
  return told.length > 0
    ? said(
        'In deduction of 7 to 10 lines, from the base forced to think to the end of self-play: {courses}.',
        { courses: listed(told) },
      )
    : null;
}

/** Each kind that an arm trains, at difficulty 2 to 4, from the better mode of its base. */
function climbKindsAnswer({ arms }: ExperimentResult, experiment: Experiment): string | null {
  const told = arms.flatMap((arm) =>
    KINDS.filter((kind) => ({ ...DEFAULTS, ...arm.config })[kind]).flatMap((kind) => {
      const figure = heldOut(kind, [2, 3, 4]);
      const modes = [figure(arm.start), figure(arm.forced)].filter((value) => value !== null);
      const end = atEnd(arm, figure);
      if (modes.length === 0 || !end) return [];
      const values = { kind, ...courseOf(Math.max(...modes), end), name: nameOf(experiment, arm) };
      return [said('{kind} from {before} to {end} % (“{name}”)', values)];
    }),
  );
  return told.length > 0
    ? said('At difficulty 2 to 4, from the base in its better mode: {courses}.', { courses: listed(told) })
    : null;
}

function mainAnswer({ arms }: ExperimentResult): string | null {
  const size = mainSize(arms);
  const ordered = [...arms].sort((a, b) => Number(b.size === size) - Number(a.size === size));
  const told = ordered.flatMap((arm, i) => {
    const [before, end, forced] = [overall(arm.start), atEnd(arm, overall), overall(arm.forced)];
    if (before === null || !end) return [];
    const values = { size: arm.size, ...courseOf(before, end), forced: percent(forced) };
    return i === 0
      ? said(
          '{size} goes from {before} to {end} % mean accuracy (its base, untrained but forced to think: {forced} %)',
          values,
        )
      : said('{size} from {before} to {end} % ({forced} %)', values);
  });
  const gains = arms.flatMap((arm) => gain(arm, overall) ?? []);
  const isGain = gains.length > 0 && gains.every(({ mean, deviation }) => mean > deviation);
  if (told.length === 0) return null;
  const courses = listed(told);
  return isGain ? said('Yes: {courses}.', { courses }) : said('Not surely: {courses}.', { courses });
}

/** The variants by how they end beside the full method at the size that is spoken of. */
function sorted(result: ExperimentResult, experiment: Experiment) {
  const size = mainSize(result.arms);
  const others = result.arms.filter((arm) => arm.size === size && arm.arm !== 'full');
  const compared = others.flatMap((arm) => {
    const found = againstFull(result, arm);
    return found ? [{ name: nameOf(experiment, arm), arm, ...found }] : [];
  });
  return {
    behind: compared.filter(({ difference, isClear }) => isClear && difference < 0),
    level: compared.filter(({ isClear }) => !isClear),
    ahead: compared.filter(({ difference, isClear }) => isClear && difference > 0),
  };
}

function emergenceAnswer({ arms, budget }: ExperimentResult): string | null {
  const arm = arms.find(({ size }) => size === mainSize(arms));
  if (!arm) return null;
  const tenth = Math.max(1, Math.round(budget.steps / 10));
  const ranges = [
    [1, tenth],
    [budget.steps - tenth + 1, budget.steps],
  ] as const;
  const change = (value: (point: CurvePoint) => number | undefined, written: (value: number) => string) => {
    const [first, last] = ranges.map((range) => overRange(arm, range, value));
    return first == null || last == null
      ? null
      : { first: written(first), last: written(last), doesRise: last > first };
  };
  const thinks = change(({ thinkShare }) => thinkShare.deduction, wholePercent);
  const length = change(
    ({ responseLength }) => responseLength['solve:deduction'],
    (tokens) => tokens.toFixed(0),
  );
  const guesses = change(({ trialAndError }) => trialAndError, wholePercent);
  const parts = [
    thinks && said('the share of deductions that think goes from {first} to {last} %', told(thinks)),
    length && said('their length from {first} to {last} tokens', told(length)),
    guesses &&
      said('the share of abductions with two or more guesses from {first} to {last} %', told(guesses)),
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  const values = { size: arm.size, changes: listed(parts) };
  return thinks?.doesRise
    ? said('It comes to think: at {size}, from the first to the last tenth of the steps, {changes}.', values)
    : said(
        'It thinks no more often: at {size}, from the first to the last tenth of the steps, {changes}.',
        values,
      );
}

const told = ({ first, last }: { first: string; last: string }) => ({ first, last });

/** A course in percent, as it is written. */
const courseOf = (before: number, end: Spread) => ({ before: percent(before), end: percentSpread(end) });

function nameOf({ arms }: Experiment, { arm }: ArmResult): string {
  return arms.find(({ name }) => name === arm)?.label ?? arm;
}

function overRange(
  { seeds }: ArmResult,
  range: readonly [number, number],
  value: (point: CurvePoint) => number | undefined,
): number | null {
  return spreadOf(seeds.flatMap(({ curve }) => overSteps(curve, range, value) ?? []))?.mean ?? null;
}

function wholePercent(share: number): string {
  return String(Math.round(100 * share));
}
