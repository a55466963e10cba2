/** What the curves of an experiment are drawn of. */
import type { Experiment } from '../../../src/experiments/definitions.ts';
import type { Scores } from '../../../src/experiments/results.ts';
import { heldOut, meanLines, spreadOf } from '../../../src/experiments/summary.ts';
import type { TaskKind } from '../../../src/tasks/task.ts';
import type { CurvePoint } from '../../../src/watch/metrics/table.ts';

export interface Measure {
  title: string;
  /** Null or undefined where a step has no such number. */
  value: (point: CurvePoint, kind: TaskKind) => number | null | undefined;
  /** Drawn for each kind; otherwise the kind is nothing to it. */
  byKind?: boolean;
  /** A share from 0 to 1, written in percent. */
  isShare?: boolean;
  /** Behind the point, on the axis. */
  digits?: number;
  /** Of the base, drawn at step 0. */
  start?: (scores: Scores, kind: TaskKind) => number | null;
}

const HELD_OUT: Measure = {
  title: 'held out, difficulty 2–4',
  byKind: true,
  isShare: true,
  value: (point, kind) => {
    const tiers = [2, 3, 4].flatMap((tier) => point.heldOut?.[kind]?.[tier] ?? []);
    return spreadOf(tiers)?.mean;
  },
  start: (scores, kind) => heldOut(kind, [2, 3, 4])(scores),
};
const THINKS: Measure = {
  title: 'attempts that think',
  byKind: true,
  isShare: true,
  value: ({ thinkShare }, kind) => thinkShare[kind],
};
const LENGTH: Measure = {
  title: 'tokens of a solution',
  byKind: true,
  value: ({ responseLength }, kind) => responseLength[`solve:${kind}`],
};
const GUESSES: Measure = {
  title: 'abductions with two or more guesses',
  isShare: true,
  value: ({ trialAndError }) => trialAndError,
};
/** How it answers, kind by kind. */
const HABITS: readonly Measure[] = [HELD_OUT, THINKS, LENGTH, GUESSES];
const STEPS: readonly Measure[] = [
  { title: 'valid proposals', isShare: true, value: ({ validRate }) => validRate },
  { title: 'zero-std groups', isShare: true, value: ({ zeroStdGroups }) => zeroStdGroups },
  { title: 'entropy, nats', digits: 1, value: ({ entropy }) => entropy },
];

/** By length of the program, as the ladder has it. */
const LENGTHS: readonly Measure[] = (
  [
    ['5–6', 4],
    ['7–8', 5],
    ['9–10', 6],
    ['11–12', 7],
    ['13–14', 8],
  ] as const
).map(([lines, tier]) => ({
  title: `held-out deduction, ${lines} lines`,
  isShare: true,
  value: ({ heldOut: scores }) => scores?.deduction?.[tier],
  start: heldOut('deduction', [tier]),
}));
const NEW_LINES: Measure = {
  title: 'lines of new tasks',
  digits: 1,
  value: ({ newTaskLines }) => meanLines(Object.entries(newTaskLines ?? {})),
};

const MEASURES: Readonly<Record<string, readonly Measure[]>> = {
  climb: [...LENGTHS, NEW_LINES],
  'climb-parts': [...LENGTHS, NEW_LINES, ...STEPS],
  'climb-bases': LENGTHS,
  'climb-sizes': LENGTHS,
  'climb-kinds': HABITS,
  emergence: HABITS,
};

/** Held-out accuracy, and what else the experiment is about. */
export function measuresOf({ name }: Experiment): readonly Measure[] {
  return MEASURES[name] ?? [HELD_OUT];
}
