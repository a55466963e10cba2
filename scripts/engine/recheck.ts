/** Every task that a run brings along is run again: another judge may not say the same of it. */
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { SavedState } from '../../src/selfplay/savedRun.ts';
import { SPECS } from '../../src/tasks/index.ts';
import { ALL_KINDS, type Task } from '../../src/tasks/task.ts';

/**
 * The state without the tasks whose programs do not return here what their tasks say, and the ids of these. Tasks of
 * kinds whose programs may raise are believed: what a task says of an exception is no literal to compare.
 */
export async function recheck(
  state: SavedState,
  sandbox: Sandbox,
): Promise<{ state: SavedState; dropped: string[] }> {
  const tasks = ALL_KINDS.filter((kind) => !SPECS[kind].mayRaise).flatMap(
    (kind) => state.buffers[kind]?.tasks ?? [],
  );
  const results = await sandbox.run(
    tasks.map((task) => ({ program: task.program, inputs: pairs(task).map(({ input }) => input), runs: 2 })),
  );
  const dropped = new Set(
    tasks.flatMap((task, i) => {
      const expected = pairs(task);
      const agrees = results[i]!.outcomes.every(
        (outcome, k) => outcome.ok && outcome.output === expected[k]!.output,
      );
      return agrees ? [] : [task.id];
    }),
  );
  if (dropped.size === 0) return { state, dropped: [] };
  const buffers = { ...state.buffers };
  for (const kind of ALL_KINDS) {
    const buffer = buffers[kind];
    if (buffer) buffers[kind] = { ...buffer, tasks: buffer.tasks.filter(({ id }) => !dropped.has(id)) };
  }
  return { state: { ...state, buffers }, dropped: [...dropped] };
}

function pairs({ input, output, examples }: Task): readonly { input: string; output: string }[] {
  return examples ?? [{ input, output }];
}
