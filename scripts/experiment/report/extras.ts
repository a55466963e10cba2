/** Tables that only some experiments have. */
import type { Experiment } from '../../../src/experiments/definitions.ts';
import { ABSENT, percent, percentSpread } from '../../../src/experiments/format.ts';
import type { ArmResult, BeforeAfter, ExperimentResult } from '../../../src/experiments/results.ts';
import { atEnd, type Figure, heldOut, overSteps, spreadOf } from '../../../src/experiments/summary.ts';
import { KINDS } from '../../../src/tasks/task.ts';
import type { CurvePoint } from '../../../src/watch/metrics/table.ts';
import { table, wrapped } from '../../common/markdown.ts';
import { BEFORE, BEFORE_FORCED, formsOf, fullLabelOf, labelOf, plainSpread, sizesOf } from './format.ts';

const DIFFICULTIES = [1, 2, 3, 4, 5, 6];

/** Paragraphs and tables beyond the common one. */
export function extras(experiment: Experiment, result: ExperimentResult): string[] {
  switch (experiment.name) {
    case 'main':
      return difficultyTables(experiment, result);
    case 'transfer':
      return transferTables(experiment, result);
    case 'long':
    case 'emergence':
      return [courseTable(experiment, result, HABITS, 0.5), ...exampleParts(result)];
    case 'collapse':
      return [proposerTable(experiment, result)];
    case 'cures':
      return [courseTable(experiment, result, COURSE, 0.4), proposerTable(experiment, result)];
    default:
      return [];
  }
}

/** Rows of a table of figures: before in both modes, and after. */
function beforeAndAfter(experiment: Experiment, arm: ArmResult, prefix: string, figures: readonly Figure[]) {
  const named = (name: string) => (prefix ? `${prefix}${name.toLowerCase()}` : name);
  const rows = [
    [named(BEFORE), ...figures.map((figure) => percent(figure(arm.start)))],
    [named(BEFORE_FORCED), ...figures.map((figure) => percent(figure(arm.forced)))],
    [named(labelOf(experiment, arm)), ...figures.map((figure) => percentSpread(atEnd(arm, figure)))],
  ];
  return rows.filter(([, ...cells]) => cells.some((cell) => cell !== ABSENT));
}

function difficultyTables(experiment: Experiment, { arms }: ExperimentResult): string[] {
  return arms.flatMap((arm) => {
    const rows = KINDS.flatMap((kind) =>
      beforeAndAfter(
        experiment,
        arm,
        `${kind}: `,
        DIFFICULTIES.map((difficulty) => heldOut(kind, [difficulty])),
      ),
    );
    const head = ['', ...DIFFICULTIES.map((difficulty) => `difficulty ${difficulty}`)];
    return [`Percent right by difficulty, \`${arm.size}\`:`, table(head, rows)];
  });
}

/** Arithmetic by form of question, hand-written functions by kind. */
function transferTables(experiment: Experiment, { arms }: ExperimentResult): string[] {
  return (['arithmetic', 'classics'] as const).flatMap((part) => {
    const forms = formsOf(arms, part);
    if (forms.length === 0) return [];
    const rows = arms.flatMap((arm) =>
      beforeAndAfter(
        experiment,
        arm,
        sizesOf(arms).length > 1 ? `${arm.size}: ` : '',
        forms.map(({ figure }) => figure),
      ),
    );
    return [
      `${part === 'arithmetic' ? 'Arithmetic' : 'CurrentTask-written functions'}, percent right:`,
      table(['', ...forms.map(({ form }) => form)], rows),
    ];
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

/** What tells a run that learns from one that comes apart. */
const COURSE: readonly Column[] = [
  { label: 'share of deductions that think', digits: 2, value: ({ thinkShare }) => thinkShare.deduction },
  {
    label: 'reward of an attempt, mean of the kinds',
    digits: 2,
    value: ({ reward }) => spreadOf(KINDS.flatMap((kind) => reward[`solve:${kind}`] ?? []))?.mean,
  },
  {
    label: 'tokens of a proposed deduction',
    digits: 0,
    value: ({ responseLength }) => responseLength['propose:deduction'],
  },
];

const PROPOSER: readonly Column[] = [
  { label: 'share of valid proposals', digits: 2, value: ({ validRate }) => validRate },
  { label: 'new tasks in a step', digits: 1, value: ({ newTasks }) => newTasks },
  { label: 'I/O fingerprints in the buffers', digits: 0, value: ({ fingerprints }) => fingerprints },
  { label: 'zero-std groups', digits: 2, value: ({ zeroStdGroups }) => zeroStdGroups },
  { label: 'entropy', digits: 2, value: ({ entropy }) => entropy },
  {
    label: 'KL of the proposals to the reference model',
    digits: 3,
    value: ({ klToBase }) => klToBase.propose,
  },
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
    columns.map((column, i) => [
      // A variant is named once.
      ...(arms.length > 1 ? [i === 0 ? fullLabelOf(experiment, arm, arms) : ''] : []),
      column.label,
      ...ranges.map((range) => meanOver(arm, range, column)),
    ]),
  );
  const heads = ranges.map(([from, to]) => (from === to ? `step ${from}` : `steps ${from}–${to}`));
  return table([...(arms.length > 1 ? ['Variant'] : []), 'Mean over', ...heads], rows);
}

function proposerTable(experiment: Experiment, { arms, budget }: ExperimentResult): string {
  const range = [budget.steps - Math.max(1, Math.round(budget.steps / 10)) + 1, budget.steps] as const;
  const rows = arms.map((arm) => [
    fullLabelOf(experiment, arm, arms),
    ...PROPOSER.map((column) => meanOver(arm, range, column)),
    detectionsOf(arm),
  ]);
  return [
    'The proposer, over the last tenth of the steps:',
    table(['Variant', ...PROPOSER.map(({ label }) => label), 'detectors that fired'], rows),
  ].join('\n\n');
}

function meanOver({ seeds }: ArmResult, range: readonly [number, number], { digits, value }: Column): string {
  return plainSpread(spreadOf(seeds.flatMap(({ curve }) => overSteps(curve, range, value) ?? [])), digits);
}

function detectionsOf({ seeds }: ArmResult): string {
  const names = seeds.flatMap(({ seed, detections }) =>
    detections.map(({ name, step }) => `${name} (seed ${seed}, step ${step})`),
  );
  return names.length > 0 ? names.join(', ') : 'none';
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
