/**
 * The curves of an experiment as one picture: a panel for each figure, a line for each arm (or, with one arm, for
 * each kind), the mean over seeds with the range of the seeds behind it. Several arms at several sizes have panels
 * for each size, where an arm keeps its colour.
 */
import { experimentNamed } from '../../../src/experiments/definitions.ts';
import {
  type ArmResult,
  type CurvePoint,
  type ExperimentResult,
  resultFile,
  type Scores,
} from '../../../src/experiments/results.ts';
import { heldOut, spreadOf } from '../../../src/experiments/summary.ts';
import { KINDS, type TaskKind } from '../../../src/tasks/task.ts';
import { label, round, rule } from '../../document/svg.ts';
import { labelOf } from './format.ts';

interface PanelSpec {
  title: string;
  /** Null where a step has no such number. */
  value: (point: CurvePoint, kind: TaskKind) => number | null | undefined;
  /** Drawn for each kind; otherwise the kind is nothing to it. */
  byKind?: boolean;
  /** From 0 to 1. */
  isShare?: boolean;
  /** Of the base, drawn at step 0. */
  start?: (scores: Scores, kind: TaskKind) => number | null;
}

interface Line {
  /** Number of its colour. */
  colour: number;
  points: { x: number; mean: number; low: number; high: number }[];
}

/** Okabe and Ito's palette and two more, for light and for dark pages. */
const LIGHT = ['#0072b2', '#d55e00', '#007a5a', '#a3547c', '#8a6d00', '#1b1f24', '#6f42c1', '#c2185b'];
const DARK = ['#56b4e9', '#e69f00', '#2cc295', '#d68fb3', '#d9c94a', '#e6edf3', '#b794f6', '#ff8fab'];
const DASHES = ['', '6 3', '2 3', '8 3 2 3', '1 2', '10 4', '4 1 1 1', '12 3'];

const WIDTH = 960;
const COLUMNS = 3;
const PANEL = { left: 46, right: 14, top: 34, width: 250, height: 150, below: 44 };

const HELD_OUT: PanelSpec = {
  title: 'held out, tiers 2–4',
  byKind: true,
  isShare: true,
  value: (point, kind) => {
    const tiers = [2, 3, 4].flatMap((tier) => point.heldOut?.[kind]?.[tier] ?? []);
    return spreadOf(tiers)?.mean;
  },
  start: (scores, kind) => heldOut(kind, [2, 3, 4])(scores),
};
const THINKS: PanelSpec = {
  title: 'attempts that think',
  byKind: true,
  isShare: true,
  value: ({ thinkShare }, kind) => thinkShare[kind],
};
const LENGTH: PanelSpec = {
  title: 'tokens of a solution',
  byKind: true,
  value: ({ responseLength }, kind) => responseLength[`solve:${kind}`],
};
const GUESSES: PanelSpec = {
  title: 'abductions with two or more guesses',
  isShare: true,
  value: ({ trialAndError }) => trialAndError,
};
const PROPOSER: readonly PanelSpec[] = [
  { title: 'valid proposals', isShare: true, value: ({ validRate }) => validRate },
  { title: 'new tasks of a step', value: ({ newTasks }) => newTasks },
  { title: 'behaviours in the buffers', value: ({ behaviours }) => behaviours },
  { title: 'groups without signal', isShare: true, value: ({ zeroSignal }) => zeroSignal },
  { title: 'entropy', value: ({ entropy }) => entropy },
  { title: 'KL to the base', value: ({ klToBase }) => klToBase },
];

const SPECS: Readonly<Record<string, readonly PanelSpec[]>> = {
  emergence: [HELD_OUT, THINKS, LENGTH, GUESSES],
  long: [HELD_OUT, THINKS, LENGTH, GUESSES],
  collapse: [HELD_OUT, ...PROPOSER],
  cures: [HELD_OUT, THINKS, ...PROPOSER],
};

/** Name of the picture, beside those of the other experiments. */
export function plotFile({ name, budget }: ExperimentResult): string {
  return resultFile(name, budget.level).replace(/\.json$/, '.svg');
}

