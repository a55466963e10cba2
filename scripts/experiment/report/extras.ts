/** Tables that only some experiments have. */
import type { Experiment } from '../../../src/experiments/definitions.ts';
import type {
  ArmResult,
  BeforeAfter,
  CurvePoint,
  ExperimentResult,
  Scores,
} from '../../../src/experiments/results.ts';
import { atEnd, type Figure, heldOut, overSteps, spreadOf } from '../../../src/experiments/summary.ts';
import { KINDS } from '../../../src/tasks/task.ts';
import { ABSENT, table } from '../../common/markdown.ts';
import { labelOf, percent, percentSpread, plainSpread } from './format.ts';

const TIERS = [1, 2, 3, 4, 5, 6];

/** Paragraphs and tables beyond the common one. */
export function extras(experiment: Experiment, result: ExperimentResult): string[] {
  switch (experiment.name) {
    case 'main':
    case 'scaling':
      return ['By tier, in percent:', tierTable(experiment, result)];
    case 'long':
      return [
        'By tier, in percent:',
        tierTable(experiment, result),
        'Over the steps:',
        habitTable(experiment, result),
        ...exampleParts(result),
      ];
    case 'transfer':
      return transferTables(experiment, result);
    case 'emergence':
      return ['Over the steps:', habitTable(experiment, result), ...exampleParts(result)];
    case 'collapse':
      return ['The proposer, over the last tenth of the steps:', proposerTable(experiment, result)];
    case 'cures':
      return [
        'Over the steps:',
        habitTable(experiment, result, COURSE, 0.4),
        'The proposer, over the last tenth of the steps:',
        proposerTable(experiment, result),
      ];
    default:
      return [];
  }
}

function tierTable(experiment: Experiment, { arms }: ExperimentResult): string {
  const rows = arms.flatMap((arm) =>
    KINDS.flatMap((kind) => {
      const name = `\`${arm.size}\` ${kind}`;
      const base = (scores: Scores) => TIERS.map((tier) => percent(heldOut(kind, [tier])(scores)));
      const end = TIERS.map((tier) => percentSpread(atEnd(arm, heldOut(kind, [tier]))));
      const forced = base(arm.forced);
      return [
        [`${name}, base as it chooses`, ...base(arm.start)],
        ...(forced.some((cell) => cell !== ABSENT) ? [[`${name}, base forced to think`, ...forced]] : []),
        [`${name}, ${labelOf(experiment, arm).toLowerCase()}`, ...end],
      ];
    }),
  );
  return table(['', ...TIERS.map((tier) => `tier ${tier}`)], rows);
}

/** Arithmetic by form of question, classics by kind, before and after. */
function transferTables(experiment: Experiment, { arms }: ExperimentResult): string[] {
  const part = (key: 'arithmetic' | 'classics') => {
    const columns = [...new Set(arms.flatMap(({ start }) => Object.keys(start[key] ?? {})))];
    if (columns.length === 0) return [];
    const figures = columns.map(
      (column): Figure =>
        (scores) => {
          const values: Readonly<Record<string, number>> = scores[key] ?? {};
          return values[column] ?? null;
        },
    );
    const rows = arms.flatMap((arm) => [
      [`\`${arm.size}\` base, as it chooses`, ...figures.map((figure) => percent(figure(arm.start)))],
      [`\`${arm.size}\` base, forced to think`, ...figures.map((figure) => percent(figure(arm.forced)))],
      [
        `\`${arm.size}\` ${labelOf(experiment, arm)}`,
        ...figures.map((figure) => percentSpread(atEnd(arm, figure))),
      ],
    ]);
    return [
      `${key === 'arithmetic' ? 'Arithmetic' : 'Classics'}, in percent:`,
      table(['', ...columns], rows),
    ];
  };
  return [...part('arithmetic'), ...part('classics')];
}

interface Habit {
  label: string;
  digits: number;
  value: (point: CurvePoint) => number | undefined;
}

