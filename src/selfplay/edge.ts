/**
 * Where there is something to learn: among tasks that are solved sometimes, not always and not never. How often a kind of
 * program is solved is told by its length and its shape, as it was measured in the latest steps.
 */
import { linesOf, shapeOf } from '../language/shape.ts';
import type { Random } from '../random.ts';
import type { Task } from '../tasks/task.ts';

/** Tasks made in so many steps before this one say how the solver does today. */
const RECENT_STEPS = 31;

/** Each length is at first thought to be like the one below it, as if so many tasks had said so, and a little harder. */
const PRIOR_TASKS = 4;
const HARDER = 0.95;
/** The solve rate that is assumed below the shortest program. */
const EASIEST = 0.9;

/** How much tasks of a shape say about the same shape at lengths nearby. */
const NEARBY = [0.25, 0.5, 1, 0.5, 0.25];

/** Tasks in groups of one shape, in the order in which the shapes first occur. */
export function byShape<T extends Pick<Task, 'program'>>(tasks: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const task of tasks) {
    const shape = shapeOf(task.program);
    const group = groups.get(shape);
    if (group) group.push(task);
    else groups.set(shape, [task]);
  }
  return groups;
}

/** Up to `count` distinct tasks, a task of a rare shape as likely as one of a common shape. */
export function sampleByShape<T extends Pick<Task, 'program'>>(
  tasks: readonly T[],
  count: number,
  random: Random,
): T[] {
  const shapes = [...byShape(tasks).values()];
  const drawn = new Set<T>();
  for (let i = 0; i < count && shapes.length > 0; i++) drawn.add(random.pick(random.pick(shapes)));
  return [...drawn];
}

/** Measured solve rates, summed. */
interface Cell {
  tasks: number;
  rates: number;
}

/** The solve rate to be expected of a program, between 0 and 1 and never either. */
export type ExpectedRate = (program: string) => number;

/**
 * What to expect at `step`, from the solve rates of `tasks` made shortly before: by shape and length where the shape was tried
 * at that length or nearby, by length alone where it was not, and of a length that nobody tried that it is a little harder than
 * the one below.
 */
export function expectedRates(tasks: readonly Task[], step: number, longest: number): ExpectedRate {
  const cells = new Map<string, Cell>();
  const add = (key: string, rate: number) => {
    const { tasks: count, rates } = cells.get(key) ?? { tasks: 0, rates: 0 };
    cells.set(key, { tasks: count + 1, rates: rates + rate });
  };
  for (const { program, solveRate, step: made } of tasks) {
    if (solveRate === null || made < step - RECENT_STEPS) continue;
    add(`${linesOf(program)}`, solveRate);
    add(`${shapeOf(program)} ${linesOf(program)}`, solveRate);
  }
  let below = EASIEST;
  const ofLength = Array.from({ length: longest + 1 }, (_, lines) => {
    below = mixed(cells.get(`${lines}`), below * HARDER);
    return below;
  });
  return (program) => {
    const [shape, lines] = [shapeOf(program), linesOf(program)];
    const seen: Cell = { tasks: 0, rates: 0 };
    for (const [i, weight] of NEARBY.entries()) {
      const cell = cells.get(`${shape} ${lines + i - 2}`);
      if (!cell) continue;
      seen.tasks += weight * cell.tasks;
      seen.rates += weight * cell.rates;
    }
    return mixed(seen, ofLength[Math.min(lines, longest)] as number);
  };
}

function mixed({ tasks, rates }: Cell = { tasks: 0, rates: 0 }, prior: number): number {
  return (rates + PRIOR_TASKS * prior) / (tasks + PRIOR_TASKS);
}
