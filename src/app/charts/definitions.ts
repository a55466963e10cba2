/** The charts of the run, made of the table of metrics. */

import { SPECS } from '../../tasks/index.ts';
import { ALL_KINDS, KINDS, type TaskKind } from '../../tasks/task.ts';
import type { Chart, Metric, Table } from '../../watch/metrics/metric.ts';
import { METRICS } from '../../watch/metrics/table.ts';
import { msg } from '../../words/words.ts';
import { compact, hundredths, percent, withinSentence } from '../format.ts';
import type { ChartText } from './ChartCard.tsx';
import type { Line } from './line.ts';

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
    const { chart, label, unit, formula, dependsOn } = metric;
    if (!chart) return [];
    const drawn = linesOf(key, metric, chart);
    return {
      key,
      panel: chart.panel,
      text: { ...chart, title: label, formula, dependsOn },
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

const ROLES = [msg('solve'), msg('propose')];
const DASH = [5, 4];
/** Lines of one colour are told apart by these: solid, dashed, dotted. */
const DASHES = [undefined, DASH, [1.5, 3]];
const COLOURS = KINDS.map((kind) => `--${kind}`);

function linesOf(
  key: string,
  { label, by }: Metric,
  { lines, solverOnly, isSparse, beside }: Chart,
): [Line, string][] {
  if (lines)
    return lines.map(({ label: name, column }, at, { length }) => [
      { ...plainLine(name, at, length), isSparse, isExact: isSparse },
      column,
    ]);
  switch (by) {
    case 'kind':
      return [
        ...ALL_KINDS.map((kind): [Line, string] => [kindLine(kind), `${key}:${kind}`]),
        ...(beside
          ? ALL_KINDS.map((kind): [Line, string] => [
              besideLine(kind, filled(beside.label, { kind })),
              `${beside.metric}:${kind}`,
            ])
          : []),
      ];
    case 'role':
      return ROLES.map((role, at) => [plainLine(role, at, 2), `${key}:${role}`]);
    case 'role and kind':
      return ALL_KINDS.flatMap((kind): [Line, string][] => {
        const { colour, isOptional } = kindLine(kind);
        const { short } = SPECS[kind];
        if (solverOnly) return [[kindLine(kind), `${key}:solve:${kind}`]];
        return [
          [
            {
              label: filled(msg('solve {kind}'), { kind }),
              short: filled(msg('solve {short}'), { short }),
              colour,
              isOptional,
            },
            `${key}:solve:${kind}`,
          ],
          [
            {
              label: filled(msg('propose {kind}'), { kind }),
              short: filled(msg('prop. {short}'), { short }),
              colour,
              isOptional,
              dash: DASH,
            },
            `${key}:propose:${kind}`,
          ],
        ];
      });
    case undefined:
      return [[plainLine(withinSentence(label), 0, 1), key]];
  }
}

function kindLine(kind: TaskKind): Line {
  const { noun: name, short } = SPECS[kind];
  return { label: name, short, colour: `--${kind}`, isOptional: !KINDS.includes(kind) };
}

/** Measured now and then, of the same kind: not there before it is measured. */
function besideLine(kind: TaskKind, label: string): Line {
  const { colour } = kindLine(kind);
  return { label, follows: kind, colour, dash: DASH, isSparse: true, isExact: true, isOptional: true };
}

/** An English text with its places filled in: the page takes it apart again to say it in another language. */
const filled = (text: string, values: Readonly<Record<string, string>>) =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);

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
