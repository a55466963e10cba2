/**
 * `bench/results/engine.svg`: how the cost of a step grows, and how many times Kelvin's figures the others' are.
 * Engines differ in colour and in shape of mark; the colours are of Okabe and Ito's palette, and follow the
 * reader's light or dark page.
 */
import { label, round, rule } from '../scripts/document/svg.ts';
import { brief, shapeText } from './format.ts';
import { type Panel, type PlotData, plotDataOf, type Ratio } from './plotData.ts';
import type { Entry } from './results.ts';
import { ENGINE_LABELS, ENGINES, type EngineName } from './rivals/engine.ts';
import type { SweepDimension } from './workload.ts';

const WIDTH = 960;
const MARGIN = 24;
const PANEL = { left: 62, gap: 26, top: 104, height: 210 };
const AXIS_LABELS: Record<SweepDimension, string> = {
  width: 'width',
  layers: 'layers',
  batch: 'sequences of a batch',
  length: 'tokens of a sequence',
};

const STYLE = `
    svg { --ink: #1b1f24; --faint: #d5d9de; --soft: #59636e; --kelvin: #0072b2; --tfjs: #d55e00; --jaxjs: #007a5a; }
    @media (prefers-color-scheme: dark) {
      svg { --ink: #e6edf3; --faint: #3a424b; --soft: #9ea7b1; --kelvin: #56b4e9; --tfjs: #e69f00; --jaxjs: #2cc295; }
    }
    text { font: 12px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: var(--ink); }
    .title { font-size: 15px; font-weight: 600; }
    .soft { fill: var(--soft); }
    .grid { stroke: var(--faint); stroke-width: 1; }
    .one { stroke: var(--soft); stroke-width: 1.5; }
    .line { fill: none; stroke-width: 2; }
    ${ENGINES.map((name) => `.${name} { stroke: var(--${name}); fill: var(--${name}); }`).join('\n    ')}
    .line { fill: none; }`;

