/**
 * The picture of an experiment. Mostly curves over the steps: a panel for each figure, a line for each variant (or,
 * of a single one, for each kind), the mean over the seeds with the range of the seeds behind it; where the question
 * is what has become of a base, points before and after.
 */
import { type Experiment, experimentNamed } from '../../../src/experiments/definitions.ts';
import { type ArmResult, type ExperimentResult, resultFile } from '../../../src/experiments/results.ts';
import { spreadOf } from '../../../src/experiments/summary.ts';
import { KINDS, type TaskKind } from '../../../src/tasks/task.ts';
import { figure, type Panel, type Row } from '../../common/figure.ts';
import { labelOf } from './format.ts';
import { type Measure, measuresOf } from './measures.ts';
import { curvePanel, type Line } from './panels.ts';

/** Name of the picture, beside those of the other experiments. */
export function plotFile({ name, budget }: ExperimentResult): string {
  return resultFile(name, budget.level).replace(/\.json$/, '.svg');
}

/** The picture. Throws a RangeError when the experiment is not defined. */
export function plotOf(result: ExperimentResult): string {
  const experiment = experimentNamed(result.name);
  if (!experiment) throw new RangeError(`There is no experiment “${result.name}”.`);
  const seeds = `mean over ${result.budget.seeds.length} seeds`;
  return figure(`${experiment.title}: curves over the steps, ${seeds}`, curveRows(experiment, result));
}

function curveRows(experiment: Experiment, { arms, budget }: ExperimentResult): Row[] {
  const measures = measuresOf(experiment);
  const sizes = [...new Set(arms.map(({ size }) => size))];
  const { steps } = budget;
  const [only] = arms;
  if (only && arms.length === 1) {
    const panels = measures.map((measure) => {
      const kinds = measure.byKind ? KINDS : KINDS.slice(0, 1);
      const lines = kinds.map((kind, i) => lineOf(only, measure, kind, kind, i));
      return curvePanel(measure.title, measure, lines, steps, measure.byKind ? 80 : 0);
    });
    return inRows(panels, 2);
  }
  // An arm keeps its colour from size to size.
  const place = (arm: ArmResult) => experiment.arms.findIndex(({ name }) => name === arm.arm);
  const isOneArm = new Set(arms.map(({ arm }) => arm)).size === 1;
  const groups = isOneArm ? [arms] : sizes.map((size) => arms.filter((arm) => arm.size === size));
  return groups.flatMap((group) => {
    const named = group.map((arm, i) =>
      isOneArm
        ? { arm, name: arm.size, place: i }
        : { arm, name: labelOf(experiment, arm), place: place(arm) },
    );
    const margin = 26 + 6.6 * Math.max(...named.map(({ name }) => name.length));
    const figures = measures.flatMap((measure) =>
      (measure.byKind ? KINDS : KINDS.slice(0, 1)).map((kind) => ({
        title: measure.byKind ? `${kind}, ${measure.title}` : measure.title,
        measure,
        lines: named.map((one) => lineOf(one.arm, measure, kind, one.name, one.place)),
      })),
    );
    // Lines are named at the end of each row.
    const panels = figures.map(({ title, measure, lines }, i) =>
      curvePanel(title, measure, lines, steps, i % 3 === 2 || i === figures.length - 1 ? margin : 0),
    );
    const [first, ...others] = inRows(panels, 3);
    const heading = !isOneArm && sizes.length > 1 ? { heading: group[0]?.size ?? '' } : {};
    return first ? [{ ...first, ...heading }, ...others] : [];
  });
}

function lineOf(
  arm: ArmResult,
  { value, start }: Measure,
  kind: TaskKind,
  name: string,
  place: number,
): Line {
  const byStep = new Map<number, number[]>();
  const add = (step: number, y: number | null | undefined) => {
    if (y !== null && y !== undefined) byStep.set(step, [...(byStep.get(step) ?? []), y]);
  };
  for (const { curve } of arm.seeds) for (const point of curve) add(point.step, value(point, kind));
  // The base begins a curve; alone it is none.
  if (start && byStep.size > 0) add(0, start(arm.start, kind));
  const points = [...byStep]
    .sort(([a], [b]) => a - b)
    .map(([step, values]) => ({
      step,
      mean: spreadOf(values)?.mean ?? 0,
      low: Math.min(...values),
      high: Math.max(...values),
    }));
  return { name, place, points };
}

function inRows(panels: readonly Panel[], columns: number): Row[] {
  return Array.from({ length: Math.ceil(panels.length / columns) }, (_, i) => ({
    panels: panels.slice(columns * i, columns * (i + 1)),
  }));
}