/** The picture. */
export function plotOf(result: ExperimentResult): string {
  const experiment = experimentNamed(result.name);
  if (!experiment) throw new RangeError(`There is no experiment “${result.name}”.`);
  const { arms } = result;
  const specs = SPECS[result.name] ?? [HELD_OUT];
  const sizes = [...new Set(arms.map(({ size }) => size))];
  const isGrid = sizes.length > 1 && new Set(arms.map(({ arm }) => arm)).size > 1;
  const panels = isGrid
    ? sizes.flatMap((size) => {
        const ofSize = arms.filter((arm) => arm.size === size);
        return panelsByArm(specs, ofSize, (arm) =>
          experiment.arms.findIndex(({ name }) => name === arm.arm),
        ).map((panel) => ({ ...panel, title: `${size}: ${panel.title}` }));
      })
    : arms.length === 1
      ? panelsByKind(specs, arms[0] as ArmResult)
      : panelsByArm(specs, arms, (arm) => arms.indexOf(arm));
  const names = isGrid
    ? experiment.arms.map(({ name, label }) => (arms.some(({ arm }) => arm === name) ? label : null))
    : arms.length > 1
      ? arms.map((arm) => (sizes.length > 1 ? arm.size : labelOf(experiment, arm)))
      : [...KINDS];
  const legend = legendOf(names);
  const rows = Math.ceil(panels.length / COLUMNS);
  const rowHeight = PANEL.top + PANEL.height + PANEL.below;
  const drawn = panels.map(({ title, lines, isShare }, i) =>
    panelText({ title, lines, isShare, steps: result.budget.steps }, [
      (i % COLUMNS) * (PANEL.left + PANEL.width + PANEL.right),
      legend.bottom + Math.floor(i / COLUMNS) * rowHeight,
    ]),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${legend.bottom + rows * rowHeight}" role="img" aria-label="${experiment.title}: curves over the steps, mean over ${result.budget.seeds.length} seeds">
  <style>${style()}
  </style>
${legend.text}
${drawn.join('\n')}
</svg>
`;
}

/** A line for each arm; what differs by kind has a panel for each. */
function panelsByArm(
  specs: readonly PanelSpec[],
  arms: readonly ArmResult[],
  colourOf: (arm: ArmResult) => number,
) {
  return specs.flatMap((spec) => {
    const { title, byKind, isShare = false } = spec;
    const ofKind = (kind: TaskKind) => arms.map((arm) => lineOf(arm, spec, kind, colourOf(arm)));
    return byKind
      ? KINDS.map((kind) => ({ title: `${kind}, ${title}`, isShare, lines: ofKind(kind) }))
      : [{ title, isShare, lines: ofKind('deduction') }];
  });
}

/** Of a single arm: a line for each kind, or one line where the kind is nothing to it. */
function panelsByKind(specs: readonly PanelSpec[], arm: ArmResult) {
  return specs.map((spec) => {
    const { title, byKind, isShare = false } = spec;
    const kinds = byKind ? KINDS : KINDS.slice(0, 1);
    return { title, isShare, lines: kinds.map((kind, i) => lineOf(arm, spec, kind, i)) };
  });
}

function lineOf(arm: ArmResult, { value, start }: PanelSpec, kind: TaskKind, colour: number): Line {
  const byStep = new Map<number, number[]>();
  const add = (step: number, y: number | null | undefined) => {
    if (y !== null && y !== undefined) byStep.set(step, [...(byStep.get(step) ?? []), y]);
  };
  for (const { curve } of arm.seeds) for (const point of curve) add(point.step, value(point, kind));
  // The base begins a curve; alone it is none.
  if (start && byStep.size > 0) add(0, start(arm.start, kind));
  const points = [...byStep]
    .sort(([a], [b]) => a - b)
    .map(([x, values]) => ({
      x,
      mean: spreadOf(values)?.mean ?? 0,
      low: Math.min(...values),
      high: Math.max(...values),
    }));
  return { colour, points };
}

function panelText(
  {
    title,
    lines,
    isShare,
    steps,
  }: { title: string; lines: readonly Line[]; isShare: boolean; steps: number },
  [x0, y0]: [number, number],
): string {
  const [left, top] = [x0 + PANEL.left, y0 + PANEL.top];
  const bottom = top + PANEL.height;
  const ceiling = isShare
    ? 1
    : niceCeiling(Math.max(0, ...lines.flatMap(({ points }) => points.map((p) => p.high))));
  const x = (step: number) => left + (PANEL.width * step) / Math.max(1, steps);
  const y = (value: number) => bottom - (PANEL.height * value) / ceiling;
  const at = (step: number, value: number) => `${round(x(step))},${round(y(value))}`;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => share * ceiling);
  return [
    label(title, left, y0 + 20, 'class="title"'),
    ...ticks.map((tick) => rule(left, y(tick), left + PANEL.width, y(tick), 'grid')),
    ...ticks.map((tick) =>
      label(String(Number(tick.toPrecision(3))), left - 6, y(tick) + 4, 'text-anchor="end" class="soft"'),
    ),
    ...[0, Math.round(steps / 2), steps].map((step) =>
      label(String(step), x(step), bottom + 18, 'text-anchor="middle" class="soft"'),
    ),
    ...lines.flatMap(({ colour, points }) => {
      if (points.length === 0) return [];
      const upper = points.map((p) => at(p.x, p.high));
      const lower = points.map((p) => at(p.x, p.low)).reverse();
      return [
        `  <polygon class="band c${colour % LIGHT.length}" points="${[...upper, ...lower].join(' ')}"/>`,
        `  <polyline class="line c${colour % LIGHT.length}" points="${points.map((p) => at(p.x, p.mean)).join(' ')}"/>`,
        // A single point has no line to be seen by.
        ...(points.length === 1
          ? points.map(
              (p) =>
                `  <circle class="dot c${colour % LIGHT.length}" cx="${round(x(p.x))}" cy="${round(y(p.mean))}" r="3"/>`,
            )
          : []),
      ];
    }),
  ].join('\n');
}

/** Names in the order of their colours; null where a colour is not used. */
function legendOf(names: readonly (string | null)[]): { text: string; bottom: number } {
  let [x, y] = [PANEL.left, 22];
  const items = names.flatMap((name, i) => {
    if (name === null) return [];
    const width = 46 + 7 * name.length;
    if (x + width > WIDTH) [x, y] = [PANEL.left, y + 22];
    const item = [
      `  <polyline class="line c${i % LIGHT.length}" points="${x},${y - 4} ${x + 26},${y - 4}"/>`,
      label(name, x + 32, y),
    ].join('\n');
    x += width;
    return item;
  });
  return { text: items.join('\n'), bottom: y + 14 };
}

/** The next 1, 2, 4 or 5 times a power of ten. */
function niceCeiling(most: number): number {
  if (!(most > 0)) return 1;
  const decade = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 4, 5, 10].map((digit) => digit * decade).find((value) => value >= most) ?? 10 * decade;
}

function style(): string {
  const colours = (palette: readonly string[]) => palette.map((colour, i) => `--c${i}: ${colour};`).join(' ');
  return `
    svg { --ink: #1b1f24; --faint: #d5d9de; --soft: #59636e; ${colours(LIGHT)} }
    @media (prefers-color-scheme: dark) {
      svg { --ink: #e6edf3; --faint: #3a424b; --soft: #9ea7b1; ${colours(DARK)} }
    }
    text { font: 12px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: var(--ink); }
    .title { font-size: 13px; font-weight: 600; }
    .soft { fill: var(--soft); }
    .grid { stroke: var(--faint); stroke-width: 1; }
    .line { fill: none; stroke-width: 2; }
    .band { stroke: none; opacity: 0.15; }
    ${DASHES.map((dashes, i) => `.line.c${i} { stroke: var(--c${i});${dashes ? ` stroke-dasharray: ${dashes};` : ''} } .band.c${i}, .dot.c${i} { fill: var(--c${i}); }`).join('\n    ')}`;
}