/** The whole picture; says so when there is nothing to draw. */
export function plotOf(entries: readonly Entry[]): string {
  const data = plotDataOf(entries);
  const sweep = sweepPart(data);
  const ratios = ratioPart(data.ratios, sweep.bottom);
  const height = ratios.bottom + MARGIN;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Cost of a training step: Kelvin, plain TensorFlow.js and jax-js">
  <style>${STYLE}
  </style>
${legend()}
${sweep.text}
${ratios.text}
</svg>
`;
}

function legend(): string {
  let x = MARGIN;
  return ENGINES.map((name) => {
    const item = `${mark(name, x + 6, 24)}${label(ENGINE_LABELS[name], x + 18, 28)}`;
    x += 44 + 6.4 * ENGINE_LABELS[name].length;
    return item;
  }).join('\n');
}

function sweepPart({ adapter, base, panels }: PlotData): { text: string; bottom: number } {
  const drawn = panels.filter(({ lines }) => lines.length > 0);
  if (!adapter || !base || drawn.length === 0) return { text: '', bottom: 48 };
  const all = drawn.flatMap(({ lines }) => lines.flatMap(({ points }) => points.map(({ y }) => y)));
  const y = logScale(
    [Math.min(...all.map(({ min }) => min)), Math.max(...all.map(({ max }) => max))],
    [PANEL.top + PANEL.height, PANEL.top],
  );
  const width = (WIDTH - PANEL.left - MARGIN - PANEL.gap * (drawn.length - 1)) / drawn.length;
  const text = [
    label('Milliseconds of a training step', MARGIN, 60, 'class="title"'),
    label(`${adapter}; one dimension changes, the others are ${shapeText(base)}`, MARGIN, 80, 'class="soft"'),
    ...y.ticks.map((tick) =>
      label(tick.toLocaleString('en'), PANEL.left - 8, y.at(tick) + 4, 'text-anchor="end" class="soft"'),
    ),
    ...drawn.map((panel, i) => sweepPanel(panel, PANEL.left + i * (width + PANEL.gap), width, y)),
  ].join('\n');
  return { text, bottom: PANEL.top + PANEL.height + 56 };
}

function sweepPanel({ dimension, lines }: Panel, left: number, width: number, y: Scale): string {
  const values = [...new Set(lines.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  const x = logScale([values[0]!, values.at(-1)!], [left + 14, left + width - 14], false);
  const bottom = PANEL.top + PANEL.height;
  return [
    ...y.ticks.map((tick) => rule(left, y.at(tick), left + width, y.at(tick), 'grid')),
    ...values.map((value) =>
      label(String(value), x.at(value), bottom + 18, 'text-anchor="middle" class="soft"'),
    ),
    label(AXIS_LABELS[dimension], left + width / 2, bottom + 38, 'text-anchor="middle"'),
    ...lines.flatMap(({ engine, points }) => [
      `  <polyline class="line ${engine}" style="fill:none" points="${points.map((p) => `${round(x.at(p.x))},${round(y.at(p.y.median))}`).join(' ')}"/>`,
      ...points.map((p) => rule(x.at(p.x), y.at(p.y.min), x.at(p.x), y.at(p.y.max), engine)),
      ...points.map((p) => mark(engine, x.at(p.x), y.at(p.y.median))),
    ]),
  ].join('\n');
}

function ratioPart(ratios: readonly Ratio[], top: number): { text: string; bottom: number } {
  if (ratios.length === 0) return { text: label('Nothing was measured yet.', MARGIN, top), bottom: top };
  const most = Math.max(2, ...ratios.flatMap(({ values }) => values.map(({ times }) => times.max)));
  const least = Math.min(1, ...ratios.flatMap(({ values }) => values.map(({ times }) => times.min)));
  const [left, right] = [290, WIDTH - 70];
  const x = logScale([least, most], [left, right]);
  const first = top + 52;
  const bottom = first + 26 * ratios.length;
  const text = [
    label('Times Kelvin’s figure', MARGIN, top + 16, 'class="title"'),
    ...x.ticks.map((tick) =>
      rule(x.at(tick), first - 16, x.at(tick), bottom - 10, tick === 1 ? 'one' : 'grid'),
    ),
    ...x.ticks.map((tick) => label(`${tick}×`, x.at(tick), bottom + 8, 'text-anchor="middle" class="soft"')),
    ...ratios.flatMap(({ label: name, values }, i) => {
      const y = first + 26 * i;
      return [
        label(name, left - 16, y + 4, 'text-anchor="end"'),
        // What is written lies outside of the marks, so that near ones do not write over each other.
        ...[...values]
          .sort((a, b) => a.times.median - b.times.median)
          .flatMap(({ engine, times }, place) => [
            rule(x.at(times.min), y, x.at(times.max), y, engine),
            mark(engine, x.at(times.median), y),
            place < values.length - 1
              ? label(`${brief(times.median)}×`, x.at(times.min) - 9, y + 4, 'text-anchor="end" class="soft"')
              : label(`${brief(times.median)}×`, x.at(times.max) + 9, y + 4, 'class="soft"'),
          ]),
      ];
    }),
  ].join('\n');
  return { text, bottom: bottom + 12 };
}

interface Scale {
  at(value: number): number;
  ticks: number[];
}

/** A logarithmic axis over `range` of the picture; widened to whole 1, 2 and 5 where it has ticks of its own. */
export function logScale([low, high]: [number, number], range: [number, number], widen = true): Scale {
  const steps: number[] = [];
  for (let decade = Math.floor(Math.log10(low)) - 1; decade <= Math.ceil(Math.log10(high)); decade++) {
    for (const digit of [1, 2, 5]) steps.push(Number(`${digit}e${decade}`));
  }
  const from = widen ? steps.findLast((step) => step <= low)! : low;
  const to = widen ? steps.find((step) => step >= high)! : high;
  const within = steps.filter((step) => step >= from && step <= to);
  // Powers of ten alone where there are many.
  const ticks = within.length > 7 ? within.filter((step) => Number.isInteger(Math.log10(step))) : within;
  const span = Math.log(to / from) || 1;
  return { at: (value) => range[0] + (Math.log(value / from) / span) * (range[1] - range[0]), ticks };
}

/** A disc, a square or a triangle. */
function mark(engine: EngineName, x: number, y: number): string {
  const [a, b] = [round(x), round(y)];
  switch (engine) {
    case 'kelvin':
      return `  <circle class="${engine}" cx="${a}" cy="${b}" r="4.5"/>`;
    case 'tfjs':
      return `  <rect class="${engine}" x="${round(a - 4)}" y="${round(b - 4)}" width="8" height="8"/>`;
    case 'jaxjs':
      return `  <path class="${engine}" d="M${a} ${round(b - 5)}l5 9h-10z"/>`;
  }
}
