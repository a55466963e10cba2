/** A task that a person wrote, put into the buffer between two steps. The run is then no longer without human data. */
import type { Valid } from '../tasks/kind.ts';
import type { TaskKind } from '../tasks/task.ts';
import type { Context } from './context.ts';
import type { TakeGift } from './events.ts';
import { remember } from './remember.ts';
import { nameTask } from './verify.ts';

/**
 * Takes a verified task in as the buffer takes any other, marked as a person's; `after` is the step that was taken
 * last. From the next step on it is a reference of proposals and is practised like those of the reasoner's own.
 */
export async function takeGift(
  context: Context,
  kind: TaskKind,
  valid: Valid,
  after: number,
): ReturnType<TakeGift> {
  if (!context.kinds.includes(kind)) return 'off';
  if (context.buffers[kind].find(valid.triplet)) return 'known';
  const named = nameTask(context, { kind, parents: [] }, valid, after);
  const task = { ...named, byHand: true as const };
  const { added, known } = await remember(context, [task]);
  if (known.length > 0) return 'known';
  return added.length > 0 ? task : 'full';
}
