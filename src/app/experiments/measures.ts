/** What the curves of an experiment can be read for. */

import type { SuiteScores } from '../../benchmark/scores.ts';
import { meanLines } from '../../experiments/summary.ts';
import type { MetricColumns } from '../../run/columns.ts';
import { suiteColumn } from '../../run/columns.ts';
import { KINDS, type TaskKind } from '../../tasks/task.ts';
import type { DetectorName } from '../../watch/findings.ts';
import { MEASURE_GROUPS, type Metric, sentenceOf, type Table } from '../../watch/metrics/metric.ts';
import { type CurvePoint, METRICS } from '../../watch/metrics/table.ts';
import { said } from '../../words/said.ts';
import { msg } from '../../words/words.ts';
import { rangeOf } from '../charts/definitions.ts';
import { tierMean, tiersOf } from '../charts/heldOut.ts';
import { detectorsOf } from '../detectors.ts';
import { compact, hundredths } from '../format.ts';

export interface Measure {
  id: string;
  /** In full: the chart's name. */
  name: string;
  /** In the picker: which of its groups, and the name within it. */
  group: 'Held-out' | (typeof MEASURE_GROUPS)[number];
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

/** Mean accuracy over the tiers, 2 to 4 by default, and the kinds asked for. */
export function accuracy(
  scores: SuiteScores | undefined,
  kinds: readonly TaskKind[],
  tiers: readonly string[] = TIERS,
): number | null {
  return meanOfAll(kinds.map((kind) => tierMean(scores, kind, tiers)));
}

function heldOut(
  id: string,
  name: string,
  short: string,
  kinds: readonly TaskKind[],
  tiers: readonly string[] = TIERS,
): Measure {
  return {
    id,
    name,
    group: msg('Held-out'),
    short,
    meaning: said(
      'Greedy accuracy on held-out programs of difficulty {easiest} to {hardest}; nothing that acts like them was trained on.',
      { easiest: tiers[0] ?? '', hardest: tiers.at(-1) ?? '' },
    ),
    of: (point) => accuracy(point.heldOut, kinds, tiers),
    ofScores: (scores) => accuracy(scores, kinds, tiers),
    ofColumns: (columns, row) =>
      meanOfAll(
        kinds.flatMap((kind) => tiers.map((tier) => columns.get(suiteColumn('heldOut', kind, tier))[row])),
      ),
    // What has gone wrong shows here in the end, whatever it was.
    detectors: 'all',
    isSparse: true,
    yRange: [0, 1],
    format: hundredths,
  };
}

/** What a table's metrics can be read for, group by group. */
export function measuresOf(table: Table): Measure[] {
  const all = Object.entries(table).flatMap(([key, metric]) => measuresOfMetric(key, metric));
  return MEASURE_GROUPS.flatMap((group) => all.filter((measure) => measure.group === group));
}

function measuresOfMetric(key: string, { label, doc, unit, by, measure, chart }: Metric): Measure[] {
  if (!measure) return [];
  const yRange = rangeOf(unit);
  const one = (path: readonly string[], short: string, name: string): Measure => ({
    id: path.join('-').replace('solve:', ''),
    name,
    group: measure,
    short,
    meaning: sentenceOf(doc),
    of: (point) => valueAt(point, path),
    ofScores: null,
    ofColumns: (columns, row) => columns.get(path.join(':'))[row] ?? null,
    detectors: detectorsOf(key),
    isSparse: chart?.isSparse ?? false,
    yRange: chart?.fits ? undefined : yRange,
    format: yRange ? hundredths : compact,
  });
  if (chart?.lines) {
    return chart.lines.map(({ label: line, column }) => one(column.split(':'), line, `${label}: ${line}`));
  }
  switch (by) {
    case undefined:
      return [one([key], label, label)];
    case 'role':
      return ['solve', 'propose'].map((role) => one([key, role], `${label}, ${role}`, `${label}, ${role}`));
    case 'kind':
      return KINDS.map((kind) => one([key, kind], kind, `${label}, ${kind}`));
    case 'role and kind':
      return KINDS.map((kind) => one([key, `solve:${kind}`], kind, `${label}, ${kind}`));
  }
}

/** The number at the end of a path of names; null when there is none. */
function valueAt(point: unknown, path: readonly string[]): number | null {
  let value = point;
  for (const name of path) value = (value as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'number' ? value : null;
}

const NEW_TASK_LINES: Measure = {
  id: 'newTaskLines',
  name: msg('Lines of new tasks, mean'),
  group: 'Proposals',
  short: msg('lines of new tasks'),
  meaning: msg(
    'Mean number of lines between `def` and the last line of the programs that entered the buffer.',
  ),
  of: ({ newTaskLines }) => meanLines(Object.entries(newTaskLines ?? {})),
  ofScores: null,
  ofColumns: (columns, row) =>
    meanLines(
      columns
        .names()
        .filter((name) => name.startsWith('newTaskLines:'))
        .map((name) => [name.slice('newTaskLines:'.length), columns.get(name)[row] ?? 0]),
    ),
  detectors: detectorsOf('newTasks'),
  isSparse: false,
  format: compact,
};

/** Of 7 to 10 lines, longer than what any base was shown. */
const LONG_TIERS = ['5', '6'];

export const MEASURES: readonly Measure[] = [
  heldOut('held-out', msg('Held-out, mean of the kinds'), msg('mean of kinds'), KINDS),
  ...KINDS.map((kind) => heldOut(`held-out-${kind}`, said('Held-out {kind}', { kind }), kind, [kind])),
  heldOut(
    'held-out-long',
    msg('Held-out deduction, 7–10 lines'),
    msg('7–10 lines'),
    ['deduction'],
    LONG_TIERS,
  ),
  ...measuresOf(METRICS),
  NEW_TASK_LINES,
];

export function measureNamed(id: string): Measure {
  return MEASURES.find((measure) => measure.id === id) ?? (MEASURES[0] as Measure);
}
