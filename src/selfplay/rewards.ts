/** REWARD: rewards of both roles (paper Eqs 4 to 6). */
import type { Config } from '../config/hyperparameters.ts';
import type { Judgement } from '../tasks/kind.ts';
import type { AttemptGroup, Proposal } from './records.ts';

type RewardConfig = Pick<Config, 'rewardWrong' | 'rewardFormat' | 'rewardInvalid' | 'learnability'>;

/** What a solution earns that execution confirms (Eq 5). */
const REWARD_CORRECT = 1;

/** Fills in the reward of every attempt (Eqs 5, 6). */
export function rewardAttempts(groups: readonly AttemptGroup[], config: RewardConfig): void {
  for (const { attempts } of groups) {
    for (const attempt of attempts) if (attempt.judged) attempt.reward = solverReward(attempt.judged, config);
  }
}

/**
 * Fills in the reward of proposals (Eqs 4, 6), from the solve rates that `groups` measured. A program that acts
 * like one of the test set has none, so that nothing is learned from it.
 */
export function rewardProposals(
  proposals: readonly Proposal[],
  groups: readonly AttemptGroup[],
  config: RewardConfig & Pick<Config, 'repetitionPenalty'>,
): void {
  const solveRates = new Map(groups.map(({ proposal, solveRate }) => [proposal, solveRate]));
  for (const proposal of proposals) {
    const { verdict } = proposal;
    if (verdict && !verdict.ok && verdict.rejection === 'held-out') continue;
    proposal.reward = proposerReward(solveRates.get(proposal) ?? null, config);
  }
  penalizeRepetition(proposals, config);
}

/** 1 for a correct attempt, else 0: an induction must agree with every hidden example. */
export function success({ score }: Pick<Judgement, 'score'>): number {
  return score === 1 ? 1 : 0;
}

/** Eqs 5 and 6 for the solver: 1 correct, −0.5 well-formed but wrong, −1 unreadable or cut. */
export function solverReward(judgement: Judgement, config: RewardConfig): number {
  if (judgement.verdict === 'format' || judgement.verdict === 'unfinished') return config.rewardFormat;
  return success(judgement) === 1 ? REWARD_CORRECT : config.rewardWrong;
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

/** Eq 6 for the proposer: learnability of a valid task; what is none (`solveRate` null) has a reward of its own. */
export function proposerReward(solveRate: number | null, config: RewardConfig): number {
  return solveRate === null ? config.rewardInvalid : learnability(solveRate, config);
}

/**
 * Takes the repetition penalty off the rewards of a step's valid proposals: the coefficient times the share of the
 * valid proposals of the kind that act alike. It never takes a reward below 0 (R-Zero's max(0, …)).
 */
export function penalizeRepetition(
  proposals: readonly Pick<Proposal, 'task' | 'reward'>[],
  { repetitionPenalty }: Pick<Config, 'repetitionPenalty'>,
): void {
  if (repetitionPenalty === 0) return;
  for (const proposal of proposals) {
    const { task, reward } = proposal;
    if (!task || reward === null || reward <= 0) continue;
    const ofKind = proposals.filter((other) => other.task?.kind === task.kind);
    const alike = ofKind.filter((other) => other.task?.fingerprint === task.fingerprint);
    proposal.reward = Math.max(0, reward - (repetitionPenalty * alike.length) / ofKind.length);
  }
}

/** Mean of numbers; 0 for none. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
