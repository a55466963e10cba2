/** Tables that only some experiments have. */
import type { Experiment } from '../../../src/experiments/definitions.ts';
import { ABSENT, percent, percentSpread } from '../../../src/experiments/format.ts';
import type { ArmResult, BeforeAfter, ExperimentResult } from '../../../src/experiments/results.ts';
import {
  atEnd,
  type Figure,
  groupsOf,
  heldOut,
  overSteps,
  spreadOf,
} from '../../../src/experiments/summary.ts';
import { linesOfTier } from '../../../src/language/grammar.ts';
import { KINDS, type TaskKind } from '../../../src/tasks/task.ts';
import type { CurvePoint } from '../../../src/watch/metrics/table.ts';
import { table, wrapped } from '../../common/markdown.ts';
import {
  BEFORE,
  BEFORE_FORCED,
  formsOf,
  fullLabelOf,
  labelOf,
  plainSpread,
  sizesOf,
  TRANSFER,
  TRANSFER_PARTS,
} from './format.ts';

/** Paragraphs and tables beyond the common one. */
export function extras(experiment: Experiment, result: ExperimentResult): string[] {
  switch (experiment.name) {
    case 'main':
      return difficultyTables(experiment, result, KINDS);
    case 'climb':
    case 'climb-parts':
      return [...difficultyTables(experiment, result, ['deduction']), ...transferTables(experiment, result)];
    case 'climb-kinds':
      return [
        ...difficultyTables(experiment, result, KINDS),
        ...transferTables(experiment, result),
        courseTable(experiment, result, HABITS, 0.5),
      ];
    case 'climb-bases':
    case 'climb-sizes':
      return difficultyTables(experiment, result, ['deduction']);
    case 'emergence':
      return [courseTable(experiment, result, HABITS, 0.5), ...exampleParts(result)];
    default:
      return [];
  }
}

/** Rows of a table of figures: before in both modes, and after, of arms that begin from the same weights. */
function beforeAndAfter(
  experiment: Experiment,
  [base, ...others]: readonly [ArmResult, ...ArmResult[]],
  prefix: string,
  figures: readonly Figure[],
) {
  const named = (name: string) => (prefix ? `${prefix}${name.toLowerCase()}` : name);
  const rows = [
    [named(BEFORE), ...figures.map((figure) => percent(figure(base.start)))],
    [named(BEFORE_FORCED), ...figures.map((figure) => percent(figure(base.forced)))],
    ...[base, ...others].map((arm) => [
      named(labelOf(experiment, arm)),
      ...figures.map((figure) => percentSpread(atEnd(arm, figure))),
    ]),
  ];
  return rows.filter(([, ...cells]) => cells.some((cell) => cell !== ABSENT));
}

function difficultyTables(
  experiment: Experiment,
  { arms }: ExperimentResult,
  kinds: readonly TaskKind[],
): string[] {
  return groupsOf(arms).flatMap((group) => {
    const [{ size, start }] = group;
    const difficulties = Object.keys(start.heldOut.deduction ?? {}).map(Number);
    const rows = kinds.flatMap((kind) =>
      beforeAndAfter(
        experiment,
        group,
        kinds.length > 1 ? `${kind}: ` : '',
        difficulties.map((difficulty) => heldOut(kind, [difficulty])),
      ),
    );
    const head = ['', ...difficulties.map((difficulty) => linesText(difficulty))];
    const what = kinds.length > 1 ? 'Percent right' : 'Percent of held-out deductions right';
    return [`${what} by lines between \`def\` and \`return\`, \`${size}\`:`, table(head, rows)];
  });
}

function linesText(difficulty: number): string {
  return linesOfTier(difficulty).join('–');
}

/** Arithmetic by form of question, hand-written functions by kind. */
function transferTables(experiment: Experiment, { arms }: ExperimentResult): string[] {
  return TRANSFER_PARTS.flatMap((part) => {
    const forms = formsOf(arms, part);
    if (forms.length === 0) return [];
    const rows = groupsOf(arms).flatMap((group) =>
      beforeAndAfter(
        experiment,
        group,
        sizesOf(arms).length > 1 ? `${group[0].size}: ` : '',
        forms.map(({ figure }) => figure),
      ),
    );
    return [`${TRANSFER[part]}, percent right:`, table(['', ...forms.map(({ form }) => form)], rows)];
  });
}

interface Column {
  label: string;
  digits: number;
  value: (point: CurvePoint) => number | undefined;
}

const HABITS: readonly Column[] = [
  ...KINDS.map((kind) => ({
    label: `share of attempts that think, ${kind}`,
    digits: 2,
    value: ({ thinkShare }: CurvePoint) => thinkShare[kind],
  })),
  {
    label: 'share of abductions with two or more guesses',
    digits: 2,
    value: ({ trialAndError }) => trialAndError,
  },
  ...KINDS.flatMap((kind) =>
    (['solve', 'propose'] as const).map((role) => ({
      label: `tokens of a ${role === 'solve' ? 'solution' : 'proposal'}, ${kind}`,
      digits: 0,
      value: ({ responseLength }: CurvePoint) => responseLength[`${role}:${kind}`],
    })),
  ),
];

/** Habits at the beginning of a run, from a share of its steps on, and at its end. */
function courseTable(
  experiment: Experiment,
  { arms, budget }: ExperimentResult,
  columns: readonly Column[],
  middle: number,
): string {
  const tenth = Math.max(1, Math.round(budget.steps / 10));
  const then = Math.max(1, Math.round(budget.steps * middle));
  const ranges: readonly (readonly [number, number])[] = [
    [1, tenth],
    [then, Math.min(budget.steps, then + tenth - 1)],
    [budget.steps - tenth + 1, budget.steps],
  ];
  const rows = arms.flatMap((arm) =>
    columns
      .map((column) => [column.label, ...ranges.map((range) => meanOver(arm, range, column))])
      // Of a kind that is not trained there is nothing to say.
      .filter(([, ...cells]) => cells.some((cell) => cell !== ABSENT))
      // A variant is named once.
      .map((cells, i) =>
        arms.length > 1 ? [i === 0 ? fullLabelOf(experiment, arm, arms) : '', ...cells] : cells,
      ),
  );
  const heads = ranges.map(([from, to]) => (from === to ? `step ${from}` : `steps ${from}–${to}`));
  return table([...(arms.length > 1 ? ['Variant'] : []), 'Mean over', ...heads], rows);
}

function meanOver({ seeds }: ArmResult, range: readonly [number, number], { digits, value }: Column): string {
  return plainSpread(spreadOf(seeds.flatMap(({ curve }) => overSteps(curve, range, value) ?? [])), digits);
}

function exampleParts({ arms }: ExperimentResult): string[] {
  const [seed] = arms[0]?.seeds ?? [];
  if (!seed?.examples?.length) return [];
  const what = `Answers to the same held-out tasks before the first step and after the last (seed ${seed.seed}, always the most likely token):`;
  return [wrapped(what), ...seed.examples.map(exampleText)];
}

function exampleText({ kind, tier, question, expected, before, after }: BeforeAfter): string {
  return [
    `*${kind}, difficulty ${tier}*`,
    '',
    '```text',
    question,
    '',
    `expected: ${expected}`,
    `before:   ${before.response} (${before.verdict})`,
    `after:    ${after.response} (${after.verdict})`,
    '```',
  ].join('\n');
}
