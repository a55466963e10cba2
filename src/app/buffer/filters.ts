/** Which tasks the browser of the buffer shows, and in which order. */
import { type SolveState, solveState } from '../../run/taskBook.ts';
import { ALL_KINDS, type Task, type TaskKind } from '../../tasks/task.ts';

export type SortKey = 'newest' | 'oldest' | 'hardest' | 'easiest' | 'longest' | 'shortest';

export interface Filters {
  kinds: ReadonlySet<TaskKind>;
  states: ReadonlySet<SolveState>;
  text: string;
  sort: SortKey;
}

/** No set chosen means everything. */
export const NO_FILTERS: Filters = { kinds: new Set(), states: new Set(), text: '', sort: 'newest' };

/** The tasks that pass, sorted; equal ones keep the order in which they came, newest first. */
export function selectTasks(tasks: readonly Task[], { kinds, states, text, sort }: Filters): Task[] {
  const wanted = text.trim().toLowerCase();
  const found: Task[] = [];
  for (let at = tasks.length - 1; at >= 0; at--) {
    const task = tasks[at] as Task;
    if (kinds.size > 0 && !kinds.has(task.kind)) continue;
    if (states.size > 0 && !states.has(solveState(task))) continue;
    if (wanted && !matches(task, wanted)) continue;
    found.push(task);
  }
  return found.sort(ORDER[sort]);
}

/** How many tasks each choice of kind and of state would show, the other filters as they are. */
export function countChoices(
  tasks: readonly Task[],
  filters: Filters,
): { byKind: Record<TaskKind, number>; byState: Record<SolveState, number> } {
  const wanted = filters.text.trim().toLowerCase();
  const byKind = Object.fromEntries(ALL_KINDS.map((kind) => [kind, 0])) as Record<TaskKind, number>;
  const byState: Record<SolveState, number> = { new: 0, never: 0, sometimes: 0, always: 0 };
  for (const task of tasks) {
    if (wanted && !matches(task, wanted)) continue;
    const state = solveState(task);
    if (filters.states.size === 0 || filters.states.has(state)) byKind[task.kind]++;
    if (filters.kinds.size === 0 || filters.kinds.has(task.kind)) byState[state]++;
  }
  return { byKind, byState };
}

function matches(task: Task, wanted: string): boolean {
  return (
    task.program.toLowerCase().includes(wanted) ||
    task.input.toLowerCase().includes(wanted) ||
    task.output.toLowerCase().includes(wanted) ||
    task.id.toLowerCase() === wanted
  );
}

/** Tasks without attempts come last when sorted by how often they are solved. */
const rate = (task: Task, missing: number) => task.solveRate ?? missing;

const ORDER: Record<SortKey, (p: Task, q: Task) => number> = {
  newest: (p, q) => q.step - p.step,
  oldest: (p, q) => p.step - q.step,
  hardest: (p, q) => rate(p, 2) - rate(q, 2),
  easiest: (p, q) => rate(q, -1) - rate(p, -1),
  longest: (p, q) => q.program.length - p.program.length,
  shortest: (p, q) => p.program.length - q.program.length,
};

/** A set with one element put in or taken out. */
export function toggled<T>(set: ReadonlySet<T>, element: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(element)) next.add(element);
  return next;
}
