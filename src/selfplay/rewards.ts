/** Rewards of both roles (paper Eqs 4 to 6). */
import type { Config } from '../config/hyperparameters.ts';
import type { Judgement } from '../tasks/kind.ts';

type RewardConfig = Pick<
  Config,
  'rewardCorrect' | 'rewardWrong' | 'rewardFormat' | 'learnability' | 'inductionReward'
>;

/**
 * How much of a success an attempt is, in [0, 1]: 1 or 0 (`binary`), the share of hidden induction examples that
 * agree (`fraction`), or 1 as soon as one of them does (`if-one-correct`).
 */
export function success({ score }: Judgement, config: RewardConfig): number {
  switch (config.inductionReward) {
    case 'binary':
      return score === 1 ? 1 : 0;
    case 'fraction':
      return score;
    case 'if-one-correct':
      return score > 0 ? 1 : 0;
  }
}

/** Eqs 5 and 6 for the solver: 1 correct, −0.5 well-formed but wrong, −1 unreadable or cut. */
export function solverReward(judgement: Judgement, config: RewardConfig): number {
  if (judgement.verdict === 'format' || judgement.verdict === 'unfinished') return config.rewardFormat;
  return config.rewardWrong + (config.rewardCorrect - config.rewardWrong) * success(judgement, config);
}

/**
 * Eq 4, reward of a valid proposal with mean success `solveRate` of its attempts. Tasks that are never or
 * always solved teach nothing: the paper gives them 0, its code `rewardWrong`, and its option `inverse` (here
 * `one-minus`) 1 and 0. `variance`, 4 s (1 − s), and `min`, 2 min(s, 1 − s) (R-Zero), are largest at one half
 * instead of just above zero.
 */
export function learnability(solveRate: number, config: RewardConfig): number {
  const isExtreme = solveRate <= 0 || solveRate >= 1;
  switch (config.learnability) {
    case 'paper':
      return isExtreme ? 0 : 1 - solveRate;
    case 'code':
      return isExtreme ? config.rewardWrong : 1 - solveRate;
    case 'one-minus':
      return 1 - solveRate;
    case 'variance':
      return 4 * solveRate * (1 - solveRate);
    case 'min':
      return 2 * Math.min(solveRate, 1 - solveRate);
  }
}

/** Eq 6 for the proposer: learnability of a valid task, −1 for anything else (`solveRate` null). */
export function proposerReward(solveRate: number | null, config: RewardConfig): number {
  return solveRate === null ? config.rewardFormat : learnability(solveRate, config);
}

/** Mean of numbers; 0 for none. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
