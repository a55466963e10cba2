/** What the lab promises, measured against the shipped results. */
import { experimentNamed, type Size } from '../../../src/experiments/definitions.ts';
import { ABSENT, percent, points, pointsSpread } from '../../../src/experiments/format.ts';
import type { ArmResult, ExperimentResult } from '../../../src/experiments/results.ts';
import { arithmetic, atEnd, type Figure, gain, heldOut, overall } from '../../../src/experiments/summary.ts';
import { table } from '../../common/markdown.ts';

export interface Target {
  /** Whose page it stands on. */
  page: string;
  what: string;
  wanted: string;
  measured: string;
  /** Null while it is not measured. */
  met: boolean | null;
  /** Points that are missing, where the target is missed. */
  short?: number;
  /** Met or missed by less than the seeds vary. */
  isClose?: boolean;
}

/** Size at which the targets hold, and level of the language. */
const SIZE: Size = 'small';
const LEVEL = 1;
const LADDER: readonly Size[] = ['nano', 'small', 'medium'];

/** All targets, in the order of the experiments whose pages they stand on. */
export function targetsOf(results: readonly ExperimentResult[]): Target[] {
  const full = find(results, 'main', 'full') ?? find(results, 'transfer', 'full');
  const main = [
    gainTarget(
      'Deduction, difficulty 2–4, above the base free to think or not',
      40,
      full,
      heldOut('deduction', [2, 3, 4]),
    ),
    gainTarget('Mean accuracy, difficulty 2–4, above the base free to think or not', 20, full, overall),
    beyondTarget(
      'Deduction, difficulty 3–5, above the base forced to think',
      5,
      full,
      heldOut('deduction', [3, 4, 5]),
      ['forced'],
    ),
    beyondTarget(
      'Abduction, difficulty 2–4, above the base in its better mode',
      10,
      full,
      heldOut('abduction', [2, 3, 4]),
      ['start', 'forced'],
    ),
    beyondTarget(
      'Induction, difficulty 2–4, above the base in its better mode',
      10,
      full,
      heldOut('induction', [2, 3, 4]),
      ['start', 'forced'],
    ),
  ];
  return [
    ...main.map((target) => ({ ...target, page: 'main' })),
    { ...ladderTarget(results), page: 'scaling' },
    { ...aheadTarget('Ahead of every ablation in mean accuracy', results, 'ablations'), page: 'ablations' },
    { ...aheadTarget('Ahead of each control in mean accuracy', results, 'controls'), page: 'controls' },
    { ...gainTarget('Arithmetic, which self-play never asks', 10, full, arithmetic), page: 'transfer' },
  ];
}

/** Whether a target is met, or by how many points it is missed. */
export function verdictOf({ met, measured, short, isClose }: Target): string {
  if (met === null) return measured === ABSENT ? 'not measured' : 'open';
  if (met) return isClose ? 'met, by less than the seeds vary' : 'met';
  if (short === undefined) return 'missed';
  return `missed by ${short.toFixed(1)} points${isClose ? ', less than the seeds vary' : ''}`;
}

/** The targets of a page as a table. */
export function targetTable(targets: readonly Target[]): string {
  return [
    `At \`${SIZE}\`, level ${LEVEL} of the language, in percentage points:`,
    table(
      ['Target', 'Wanted', 'Measured', 'Verdict'],
      targets.map((target) => [target.what, target.wanted, target.measured, verdictOf(target)]),
    ),
  ].join('\n\n');
}

type Measured = Omit<Target, 'page'>;

function gainTarget(what: string, least: number, arm: ArmResult | null, figure: Figure): Measured {
  const gained = arm && gain(arm, figure);
  return {
    what,
    wanted: `at least ${points(least / 100).replace('.0', '')} points`,
    measured: gained ? `${pointsSpread(gained)} (${repeats(gained.n)})` : ABSENT,
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
): Measured {
  const wanted = `at least ${points(least / 100).replace('.0', '')} points`;
  const end = arm && atEnd(arm, figure);
  const base = arm ? modes.map((mode) => figure(arm[mode])).filter((value) => value !== null) : [];
  if (!end || base.length === 0) return { what, wanted, measured: ABSENT, met: null };
  const best = Math.max(...base);
  return {
    what,
    wanted,
    measured: `${pointsSpread({ ...end, mean: end.mean - best })} (${percent(best)} to ${percent(end.mean)}, ${repeats(end.n)})`,
    ...verdictOn(end.mean - best, least),
  };
}

/**
 * The full method ahead of all other arms of an experiment, and among controls of the base in both modes. Measured at
 * a smaller size where there is nothing else, and said so.
 */
function aheadTarget(what: string, results: readonly ExperimentResult[], name: string): Measured {
  const wanted = 'above 0 points';
  const size = ([SIZE, 'nano'] as const).find((one) => find(results, name, 'full', one)) ?? SIZE;
  const full = find(results, name, 'full', size);
  const end = full && atEnd(full, overall);
  if (!end) return { what, wanted, measured: ABSENT, met: null };
  const rivals = (experimentNamed(name)?.arms ?? [])
    .filter((arm) => arm.name !== 'full')
    .map((arm) => {
      const rival = find(results, name, arm.name, size);
      const score = rival && atEnd(rival, overall);
      // A base that is not trained is at the end what it was at the start.
      const frozen = arm.name === 'frozen-base' ? overall(full.start) : null;
      return {
        name: `“${arm.label}”`,
        score: score?.mean ?? frozen,
        deviation: score?.deviation ?? 0,
      };
    });
  if (name === 'controls') {
    rivals.push({ name: 'the base forced to think', score: overall(full.forced), deviation: 0 });
  }
  const leads = rivals.map(({ name, score, deviation }) => {
    const lead = score === null ? null : end.mean - score;
    return { name, lead, isClose: lead !== null && Math.abs(lead) <= end.deviation + deviation };
  });
  const measured = leads.map(
    (rival) => `${rival.lead === null ? ABSENT : points(rival.lead)} over ${rival.name}`,
  );
  if (size !== SIZE) measured.unshift(`at \`${size}\``);
  const known = leads.flatMap(({ lead, isClose }) => (lead === null ? [] : [{ lead, isClose }]));
  const least = known.reduce((one, other) => (other.lead < one.lead ? other : one), {
    lead: Number.POSITIVE_INFINITY,
    isClose: false,
  });
  const isOpen = known.length < leads.length;
  return {
    what,
    wanted,
    measured: measured.join(', ').replace('`, ', '`: '),
    ...(least.isClose ? { isClose: true } : {}),
    ...(least.lead <= 0 ? { met: false, short: 100 * Math.abs(least.lead) } : { met: isOpen ? null : true }),
  };
}

function ladderTarget(results: readonly ExperimentResult[]): Measured {
  const what = 'The gain in mean accuracy does not shrink with size';
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

function repeats(n: number): string {
  return n === 1 ? '1 run' : `${n} repeats`;
}
