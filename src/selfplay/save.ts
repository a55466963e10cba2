/**
 * A run between two steps: kept, it can be gone on with, on the same backend exactly. The streams of the steps to come
 * begin anew from their names (`Random.fork`), so only the few that go through a whole run have a state.
 */
import { ALL_KINDS } from '../tasks/task.ts';
import type { Context } from './context.ts';
import type { HeldOut } from './heldOut.ts';
import type { SavedRun, SavedState } from './savedRun.ts';

/** The run after `step`. To be called between two steps. */
export async function saveRun(context: Context, heldOut: HeldOut, step: number): Promise<SavedRun> {
  const { reasoner, buffers, clock, named, examples } = context;
  const [weights, optimizer] = [await reasoner.save(), await reasoner.saveOptimizer()];
  const kept = ALL_KINDS.map((kind) => [kind, buffers[kind].state()] as const);
  const state: SavedState = {
    step,
    named,
    seconds: clock.total,
    buffers: Object.fromEntries(kept) as SavedState['buffers'],
    heldOut: heldOut.state(),
    examples: examples.state(),
  };
  return { state, weights, optimizer };
}

/** Puts a context whose reasoner has the base, frozen, where the saved run was. */
export async function restoreRun(context: Context, heldOut: HeldOut, saved: SavedRun): Promise<void> {
  const { state, weights, optimizer } = saved;
  await context.reasoner.load(weights);
  await context.reasoner.loadOptimizer(optimizer);
  // A kind that this version has and that one had not begins empty.
  for (const kind of ALL_KINDS) if (state.buffers[kind]) context.buffers[kind].restore(state.buffers[kind]);
  heldOut.restore(state.heldOut);
  context.examples.restore(state.examples);
  context.clock.total = state.seconds;
  context.named = state.named;
}
