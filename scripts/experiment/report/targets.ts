/** What the lab promises, measured against the shipped results. */
import { experimentNamed, type Size } from '../../../src/experiments/definitions.ts';
import type { ArmResult, ExperimentResult } from '../../../src/experiments/results.ts';
import { arithmetic, atEnd, type Figure, gain, heldOut, overall } from '../../../src/experiments/summary.ts';
import { ABSENT, table } from '../../common/markdown.ts';
import { percent, points, pointsSpread } from './format.ts';

export interface Target {
  what: string;
  wanted: string;
  measured: string;
  /** Null while it is not measured. */
  met: boolean | null;
  /** Points that are missing, where the target is a number of points. */
  short?: number;
}

/** Size at which the targets hold, and level of the language. */
const SIZE: Size = 'small';
const LEVEL = 1;
const LADDER: readonly Size[] = ['nano', 'small', 'medium'];

export function targetsOf(results: readonly ExperimentResult[]): Target[] {
  const full = find(results, 'main', 'full') ?? find(results, 'transfer', 'full');
  return [
    gainTarget('Deduction, tiers 2–4, above the frozen base', 40, full, heldOut('deduction', [2, 3, 4])),
    gainTarget('Mean of the three kinds, tiers 2–4, above the frozen base', 20, full, overall),
    beyondTarget(
      'Deduction, tiers 3–5, above the base forced to think',
      5,
      full,
      heldOut('deduction', [3, 4, 5]),
      ['forced'],
    ),
    beyondTarget(
      'Abduction, tiers 2–4, above the base in its better mode',
      10,
      full,
      heldOut('abduction', [2, 3, 4]),
      ['start', 'forced'],
    ),
    beyondTarget(
      'Induction, tiers 2–4, above the base in its better mode',
      10,
      full,
      heldOut('induction', [2, 3, 4]),
      ['start', 'forced'],
    ),
    aheadTarget('Above each control on the mean of the kinds', results, 'controls'),
    aheadTarget('Ahead of every ablation on the mean of the kinds', results, 'ablations'),
    ladderTarget(results),
    gainTarget('Arithmetic, never trained in self-play', 10, full, arithmetic),
  ];
}

export function targetTable(results: readonly ExperimentResult[]): string {
  const verdict = ({ met, measured, short }: Target) => {
    if (met === null) return measured === ABSENT ? 'not measured' : 'open';
    if (met) return 'met';
    return short === undefined ? '**missed**' : `**missed** by ${short.toFixed(1)}`;
  };
  return table(
    ['target', 'wanted', 'measured', ''],
    targetsOf(results).map((target) => [target.what, target.wanted, target.measured, verdict(target)]),
  );
}

function gainTarget(what: string, least: number, arm: ArmResult | null, figure: Figure): Target {
  const gained = arm && gain(arm, figure);
  return {
    what,
    wanted: `at least ${points(least / 100).replace('.0', '')} points`,
    measured: gained ? `${pointsSpread(gained)} (n = ${gained.n})` : ABSENT,
    ...(gained ? verdictOn(gained.mean, least) : { met: null }),
  };
}

/** Above the better of some modes of the base. */
function beyondTarget(
  what: string,
  least: number,
  arm: ArmResult | null,
  figure: Figure,
  modes: readonly ('start' | 'forced')[],
): Target {
  const wanted = `at least ${points(least / 100).replace('.0', '')} points`;
  const end = arm && atEnd(arm, figure);
  const base = arm ? modes.map((mode) => figure(arm[mode])).filter((value) => value !== null) : [];
  if (!end || base.length === 0) return { what, wanted, measured: ABSENT, met: null };
  const best = Math.max(...base);
  return {
    what,
    wanted,
    measured: `${pointsSpread({ ...end, mean: end.mean - best })} (${percent(best)} to ${percent(end.mean)}, n = ${end.n})`,
    ...verdictOn(end.mean - best, least),
  };
}

/**
 * The full method ahead of all other arms of an experiment, and among controls of the base in both modes. Measured at
 * a smaller size where there is nothing else, and said so.
 */
function aheadTarget(what: string, results: readonly ExperimentResult[], name: string): Target {
  const wanted = 'above 0 points';
  const size = ([SIZE, 'nano'] as const).find((one) => find(results, name, 'full', one)) ?? SIZE;
  const full = find(results, name, 'full', size);
  const end = full && atEnd(full, overall);
  if (!end) return { what, wanted, measured: ABSENT, met: null };
  const rivals = (experimentNamed(name)?.arms ?? [])
    .filter((arm) => arm.name !== 'full')
    .map((arm) => {
      const rival = find(results, name, arm.name, size);
      // A base that is not trained is at the end what it was at the start.
      const frozen = arm.name === 'frozen-base' ? overall(full.start) : null;
      return { name: arm.name, score: (rival && atEnd(rival, overall)?.mean) ?? frozen };
    });
  if (name === 'controls') rivals.push({ name: 'base forced to think', score: overall(full.forced) });
  const leads = rivals.map((rival) => ({
    name: rival.name,
    lead: rival.score === null ? null : end.mean - rival.score,
  }));
  const measured = leads.map((rival) => `${rival.lead === null ? ABSENT : points(rival.lead)} ${rival.name}`);
  if (size !== SIZE) measured.unshift(`at \`${size}\``);
  const known = leads.flatMap(({ lead }) => (lead === null ? [] : [lead]));
  const least = Math.min(...known);
  const isOpen = known.length < leads.length;
  return {
    what,
    wanted,
    measured: measured.join(', ').replace('`, ', '`: '),
    ...(least <= 0 ? { met: false, short: 100 * Math.abs(least) } : { met: isOpen ? null : true }),
  };
}

function ladderTarget(results: readonly ExperimentResult[]): Target {
  const what = 'Gains do not shrink with size, mean of the kinds';
  const wanted = 'nano < small ≤ medium';
  const gains = LADDER.flatMap((size) => {
    const arm = find(results, 'scaling', 'full', size) ?? find(results, 'main', 'full', size);
    const gained = arm && gain(arm, overall);
    return gained ? [{ size, gained }] : [];
  });
  if (gains.length < 2) return { what, wanted, measured: ABSENT, met: null };
  const rises = gains.slice(1).map(({ size, gained }, i) => {
    const rise = gained.mean - (gains[i]?.gained.mean ?? 0);
    return { rise, isEnough: size === 'medium' ? rise >= 0 : rise > 0 };
  });
  const measured = gains.map(({ size, gained }) => `${size} ${pointsSpread(gained)}`).join(', ');
  const isOpen = gains.length < LADDER.length;
  const isMissed = rises.some(({ isEnough }) => !isEnough);
  const short = 100 * Math.abs(Math.min(...rises.map(({ rise }) => rise)));
  return { what, wanted, measured, ...(isMissed ? { met: false, short } : { met: isOpen ? null : true }) };
}

function find(
  results: readonly ExperimentResult[],
  name: string,
  arm: string,
  size: Size = SIZE,
): ArmResult | null {
  return resultOf(results, name)?.arms.find((result) => result.arm === arm && result.size === size) ?? null;
}

function resultOf(results: readonly ExperimentResult[], wanted: string): ExperimentResult | undefined {
  return results.find(({ name, budget }) => name === wanted && budget.level === LEVEL);
}

/** Rounded as it is written, so that a reader comes to the same verdict. */
function verdictOn(share: number, least: number): { met: boolean; short?: number } {
  const measured = Math.round(1000 * share) / 10;
  return measured >= least ? { met: true } : { met: false, short: least - measured };
}
