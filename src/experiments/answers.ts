/**
 * The answer of each experiment in one sentence, made of its results, so that it stays true when they change. “Mean
 * accuracy” is that of the three kinds on held-out tasks of difficulty 2 to 4.
 */

import type { CurvePoint } from '../watch/metrics/table.ts';
import { type Experiment, experimentNamed, type Size } from './definitions.ts';
import { listed, percent, percentSpread, points, pointsSpread } from './format.ts';
import type { ArmResult, ExperimentResult } from './results.ts';
import {
  againstFull,
  arithmetic,
  atEnd,
  classics,
  gain,
  heldOut,
  overall,
  overSteps,
  spreadOf,
} from './summary.ts';

const UNKNOWN = 'This was not measured.';

type Answer = (
  result: ExperimentResult,
  experiment: Experiment,
  others: readonly ExperimentResult[],
) => string | null;

const ANSWERS: Readonly<Record<string, Answer>> = {
  main: mainAnswer,
  scaling: scalingAnswer,
  beyond: beyondAnswer,
  long: longAnswer,
  ablations: ablationsAnswer,
  controls: controlsAnswer,
  transfer: transferAnswer,
  emergence: emergenceAnswer,
  collapse: collapseAnswer,
  cures: curesAnswer,
};

/**
 * One sentence; says so when the results do not answer the question. `others` are results of other experiments, some
 * of which an answer compares with.
 */
export function answerOf(result: ExperimentResult, others: readonly ExperimentResult[]): string {
  const experiment = experimentNamed(result.name);
  const answer = experiment && (ANSWERS[experiment.name] ?? variantsAnswer)(result, experiment, others);
  return answer || UNKNOWN;
}

/** The size that is spoken of first: `small`, or the largest that there is. */
function mainSize(arms: readonly ArmResult[]): Size | undefined {
  return (arms.find(({ size }) => size === 'small') ?? arms.at(-1))?.size;
}

function mainAnswer({ arms }: ExperimentResult): string | null {
  const size = mainSize(arms);
  const ordered = [...arms].sort((a, b) => Number(b.size === size) - Number(a.size === size));
  const told = ordered.flatMap((arm, i) => {
    const [before, end, forced] = [overall(arm.start), atEnd(arm, overall), overall(arm.forced)];
    if (before === null || !end) return [];
    const course = `from ${percent(before)} to ${percentSpread(end)} %`;
    return i === 0
      ? `${arm.size} goes ${course} mean accuracy (its base, untrained but forced to think: ${percent(forced)} %)`
      : `${arm.size} ${course} (${percent(forced)} %)`;
  });
  const gains = arms.flatMap((arm) => gain(arm, overall) ?? []);
  const isGain = gains.length > 0 && gains.every(({ mean, deviation }) => mean > deviation);
  return told.length > 0 ? `${isGain ? 'Yes' : 'Not surely'}: ${listed(told)}.` : null;
}

function scalingAnswer({ arms }: ExperimentResult): string | null {
  const gains = arms.flatMap((arm) => {
    const gained = gain(arm, overall);
    return gained ? [{ size: arm.size, gained }] : [];
  });
  if (gains.length < 2) return null;
  const rises = gains.slice(1).map(({ gained }, i) => gained.mean > (gains[i]?.gained.mean ?? 0));
  const word = rises.every(Boolean) ? 'Yes' : rises.some(Boolean) ? 'Not always' : 'No';
  const told = listed(gains.map(({ size, gained }) => `${pointsSpread(gained)} points at ${size}`));
  return `${word}: mean accuracy gains ${told}.`;
}

function beyondAnswer({ arms }: ExperimentResult, experiment: Experiment): string | null {
  const hard = heldOut('deduction', [3, 4, 5]);
  const ends = arms.flatMap((arm) => {
    const end = atEnd(arm, hard);
    return end ? [{ arm, end }] : [];
  });
  const best = ends.sort((a, b) => b.end.mean - a.end.mean)[0];
  const forced = best && hard(best.arm.forced);
  if (!best || forced === null || forced === undefined) return null;
  const word = best.end.mean > forced ? 'A little' : 'Nothing that was tried';
  return `${word}: in deduction of difficulty 3–5 the base has ${percent(forced)} % when it is forced to think, and the best variant, “${nameOf(experiment, best.arm)}”, ends at ${percentSpread(best.end)} %.`;
}

