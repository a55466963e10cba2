/** The charts of the run, made of the table of metrics. */
import { ALL_KINDS, KINDS, type TaskKind } from '../../tasks/task.ts';
import type { Chart, Metric, Table } from '../../watch/metrics/metric.ts';
import { METRICS } from '../../watch/metrics/table.ts';
import { compact, hundredths, percent, withinSentence } from '../format.ts';
import type { ChartText } from './ChartCard.tsx';
import type { Line } from './Plot.tsx';

export interface ChartDefinition {
  /** The metric's. */
  key: string;
  panel: Chart['panel'];
  text: ChartText;
  lines: readonly Line[];
  /** Column of each line. */
  columns: readonly string[];
  yRange?: readonly [number, number];
  formatY: (value: number) => string;
}

/** The charts of a table, in its order. */
export function chartsOf(table: Table): ChartDefinition[] {
  return Object.entries(table).flatMap(([key, metric]) => {
    const { chart, label, unit } = metric;
    if (!chart) return [];
    const drawn = linesOf(key, metric, chart);
    return {
      key,
      panel: chart.panel,
      text: { ...chart, title: label },
      lines: drawn.map(([line]) => line),
      columns: drawn.map(([, column]) => column),
      yRange: chart.fits ? undefined : rangeOf(unit),
      formatY: FORMATS[unit] ?? compact,
    };
  });
}

/** Limits of y, where a unit has them. */
export function rangeOf(unit: Metric['unit']): readonly [number, number] | undefined {
  return unit === 'share' ? [0, 1] : unit === 'reward' ? [-1, 1] : undefined;
}

const FORMATS: Partial<Record<Metric['unit'], (value: number) => string>> = {
  share: percent,
  reward: hundredths,
  bytes: (value) => compact(value / 1e6),
};

const DASH = [5, 4];
/** Lines of one colour are told apart by these: solid, dashed, dotted. */
const DASHES = [undefined, DASH, [1.5, 3]];
const COLOURS = KINDS.map((kind) => `--${kind}`);

function linesOf(
  key: string,
  { label, by }: Metric,
  { lines, solverOnly, isSparse }: Chart,
): [Line, string][] {
  if (lines)
    return Object.entries(lines).map(([name, column], at, { length }) => [
      { ...plainLine(name, at, length), isSparse, isExact: isSparse },
      column,
    ]);
  switch (by) {
    case 'kind':
      return ALL_KINDS.map((kind) => [kindLine(kind), `${key}:${kind}`]);
    case 'role':
      return ['solve', 'propose'].map((role, at) => [plainLine(role, at, 2), `${key}:${role}`]);
    case 'role and kind':
      return ALL_KINDS.flatMap((kind): [Line, string][] => {
        const { colour, isOptional } = kindLine(kind);
        if (solverOnly) return [[kindLine(kind), `${key}:solve:${kind}`]];
        return [
          [{ label: `solve ${kind}`, colour, isOptional }, `${key}:solve:${kind}`],
          [{ label: `propose ${kind}`, colour, isOptional, dash: DASH }, `${key}:propose:${kind}`],
        ];
      });
    case undefined:
      return [[plainLine(withinSentence(label), 0, 1), key]];
  }
}

function kindLine(kind: TaskKind): Line {
  return { label: kind, short: kind.slice(0, 3), colour: `--${kind}`, isOptional: !KINDS.includes(kind) };
}

/** One of a few lines that belong to no kind: solid and dashed ink, or, where they are many, in colours. */
function plainLine(label: string, at: number, of: number): Line {
  const colours = of > 2 ? COLOURS : ['--ink'];
  return {
    label,
    colour: colours[at % colours.length] as string,
    dash: DASHES[Math.floor(at / colours.length) % DASHES.length],
  };
}

export const CHARTS = chartsOf(METRICS);