const HABITS: readonly Habit[] = [
  ...KINDS.map((kind) => ({
    label: `attempts that think, ${kind}`,
    digits: 2,
    value: ({ thinkShare }: CurvePoint) => thinkShare[kind],
  })),
  {
    label: 'abductions with two or more guesses',
    digits: 2,
    value: ({ trialAndError }) => trialAndError,
  },
  ...KINDS.flatMap((kind) =>
    (['solve', 'propose'] as const).map((role) => ({
      label: `tokens of a response, ${role} ${kind}`,
      digits: 0,
      value: ({ responseLength }: CurvePoint) => responseLength[`${role}:${kind}`],
    })),
  ),
];

/** What tells a run that learns from one that comes apart. */
const COURSE: readonly Habit[] = [
  { label: 'deductions that think', digits: 2, value: ({ thinkShare }) => thinkShare.deduction },
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

/** Habits at the beginning of a run, from a share of its steps on, and at its end. */
function habitTable(
  experiment: Experiment,
  { arms, budget }: ExperimentResult,
  habits = HABITS,
  middle = 0.5,
): string {
  const tenth = Math.max(1, Math.round(budget.steps / 10));
  const then = Math.max(1, Math.round(budget.steps * middle));
  const ranges: readonly (readonly [number, number])[] = [
    [1, tenth],
    [then, Math.min(budget.steps, then + tenth - 1)],
    [budget.steps - tenth + 1, budget.steps],
  ];
  const rows = arms.flatMap((arm) =>
    habits.map(({ label, digits, value }) => [
      arms.length > 1 ? `\`${arm.size}\` ${labelOf(experiment, arm)}: ${label}` : label,
      ...ranges.map((range) =>
        plainSpread(spreadOf(arm.seeds.flatMap(({ curve }) => overSteps(curve, range, value) ?? [])), digits),
      ),
    ]),
  );
  return table(
    ['', ...ranges.map(([from, to]) => (from === to ? `step ${from}` : `steps ${from}–${to}`))],
    rows,
  );
}

function proposerTable(experiment: Experiment, { arms, budget }: ExperimentResult): string {
  const range = [budget.steps - Math.max(1, Math.round(budget.steps / 10)) + 1, budget.steps] as const;
  const columns: readonly {
    head: string;
    digits: number;
    value: (point: CurvePoint) => number | undefined;
  }[] = [
    { head: 'valid proposals', digits: 2, value: ({ validRate }) => validRate },
    { head: 'new tasks a step', digits: 1, value: ({ newTasks }) => newTasks },
    { head: 'behaviours in the buffers', digits: 0, value: ({ behaviours }) => behaviours },
    { head: 'groups without signal', digits: 2, value: ({ zeroSignal }) => zeroSignal },
    { head: 'entropy', digits: 2, value: ({ entropy }) => entropy },
    { head: 'KL to the base', digits: 3, value: ({ klToBase }) => klToBase },
  ];
  const rows = arms.map((arm) => [
    `\`${arm.size}\` ${labelOf(experiment, arm)}`,
    ...columns.map(({ digits, value }) =>
      plainSpread(spreadOf(arm.seeds.flatMap(({ curve }) => overSteps(curve, range, value) ?? [])), digits),
    ),
    detectionsOf(arm),
  ]);
  return table(['', ...columns.map(({ head }) => head), 'detectors that fired'], rows);
}

function detectionsOf({ seeds }: ArmResult): string {
  const names = seeds.flatMap(({ seed, detections }) =>
    detections.map(({ name, step }) => `${name} (seed ${seed}, step ${step})`),
  );
  return names.length > 0 ? names.join(', ') : 'none';
}

function exampleParts({ arms }: ExperimentResult): string[] {
  const examples = arms[0]?.seeds[0]?.examples ?? [];
  if (examples.length === 0) return [];
  return [
    `Answers to the same held-out tasks before the first step and after the last (seed ${arms[0]?.seeds[0]?.seed}, greedy):`,
    ...examples.map(exampleText),
  ];
}

function exampleText({ kind, tier, question, expected, before, after }: BeforeAfter): string {
  return [
    `*${kind}, tier ${tier}*`,
    '```text',
    question,
    '',
    `expected: ${expected}`,
    `before:   ${before.response} (${before.verdict})`,
    `after:    ${after.response} (${after.verdict})`,
    '```',
  ].join('\n');
}
