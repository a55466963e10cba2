/** How the results write numbers: accuracies as percent, gains as points. */
import type { Experiment } from '../../../src/experiments/definitions.ts';
import type { ArmResult } from '../../../src/experiments/results.ts';
import type { Figure, Spread } from '../../../src/experiments/summary.ts';
import { ABSENT } from '../../common/markdown.ts';

export function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? ABSENT : (100 * share).toFixed(1);
}

/** With a sign. */
export function points(difference: number): string {
  const text = (100 * difference).toFixed(1);
  return difference < 0 && text !== '-0.0' ? text.replace('-', '−') : `+${text.replace('-', '')}`;
}

export function percentSpread(spread: Spread | null): string {
  return spread ? withDeviation(percent(spread.mean), spread) : ABSENT;
}

export function pointsSpread(spread: Spread | null): string {
  return spread ? withDeviation(points(spread.mean), spread) : ABSENT;
}

/** A spread of plain numbers. */
export function plainSpread(spread: Spread | null, digits: number): string {
  if (!spread) return ABSENT;
  const deviation = spread.n > 1 ? ` ± ${spread.deviation.toFixed(digits)}` : '';
  return `${spread.mean.toFixed(digits)}${deviation}`;
}

function withDeviation(text: string, { deviation, n }: Spread): string {
  return n > 1 ? `${text} ± ${(100 * deviation).toFixed(1)}` : text;
}

/** An arm's label, or its name when the definition has lost it. */
export function labelOf(experiment: Experiment, { arm }: Pick<ArmResult, 'arm'>): string {
  return experiment.arms.find(({ name }) => name === arm)?.label ?? arm;
}

/** What an arithmetic or a hand-written suite is made of, and the accuracy on each part. */
export function formsOf(
  arms: readonly ArmResult[],
  part: 'arithmetic' | 'classics',
): { form: string; figure: Figure }[] {
  const forms = [...new Set(arms.flatMap(({ start }) => Object.keys(start[part] ?? {})))];
  return forms.map((form) => ({
    form,
    figure: (scores) => {
      const values: Readonly<Record<string, number>> = scores[part] ?? {};
      return values[form] ?? null;
    },
  }));
}
