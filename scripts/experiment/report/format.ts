/** How the pages of the results write what the answers do not. */
import type { Experiment } from '../../../src/experiments/definitions.ts';
import { ABSENT } from '../../../src/experiments/format.ts';
import type { ArmResult } from '../../../src/experiments/results.ts';
import type { Figure, Spread } from '../../../src/experiments/summary.ts';

/** The base in its two modes, as the first rows of a table. */
export const BEFORE = 'Before, free to think or not';
export const BEFORE_FORCED = 'Before, forced to think';

/** A spread of plain numbers. */
export function plainSpread(spread: Spread | null, digits: number): string {
  if (!spread) return ABSENT;
  const written = (value: number) => value.toFixed(digits).replace('-', '−');
  return `${written(spread.mean)}${spread.n > 1 ? ` ± ${written(spread.deviation)}` : ''}`;
}

/** An arm's label, or its name when the definition has lost it. */
export function labelOf(experiment: Experiment, { arm }: Pick<ArmResult, 'arm'>): string {
  return experiment.arms.find(({ name }) => name === arm)?.label ?? arm;
}

/** With its size, where there are several. */
export function fullLabelOf(experiment: Experiment, arm: ArmResult, arms: readonly ArmResult[]): string {
  const label = labelOf(experiment, arm);
  return new Set(arms.map(({ size }) => size)).size > 1 ? `${label}, \`${arm.size}\`` : label;
}

/** The suites of what is never asked in self-play. */
export const TRANSFER = {
  arithmetic: 'Arithmetic',
  classics: 'Hand-written functions',
  longClassics: 'Hand-written functions of eight lines and more',
} as const;
export type TransferPart = keyof typeof TRANSFER;
export const TRANSFER_PARTS = Object.keys(TRANSFER) as TransferPart[];

/** What such a suite is made of, and the accuracy on each part. */
export function formsOf(arms: readonly ArmResult[], part: TransferPart): { form: string; figure: Figure }[] {
  const forms = [...new Set(arms.flatMap(({ start }) => Object.keys(start[part] ?? {})))];
  return forms.map((form) => ({
    form,
    figure: (scores) => {
      const values: Readonly<Record<string, number>> = scores[part] ?? {};
      return values[form] ?? null;
    },
  }));
}

export function sizesOf(arms: readonly ArmResult[]) {
  return [...new Set(arms.map(({ size }) => size))];
}
