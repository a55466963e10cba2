/** From rewards to advantages (paper Eq 8). */
import type { Config } from '../config/hyperparameters.ts';
import { mean } from './rewards.ts';

/** Deviations below this are rounding, not signal. */
const NO_DEVIATION = 1e-6;

/**
 * Advantages of one role and kind: reward minus baseline, divided by the standard deviation of the rewards of this
 * role and kind (Eq 8). `rewards` holds one list per task, the attempts at it; a proposer's rewards are one list. The
 * baseline is the mean over all of them (`trr++`, the paper's) or over a task's own attempts (`per-task`). Equal
 * rewards give exactly 0: whitening a batch without differences would amplify noise.
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
