/** What the curves of an experiment can be read for. */

import type { SuiteScores } from '../../benchmark/scores.ts';
import type { CurvePoint } from '../../experiments/results.ts';
import type { MetricColumns } from '../../run/columns.ts';
import { suiteColumn } from '../../run/columns.ts';
import { KINDS, type Role, type TaskKind } from '../../tasks/task.ts';
import type { DetectorName } from '../../watch/metrics.ts';
import { tierMean, tiersOf } from '../charts/heldOut.ts';
import { compact, hundredths } from '../format.ts';

export interface Measure {
  id: string;
  /** In full: the chart's name. */
  name: string;
  /** In the picker: which of its groups, and the name within it. */
  group: 'Held-out' | 'Thinking' | 'Length' | 'Solve rate' | 'Proposals' | 'Policy';
  short: string;
  /** One sentence on what it says. */
  meaning: string;
  /** The value of a step, null where it was not measured. */
  of: (point: CurvePoint) => number | null;
  /** The same of the frozen base, for flat lines beside the curves; null where that makes no sense. */
  ofScores: ((scores: SuiteScores) => number | null) | null;
  /** The same of the run in this tab at one of its rows; null where the page does not keep it. */
  ofColumns: ((columns: MetricColumns, row: number) => number | null) | null;
  /** Whose findings are pinned on it. */
  detectors: 'all' | readonly DetectorName[];
  /** Measured at evaluations only. */
  isSparse: boolean;
  yRange?: readonly [number, number];
  format: (value: number) => string;
}

const TIERS = tiersOf('2-4');

/** The mean of values that are all there; null otherwise and for none. */
function meanOfAll(values: readonly (number | null | undefined)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value == null) return null;
    sum += value;
  }
  return values.length > 0 ? sum / values.length : null;
}

/** Mean accuracy at tiers 2 to 4 over the kinds asked for. */
export function accuracy(scores: SuiteScores | undefined, kinds: readonly TaskKind[]): number | null {
  return meanOfAll(kinds.map((kind) => tierMean(scores, kind, TIERS)));
}

function heldOut(id: string, name: string, short: string, kinds: readonly TaskKind[]): Measure {
  return {
    id,
    name,
    group: 'Held-out',
    short,
    meaning:
      'Greedy accuracy on held-out programs of difficulty 2 to 4; nothing that acts like them was trained on.',
    of: (point) => accuracy(point.heldOut, kinds),
    ofScores: (scores) => accuracy(scores, kinds),
    ofColumns: (columns, row) =>
      meanOfAll(
        kinds.flatMap((kind) => TIERS.map((tier) => columns.get(suiteColumn('heldOut', kind, tier))[row])),
      ),
    // What has gone wrong shows here in the end, whatever it was.
    detectors: 'all',
    isSparse: true,
    yRange: [0, 1],
    format: hundredths,
  };
}

function perKind(field: 'thinkShare' | 'solveRate', kind: TaskKind, name: string, meaning: string): Measure {
  return {
    id: `${field}-${kind}`,
    name,
    group: field === 'thinkShare' ? 'Thinking' : 'Solve rate',
    short: kind,
    meaning,
    of: (point) => point[field][kind] ?? null,
    ofScores: null,
    ofColumns: (columns, row) => columns.get(`${field}:${kind}`)[row] ?? null,
    detectors: [],
    isSparse: false,
    yRange: [0, 1],
    format: hundredths,
  };
}

function klToBase(role: Role, name: string): Measure {
  return {
    id: `klToBase-${role}`,
    name,
    group: 'Policy',
    short: `KL to the base, ${role}`,
    meaning: 'How far the role has moved from the frozen base, in nats a token.',
    of: (point) => point.klToBase?.[role] ?? null,
    ofScores: null,
    ofColumns: (columns, row) => columns.get(`klToBase:${role}`)[row] ?? null,
    detectors: ['not a number'],
    isSparse: false,
    format: compact,
  };
}

type Scalar = 'validRate' | 'newTasks' | 'behaviours' | 'entropy' | 'zeroSignal';

const SPEAKS_OF: Readonly<Record<Scalar, readonly DetectorName[]>> = {
  validRate: ['validity crash'],
  newTasks: ['proposer triviality'],
  behaviours: ['proposer triviality'],
  entropy: ['entropy collapse', 'entropy rise', 'not a number'],
  zeroSignal: ['zero signal'],
};

function scalar(
  field: Scalar,
  group: Measure['group'],
  name: string,
  meaning: string,
  yRange?: readonly [number, number],
): Measure {
  return {
    id: field,
    name,
    group,
    short: name.toLowerCase().replace('kl', 'KL'),
    meaning,
    of: (point) => point[field] ?? null,
    ofScores: null,
    ofColumns: (columns, row) => columns.get(field)[row] ?? null,
    detectors: SPEAKS_OF[field],
    isSparse: false,
    ...(yRange ? { yRange } : {}),
    format: yRange ? hundredths : compact,
  };
}

const CAPITAL: Record<string, string> = Object.fromEntries(
  KINDS.map((kind) => [kind, `${kind[0]?.toUpperCase()}${kind.slice(1)}`]),
);

export const MEASURES: readonly Measure[] = [
  heldOut('held-out', 'Held-out, mean of the kinds', 'mean of kinds', KINDS),
  ...KINDS.map((kind) => heldOut(`held-out-${kind}`, `Held-out ${kind}`, kind, [kind])),
  ...KINDS.map((kind) =>
    perKind(
      'thinkShare',
      kind,
      `${CAPITAL[kind]} that thinks`,
      'Share of the sampled attempts that think before they answer. No reward mentions it.',
    ),
  ),
  {
    id: 'trial-and-error',
    name: 'Trial and error',
    group: 'Thinking',
    short: 'trial and error',
    meaning: 'Share of the abduction attempts whose thought makes at least two guesses.',
    of: (point) => point.trialAndError ?? null,
    ofScores: null,
    ofColumns: null,
    detectors: [],
    isSparse: false,
    yRange: [0, 1],
    format: hundredths,
  },
  ...KINDS.map(
    (kind): Measure => ({
      id: `length-${kind}`,
      name: `Length, ${kind}`,
      group: 'Length',
      short: kind,
      meaning: 'Mean tokens of an attempt, thought included.',
      of: (point) => point.responseLength[`solve:${kind}`] ?? null,
      ofScores: null,
      ofColumns: (columns, row) => columns.get(`responseLength:solve:${kind}`)[row] ?? null,
      detectors: ['length explosion'],
      isSparse: false,
      format: compact,
    }),
  ),
  ...KINDS.map((kind) =>
    perKind('solveRate', kind, `Solve rate, ${kind}`, 'Mean success of the attempts of each step.'),
  ),
  scalar('validRate', 'Proposals', 'Valid proposals', 'Share of the proposals that are valid tasks.', [0, 1]),
  scalar('newTasks', 'Proposals', 'New tasks', 'Valid proposals that entered the buffer, by step.'),
  scalar(
    'behaviours',
    'Proposals',
    'I/O fingerprints in the buffer',
    'Programs that act differently, counted once each.',
  ),
  scalar(
    'zeroSignal',
    'Policy',
    'Zero-std groups',
    'Share of tasks whose attempts all got the same reward.',
    [0, 1],
  ),
  scalar('entropy', 'Policy', 'Entropy', 'Nats per response token.'),
  klToBase('solve', 'KL to the base, solver'),
  klToBase('propose', 'KL to the base, proposer'),
];

export function measureNamed(id: string): Measure {
  return MEASURES.find((measure) => measure.id === id) ?? (MEASURES[0] as Measure);
}
