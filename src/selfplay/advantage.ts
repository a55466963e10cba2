/** From rewards to advantages (paper Eq 8), with the baselines that rival it. */
import type { Config } from '../config/hyperparameters.ts';
import type { RoleKind } from '../tasks/task.ts';

/** Deviations below this are rounding, not signal. */
const NO_DEVIATION = 1e-6;

export interface AdvantageOptions {
  /**
   * `trr++`: one mean per role and kind (paper Eq 8). `per-task`: the mean of a task's own attempts.
   * `moving-average`: one mean and deviation per role and kind that remember earlier steps (SPIRAL).
   */
  baseline: Config['baseline'];
  /** Divide by the standard deviation of the rewards of this role and kind. */
  scale: boolean;
  /** Tokens of each response, laid out as the rewards: a response then counts by its length. Absent: all alike. */
  lengths?: readonly (readonly number[])[] | undefined;
  /** For `moving-average`, which must have one. */
  average?: { averages: MovingAverages; key: RoleKind };
}

/**
 * Advantages of one role and kind. `rewards` holds one list per task (the attempts at it); a proposer's rewards
 * are one list. Equal rewards give exactly 0, except beside a moving average that differs from them: whitening a
 * batch without differences would amplify noise.
 */
export function advantages(
  rewards: readonly (readonly number[])[],
  { baseline, scale, lengths, average }: AdvantageOptions,
): number[][] {
  const all = rewards.flat();
  const allLengths = lengths?.flat();
  const batchMean = weightedMean(all, allLengths);
  const batchVariance = weightedMean(
    all.map((reward) => (reward - batchMean) ** 2),
    allLengths,
  );
  const usual =
    baseline === 'moving-average' && average && all.length > 0
      ? average.averages.follow(average.key, batchMean, batchVariance)
      : { mean: batchMean, variance: batchVariance };
  const deviation = Math.sqrt(usual.variance);
  if (deviation < NO_DEVIATION) return rewards.map((group) => group.map(() => 0));
  return rewards.map((group, i) => {
    const expected = baseline === 'per-task' ? weightedMean(group, lengths?.[i]) : usual.mean;
    const isFlat = baseline === 'per-task' && group.every((reward) => reward === group[0]);
    return group.map((reward) => (isFlat ? 0 : (reward - expected) / (scale ? deviation : 1)));
  });
}

/**
 * A running mean and variance of rewards per role and kind, the baseline of SPIRAL (Liu et al. 2025, role-conditioned
 * advantage estimation): one batch is noisy, and a batch of equal rewards still says whether they were better
 * than usual.
 */
export class MovingAverages {
  private readonly byRole = new Map<RoleKind, { mean: number; variance: number }>();

  /** `decay` in [0, 1): the share of the old average that a step keeps. */
  constructor(private readonly decay: number) {}

  /** Moves the average of `key` towards a batch and returns it; the first batch is the average. */
  follow(key: RoleKind, batchMean: number, batchVariance: number): { mean: number; variance: number } {
    const old = this.byRole.get(key);
    const towards = (from: number, to: number) => this.decay * from + (1 - this.decay) * to;
    let moved = { mean: batchMean, variance: batchVariance };
    if (old) {
      const mean = towards(old.mean, batchMean);
      // About the moved mean: a batch far from what was usual is a deviation, even without one inside it.
      moved = { mean, variance: towards(old.variance, batchVariance + (batchMean - mean) ** 2) };
    }
    this.byRole.set(key, moved);
    return moved;
  }
}

function weightedMean(values: readonly number[], weights?: readonly number[]): number {
  let sum = 0;
  let total = 0;
  for (const [i, value] of values.entries()) {
    const weight = weights?.[i] ?? 1;
    sum += weight * value;
    total += weight;
  }
  return total > 0 ? sum / total : 0;
}