function longAnswer(
  { arms, budget }: ExperimentResult,
  _: Experiment,
  others: readonly ExperimentResult[],
): string | null {
  const arm = arms.find(({ size }) => size === mainSize(arms));
  const main = others.find(({ name, budget: { level } }) => name === 'main' && level === budget.level);
  const shorter = main?.arms.find(({ size }) => size === arm?.size);
  const [then, end] = [shorter, arm].map((one) => (one ? atEnd(one, overall) : null));
  if (!arm || !main || !then || !end) return null;
  const isClear = end.mean - then.mean > then.deviation + end.deviation;
  return `${isClear ? 'A gain' : 'Nothing that could be measured'}: ${arm.size} ends at ${percentSpread(end)} % mean accuracy after ${budget.steps} steps and at ${percentSpread(then)} % after ${main.budget.steps}.`;
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
    size,
    behind: compared.filter(({ difference, isClear }) => isClear && difference < 0),
    level: compared.filter(({ isClear }) => !isClear),
    ahead: compared.filter(({ difference, isClear }) => isClear && difference > 0),
  };
}

function ablationsAnswer(result: ExperimentResult, experiment: Experiment): string | null {
  const { size, behind, level, ahead } = sorted(result, experiment);
  const away = (found: typeof behind) =>
    listed(found.map(({ name, difference }) => `“${name}” (${points(difference)} points)`));
  const parts = [
    behind.length > 0
      ? `at ${size} ${away(behind)} ${behind.length > 1 ? 'end' : 'ends'} clearly behind the full method`
      : level.length > 0 && `at ${size} nothing ends clearly behind the full method`,
    level.length > 0 &&
      `${away(level)} ${level.length > 1 ? 'differ' : 'differs'} from it by no more than the seeds vary`,
    ahead.length > 0 && `${away(ahead)} ${ahead.length > 1 ? 'end' : 'ends'} clearly ahead`,
  ].filter(Boolean);
  return parts.length > 0 ? `${capital(parts.join('; '))}.` : null;
}

function controlsAnswer(result: ExperimentResult, experiment: Experiment): string | null {
  const { size, behind, level, ahead } = sorted(result, experiment);
  const full = result.arms.find((arm) => arm.arm === 'full' && arm.size === size);
  const gained = full && gain(full, overall);
  if (!gained) return null;
  const lead = (found: typeof behind) =>
    found.map(({ name, difference }) => `“${name}” (${points(-difference)})`);
  // What is not trained is at the end what it was at the start.
  const frozen = `the frozen base (${points(gained.mean)} points)`;
  const isGain = gained.mean > gained.deviation;
  const won = [...(isGain ? [frozen] : []), ...lead(behind)];
  const close = [...(isGain ? [] : [frozen]), ...lead(level)];
  const parts = [
    won.length > 0 && `at ${size} self-play ends clearly ahead of ${listed(won)}`,
    close.length > 0 &&
      `at ${size} the lead of self-play over ${listed(close)} is smaller than the seeds vary`,
    ahead.length > 0 && `at ${size} it ends behind ${listed(lead(ahead))}`,
  ].filter(Boolean);
  const isShared = level.length + ahead.length > 0;
  const word = !isGain
    ? 'Nothing is shown'
    : isShared
      ? 'Other verified tasks do as well'
      : 'It is self-play';
  return `${word}: ${parts.join('; ')}.`;
}

function transferAnswer({ arms }: ExperimentResult): string | null {
  const arm = arms.find(({ size }) => size === mainSize(arms));
  if (!arm) return null;
  const told = (
    [
      ['arithmetic', arithmetic],
      ['hand-written functions', classics],
    ] as const
  ).flatMap(([what, figure]) => {
    const [before, end] = [figure(arm.start), atEnd(arm, figure)];
    if (before === null || !end) return [];
    const forced = `base forced to think: ${percent(figure(arm.forced))} %`;
    return [`from ${percent(before)} to ${percentSpread(end)} % in ${what} (${forced})`];
  });
  const isGain = [arithmetic, classics].every((figure) => {
    const gained = gain(arm, figure);
    return gained !== null && gained.mean > gained.deviation;
  });
  return told.length > 0 ? `${isGain ? 'Yes' : 'Not surely'}: ${arm.size} goes ${listed(told)}.` : null;
}

