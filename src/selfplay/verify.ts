/** VERIFY: the sandbox as environment (paper §3.3.3). Every proposal becomes a task or is refused for one reason. */
import type { Valid } from '../tasks/kind.ts';
import type { Task } from '../tasks/task.ts';
import { prepareProposal, verifyAll } from '../tasks/verification.ts';
import { type Context, rulesOf } from './context.ts';
import type { Proposal } from './records.ts';

/** Fills in the verdicts of proposals, with one batch of runs. */
export async function verify(context: Context, proposals: readonly Proposal[]): Promise<void> {
  const rules = rulesOf(context);
  const verified = await verifyAll(
    proposals.map((proposal) => {
      const spec = context.wording.specs[proposal.kind];
      return { spec, references: proposal.references, proposal: prepareProposal(spec, proposal, rules) };
    }),
    context.sandbox,
    rules,
  );
  for (const [i, proposal] of proposals.entries()) Object.assign(proposal, verified[i]);
}

/** Makes tasks of the valid proposals of `step` (0 in seeding). */
export function nameTasks(context: Context, proposals: readonly Proposal[], step: number): void {
  for (const proposal of proposals) {
    const { kind, verdict, references, inner } = proposal;
    if (!verdict?.ok) continue;
    const parents = inner ? [...references, inner] : references;
    proposal.task = nameTask(context, { kind, parents }, verdict, step);
  }
}

/** The buffer's own task where it holds this text already, else a new one. */
export function nameTask(
  context: Context,
  { kind, parents }: Pick<Task, 'kind'> & { parents: readonly Task[] },
  { triplet, fingerprint }: Valid,
  step: number,
): Task {
  const known = context.buffers[kind].find(triplet);
  if (known && context.config.rejectKnownText) return known;
  context.named++;
  return {
    id: `${kind[0]}${context.named}`,
    kind,
    ...triplet,
    step,
    parents: parents.map(({ id }) => id),
    fingerprint,
    solveRate: null,
  };
}
