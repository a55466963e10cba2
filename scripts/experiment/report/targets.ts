/** What the lab promises, measured against the shipped results. */
import { ABSENT } from '../../../src/experiments/format.ts';
import type { ExperimentResult } from '../../../src/experiments/results.ts';
import { heldOut, longArithmetic, longClassics } from '../../../src/experiments/summary.ts';
import { table } from '../../common/markdown.ts';
import {
  aheadTarget,
  beyondTarget,
  find,
  keptTarget,
  LEVEL,
  ladderTarget,
  type Measured,
  overTarget,
  SIZE,
  type Target,
} from './targetKinds.ts';

/** What self-play must reach beyond the base, however that answers. */
const BOTH = ['start', 'forced'] as const;
/** Programs that some base was shown, length by length. */
const SHORT = [
  { head: '0–1 lines', figure: heldOut('deduction', [1]) },
  { head: '1–2', figure: heldOut('deduction', [2]) },
  { head: '3–4', figure: heldOut('deduction', [3]) },
  { head: '5–6', figure: heldOut('deduction', [4]) },
];
/** Arms that are shown, or asked, programs as long as those in the end. */
const CEILINGS = ['grammar-all', 'supervised-all'];

/** All targets, in the order of the experiments whose pages they stand on. */
export function targetsOf(results: readonly ExperimentResult[]): Target[] {
  const full = find(results, 'climb', 'full');
  const on = (page: string, targets: readonly Measured[]) => targets.map((target) => ({ ...target, page }));
  return [
    ...on('climb', [
      beyondTarget('Deduction, 5–10 lines, beyond the base', 25, full, heldOut('deduction', [4, 5, 6]), BOTH),
      beyondTarget('Deduction, 7–8 lines, beyond the base', 40, full, heldOut('deduction', [5]), BOTH),
      beyondTarget('Deduction, 9–10 lines, beyond the base', 30, full, heldOut('deduction', [6]), BOTH),
      beyondTarget('Deduction, 11–14 lines, beyond the base', 10, full, heldOut('deduction', [7, 8]), BOTH),
      overTarget(
        'Deduction, 7–10 lines, beyond random tasks without composition',
        30,
        results,
        'climb',
        'grammar',
      ),
      keptTarget('Deduction, 0–6 lines, kept', 2, full, SHORT),
      beyondTarget('Deduction, hand-written functions of eight lines and more', 10, full, longClassics, BOTH),
      beyondTarget('Expressions and equations of six operations and more', 10, full, longArithmetic, BOTH),
    ]),
    ...on('climb-parts', [
      aheadTarget(
        'Ahead of every other ablation and control but the ceilings',
        results,
        'climb-parts',
        CEILINGS,
      ),
    ]),
    ...on('climb-sizes', [ladderTarget('The gain at 7–10 lines grows with size', results, 'climb-sizes')]),
    ...on(
      'climb-kinds',
      (['abduction', 'induction'] as const).map((kind) =>
        beyondTarget(
          `${kind === 'abduction' ? 'Abduction' : 'Induction'}, difficulty 2–4, beyond the base in its better mode`,
          10,
          find(results, 'climb-kinds', 'no-deduction'),
          heldOut(kind, [2, 3, 4]),
          BOTH,
        ),
      ),
    ),
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
