/** From rewards to advantages (paper Eq 8), of both roles. */
import type { Config } from '../config/hyperparameters.ts';
import type { TaskKind } from '../tasks/task.ts';
import type { AttemptGroup, Proposal } from './records.ts';
import { mean } from './rewards.ts';

/** Deviations below this are rounding, not signal. */
const NO_DEVIATION = 1e-6;

/**
 * Fills in the advantages of a step: for each role and kind A = (r − b) / σ, with σ the deviation of its rewards and b
 * the baseline. TRR++ (Eq 8) has one mean per role and kind for b, which is the proposer's baseline here too; the
 * solver's may also be the mean of a task's own attempts (`baseline`). What has no reward, or only measures a task,
 * has no advantage.
 */
export function setAdvantages(
  proposals: readonly Proposal[],
  groups: readonly AttemptGroup[],
  { baseline }: Pick<Config, 'baseline'>,
): void {
  for (const ofKind of byKind(
    groups.filter(({ trains }) => trains),
    ({ task }) => task.kind,
  )) {
    assign(
      ofKind.map(({ attempts }) => attempts),
      baseline,
    );
  }
  for (const ofKind of byKind(
    proposals.filter(({ reward }) => reward !== null),
    ({ kind }) => kind,
  )) {
    assign([ofKind], 'trr++');
  }
}

function byKind<T>(items: readonly T[], kindOf: (item: T) => TaskKind): Iterable<readonly T[]> {
  const kinds = new Set(items.map(kindOf));
  return [...kinds].map((kind) => items.filter((item) => kindOf(item) === kind));
}

function assign(
  groups: readonly (readonly { reward: number | null; advantage: number | null }[])[],
  baseline: Config['baseline'],
): void {
  const values = advantages(
    groups.map((group) => group.map(({ reward }) => reward ?? 0)),
    baseline,
  );
  for (const [i, group] of groups.entries()) {
    for (const [j, response] of group.entries()) response.advantage = values[i]![j]!;
  }
}

/**
 * Advantages of one role and kind. `rewards` holds one list per task, the attempts at it; a proposer's rewards are one
 * list. Equal rewards give exactly 0: whitening a batch without differences would amplify noise.
 */
export function advantages(
  rewards: readonly (readonly number[])[],
  baseline: Config['baseline'],
): number[][] {
  const all = rewards.flat();
  const ofAll = mean(all);
  const deviation = Math.sqrt(mean(all.map((reward) => (reward - ofAll) ** 2)));
  if (deviation < NO_DEVIATION) return rewards.map((group) => group.map(() => 0));
  return rewards.map((group) => {
    const isFlat = baseline === 'per-task' && group.every((reward) => reward === group[0]);
    const expected = baseline === 'per-task' ? mean(group) : ofAll;
    return group.map((reward) => (isFlat ? 0 : (reward - expected) / deviation));
  });
}
