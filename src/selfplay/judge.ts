/** JUDGE: the sandbox as verifier of answers. */
import { judgeAll } from '../tasks/judging.ts';
import type { Context } from './context.ts';
import type { AttemptGroup } from './records.ts';
import { mean, success } from './rewards.ts';

/** Fills in the verdict of every attempt that has none, and the solve rate of every task (the s̄ of Eq 4). */
export async function judge({ sandbox, wording }: Context, groups: readonly AttemptGroup[]): Promise<void> {
  const submissions = groups.flatMap(({ task, attempts }) =>
    attempts.flatMap((rollout) => (rollout.judged ? [] : [{ task, rollout }])),
  );
  const judged = await judgeAll(submissions, sandbox, wording.specs);
  for (const [i, { rollout }] of submissions.entries()) rollout.judged = judged[i]!;
  for (const group of groups) {
    group.solveRate = mean(group.attempts.flatMap(({ judged: it }) => (it ? success(it) : [])));
  }
}
