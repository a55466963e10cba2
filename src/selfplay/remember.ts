/** REMEMBER: every valid new task enters its buffer, whatever its reward (§3.3.1). */
import type { Task } from '../tasks/task.ts';
import type { Context } from './context.ts';
import type { AttemptGroup } from './records.ts';

/**
 * Puts new tasks into their buffers and writes the latest solve rates into the tasks that were attempted; what
 * changed is told. `known` are those that did not enter since their text or enough of their behaviour is there.
 */
export async function remember(
  context: Context,
  tasks: readonly Task[],
  groups: readonly AttemptGroup[] = [],
): Promise<{ added: Task[]; known: Task[] }> {
  const updated = setSolveRates(context, groups);
  const added: Task[] = [];
  const known: Task[] = [];
  const evicted: string[] = [];
  for (const task of tasks) {
    const addition = context.buffers[task.kind].add(task);
    if (addition.added) {
      added.push(task);
      if (addition.evicted) evicted.push(addition.evicted.id);
    } else if (addition.why === 'known') known.push(task);
  }
  // Copies are told: the loop goes on changing its own tasks.
  await context.emit({ type: 'tasks', added: added.map((task) => ({ ...task })), updated, evicted });
  return { added, known };
}

/** Writes solve rates into the tasks; a single attempt says too little to be one. Returns those of the buffers. */
function setSolveRates(
  { buffers }: Context,
  groups: readonly AttemptGroup[],
): { id: string; solveRate: number }[] {
  return groups.flatMap(({ task, attempts, solveRate }) => {
    if (attempts.length < 2 || solveRate === null) return [];
    task.solveRate = solveRate;
    return buffers[task.kind].has(task) ? [{ id: task.id, solveRate }] : [];
  });
}
