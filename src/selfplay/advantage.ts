import { mean } from './rewards.ts';

/** Deviations below this are rounding, not signal. */
const NO_DEVIATION = 1e-6;

export interface AdvantageOptions {
  /** `trr++`: one mean per role and kind (paper Eq 8). `per-task`: the mean of a task's own attempts. */
  baseline: 'per-task' | 'trr++';
  /** Divide by the standard deviation of the rewards of this role and kind. */
  scale: boolean;
}

/**
 * Advantages of one role and kind. `rewards` holds one list per task (the attempts at it); a proposer's rewards
 * are one list. Equal rewards give exactly 0: whitening a batch without differences would amplify noise.
 */
export function advantages(
  rewards: readonly (readonly number[])[],
  { baseline, scale }: AdvantageOptions,
): number[][] {
  const all = rewards.flat();
  const roleMean = mean(all);
  const deviation = Math.sqrt(mean(all.map((reward) => (reward - roleMean) ** 2)));
  if (deviation < NO_DEVIATION) return rewards.map((group) => group.map(() => 0));
  return rewards.map((group) => {
    const expected = baseline === 'per-task' ? mean(group) : roleMean;
    const isFlat = baseline === 'per-task' && group.every((reward) => reward === group[0]);
    return group.map((reward) => (isFlat ? 0 : (reward - expected) / (scale ? deviation : 1)));
  });
}
