/** The ways in which targets are measured. */
import { experimentNamed, type Size } from '../../../src/experiments/definitions.ts';
import { ABSENT, percent, points, pointsSpread } from '../../../src/experiments/format.ts';
import type { ArmResult, ExperimentResult } from '../../../src/experiments/results.ts';
import { atEnd, type Figure, figuresOf } from '../../../src/experiments/summary.ts';

/** Size at which the targets hold, and level of the language. */
export const SIZE: Size = 'small';
export const LEVEL = 1;
const LADDER: readonly Size[] = ['nano', 'small', 'medium'];

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

export type Measured = Omit<Target, 'page'>;

/** Above the better of some modes of the base. */
export function beyondTarget(
  what: string,
  least: number,
  arm: ArmResult | null,
  figure: Figure,
  modes: readonly ('start' | 'forced')[],
): Measured {
  const wanted = atLeast(least);
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
 * The full method ahead of the other arms of an experiment by more than the seeds vary, in what its arms are ranked by;
 * those in `exceptions` may be ahead of it.
 */
export function aheadTarget(
  what: string,
  results: readonly ExperimentResult[],
  name: string,
  exceptions: readonly string[],
): Measured {
  const wanted = 'ahead by more than the seeds vary';
  const { main } = figuresOf({ name });
  const full = find(results, name, 'full');
  const end = full && atEnd(full, main);
  if (!end) return { what, wanted, measured: ABSENT, met: null };
  const rivals = (experimentNamed(name)?.arms ?? []).filter(
    (arm) => arm.name !== 'full' && !exceptions.includes(arm.name),
  );
  const leads = rivals.map(({ name: arm, label }) => {
    const rival = find(results, name, arm);
    const score = rival && atEnd(rival, main);
    const lead = score ? end.mean - score.mean : null;
    return { label, lead, spread: end.deviation + (score?.deviation ?? 0) };
  });
  const measured = leads.map(({ label, lead }) => `${lead === null ? ABSENT : points(lead)} over “${label}”`);
  const beyond = leads.flatMap(({ lead, spread }) => (lead === null ? [] : [lead - spread]));
  const least = Math.min(...beyond);
  const isOpen = beyond.length < leads.length;
  const isMissed = beyond.length > 0 && least <= 0;
  return {
    what,
    wanted,
    measured: measured.join(', '),
    ...(isMissed ? { met: false, short: -100 * least } : { met: isOpen ? null : true }),
  };
}

/** The full method ahead of one arm by so many points. */
export function overTarget(
  what: string,
  least: number,
  results: readonly ExperimentResult[],
  name: string,
  arm: string,
): Measured {
  const { main } = figuresOf({ name });
  const [full, rival] = [find(results, name, 'full'), find(results, name, arm)].map(
    (one) => one && atEnd(one, main),
  );
  const wanted = atLeast(least);
  if (!full || !rival) return { what, wanted, measured: ABSENT, met: null };
  const lead = full.mean - rival.mean;
  return {
    what,
    wanted,
    measured: `${points(lead)} (${percent(rival.mean)} and ${percent(full.mean)}, ${repeats(Math.min(full.n, rival.n))})`,
    ...verdictOn(lead, least),
  };
}

/** No figure lower at the end than in the better mode of the base by more than so many points. */
export function keptTarget(
  what: string,
  most: number,
  arm: ArmResult | null,
  figures: readonly { head: string; figure: Figure }[],
): Measured {
  const wanted = `none lower by more than ${most} points`;
  const changes = figures.flatMap(({ head, figure }) => {
    const end = arm && atEnd(arm, figure);
    const before = arm && figure(arm.forced);
    return end && before !== null ? [{ head, change: end.mean - before }] : [];
  });
  if (changes.length < figures.length) return { what, wanted, measured: ABSENT, met: null };
  const least = Math.min(...changes.map(({ change }) => change));
  const measured = changes.map(({ head, change }) => `${points(change)} at ${head}`).join(', ');
  return { what, wanted, measured, ...verdictOn(least, -most) };
}

/** A gain, beyond the base forced to think, that grows with the size. */
export function ladderTarget(what: string, results: readonly ExperimentResult[], name: string): Measured {
  const wanted = LADDER.join(' < ');
  const { main } = figuresOf({ name });
  const gains = LADDER.flatMap((size) => {
    const arm = find(results, name, 'full', size);
    const before = arm && main(arm.forced);
    const end = arm && atEnd(arm, main);
    return end && before !== null ? [{ size, gained: { ...end, mean: end.mean - before } }] : [];
  });
  if (gains.length < 2) return { what, wanted, measured: ABSENT, met: null };
  const rises = gains.slice(1).map(({ gained }, i) => gained.mean - (gains[i]?.gained.mean ?? 0));
  const measured = gains.map(({ size, gained }) => `${size} ${pointsSpread(gained)}`).join(', ');
  const least = Math.min(...rises);
  const isOpen = gains.length < LADDER.length;
  return {
    what,
    wanted,
    measured,
    ...(least <= 0 ? { met: false, short: -100 * least } : { met: isOpen ? null : true }),
  };
}

export function find(
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

function atLeast(least: number): string {
  return `at least ${points(least / 100).replace('.0', '')} points`;
}

/** Rounded as it is written, so that a reader comes to the same verdict. */
function verdictOn(share: number, least: number): { met: boolean; short?: number } {
  const measured = Math.round(1000 * share) / 10;
  return measured >= least ? { met: true } : { met: false, short: least - measured };
}

function repeats(n: number): string {
  return n === 1 ? '1 run' : `${n} repeats`;
}