function emergenceAnswer({ arms, budget }: ExperimentResult): string | null {
  const arm = arms.find(({ size }) => size === mainSize(arms));
  if (!arm) return null;
  const tenth = Math.max(1, Math.round(budget.steps / 10));
  const change = (value: (point: CurvePoint) => number | undefined, written: (value: number) => string) => {
    const [first, last] = [overRange(arm, [1, tenth], value), lastTenth(arm, budget.steps, value)];
    return first === null || last === null ? null : `from ${written(first)} to ${written(last)}`;
  };
  const thinks = change(({ thinkShare }) => thinkShare.deduction, wholePercent);
  const length = change(
    ({ responseLength }) => responseLength['solve:deduction'],
    (tokens) => tokens.toFixed(0),
  );
  const guesses = change(({ trialAndError }) => trialAndError, wholePercent);
  const [first, last] = [
    [1, tenth],
    [budget.steps - tenth + 1, budget.steps],
  ].map(([from = 1, to = 1]) => overRange(arm, [from, to], ({ thinkShare }) => thinkShare.deduction));
  const doesRise = (last ?? 0) > (first ?? 0);
  const parts = [
    thinks && `the share of deductions that think goes ${thinks} %`,
    length && `their length ${length} tokens`,
    guesses && `the share of abductions with two or more guesses ${guesses} %`,
  ].filter((part) => part !== null);
  return parts.length > 0
    ? `${doesRise ? 'It comes to think' : 'It thinks no more often'}: at ${arm.size}, from the first to the last tenth of the steps, ${listed(parts)}.`
    : null;
}

function collapseAnswer({ arms, budget }: ExperimentResult, experiment: Experiment): string | null {
  const valid = (arm: ArmResult) => lastTenth(arm, budget.steps, ({ validRate }) => validRate);
  const full = arms.find(({ arm }) => arm === 'full');
  const own = full ? valid(full) : null;
  const others = arms.flatMap((arm) => (arm === full ? [] : (valid(arm) ?? [])));
  if (own === null || others.length === 0) return null;
  const fired = arms.filter(hasFired).map((arm) => `“${nameOf(experiment, arm)}”`);
  const rates = `at the end ${wholePercent(own)} % of the proposals are valid with all safeguards, ${wholePercent(Math.min(...others))} to ${wholePercent(Math.max(...others))} % without one of them`;
  return fired.length > 0
    ? `Detectors fire in ${listed(fired)}; ${rates}.`
    : `Nothing breaks within ${budget.steps} steps: no detector fires, and ${rates}.`;
}

function curesAnswer({ arms, budget }: ExperimentResult, experiment: Experiment): string | null {
  const named = (name: string) => arms.find(({ arm }) => arm === name);
  const thinks = (arm: ArmResult | undefined) =>
    arm ? lastTenth(arm, budget.steps, ({ thinkShare }) => thinkShare.deduction) : null;
  const [usual, hot] = [thinks(named('full')), thinks(named('hot'))];
  const ends = arms.flatMap((arm) => {
    const end = arm.arm.startsWith('cure-') ? atEnd(arm, overall) : null;
    return end ? [{ name: nameOf(experiment, arm), mean: end.mean }] : [];
  });
  const best = ends.sort((a, b) => b.mean - a.mean)[0];
  const full = named('full');
  const reference = full ? atEnd(full, overall) : null;
  if (usual === null || hot === null || !best || !reference) return null;
  const word = best.mean > reference.mean - reference.deviation ? 'helps' : 'does not help';
  const fate = hot < usual / 3 ? 'the thoughts vanish' : 'the thoughts stay';
  return `At five times the learning rate ${fate} (${wholePercent(hot)} % of the deductions think at the end, ${wholePercent(usual)} % at the usual rate), and the best of the cures, “${best.name.replace(/^Cure: /, '')}”, ${word}: it ends at ${percent(best.mean)} % mean accuracy, the usual rate at ${percent(reference.mean)} %.`;
}

/** Of an experiment that has no sentence of its own. */
function variantsAnswer({ arms }: ExperimentResult, experiment: Experiment): string | null {
  const told = arms.flatMap((arm) => {
    const gained = gain(arm, overall);
    return gained ? [`${pointsSpread(gained)} with “${nameOf(experiment, arm)}” at ${arm.size}`] : [];
  });
  return told.length > 0 ? `Mean accuracy gains ${listed(told)} points.` : null;
}

function nameOf({ arms }: Experiment, { arm }: ArmResult): string {
  return arms.find(({ name }) => name === arm)?.label ?? arm;
}

function hasFired({ seeds }: ArmResult): boolean {
  return seeds.some(({ detections }) => detections.length > 0);
}

function lastTenth(
  arm: ArmResult,
  steps: number,
  value: (point: CurvePoint) => number | undefined,
): number | null {
  return overRange(arm, [steps - Math.max(1, Math.round(steps / 10)) + 1, steps], value);
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

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
