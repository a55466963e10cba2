import { entriesOf } from '../entry.ts';

const reward = entriesOf('Reward');

/** Rewards of both roles (paper Eqs 4 to 6). */
export const REWARD_TABLE = {
  learnability: reward.choice('paper', ['paper', 'code', 'one-minus', 'variance', 'min'], {
    label: 'Learnability',
    reason:
      'Of the solve rate s: 1 − s and 0 at both ends (paper), −0.5 at both ends (its code), 1 − s always, 4 s (1 − s), or 2 min(s, 1 − s).',
    paper: 'paper (its code: code)',
  }),
  rewardCorrect: reward.number(1, [-2, 2, 0.1], {
    label: 'Correct',
    reason: 'For a solution that execution confirms.',
    paper: 1,
    advanced: true,
  }),
  rewardWrong: reward.number(-0.5, [-2, 2, 0.1], {
    label: 'Wrong',
    reason: 'Well-formed but wrong is better than unreadable.',
    paper: -0.5,
    advanced: true,
  }),
  rewardFormat: reward.number(-1, [-2, 2, 0.1], {
    label: 'Unreadable or invalid',
    reason: 'For a solution without an answer and for a proposal that is no valid task.',
    paper: -1,
    advanced: true,
  }),
  inductionReward: reward.choice('binary', ['binary', 'fraction', 'if-one-correct'], {
    label: 'Induction reward',
    reason:
      'Binary needs every hidden example, fraction counts those that agree, if-one-correct is content with one.',
    paper: 'binary',
    advanced: true,
  }),
  intrinsicComplexity: reward.number(0, [0, 4, 0.05], {
    label: 'Complexity bonus',
    unit: 'coefficient',
    reason: 'Of a learnable proposal, its cognitive complexity / 15; the paper saw no gain from it.',
    paper: 0,
    advanced: true,
  }),
  intrinsicHalstead: reward.number(0, [0, 4, 0.05], {
    label: 'Halstead bonus',
    unit: 'coefficient',
    reason: 'Of a learnable proposal, a mixture of Halstead effort and volume and cyclomatic complexity.',
    paper: 0,
    advanced: true,
  }),
  intrinsicDistance: reward.number(0, [0, 4, 0.05], {
    label: 'Novelty bonus',
    unit: 'coefficient',
    reason: 'Of a learnable proposal, the mean distance of its program to the references it was shown.',
    paper: 0,
    advanced: true,
  }),
  intrinsicAnswer: reward.number(0, [0, 4, 0.05], {
    label: 'Answer bonus',
    unit: 'coefficient',
    reason: 'Of a learnable proposal, 1 minus the share of its answer among all answers so far.',
    paper: 0,
    advanced: true,
  }),
  intrinsicInput: reward.number(0, [0, 4, 0.05], {
    label: 'Input bonus',
    unit: 'coefficient',
    reason: 'Of a learnable induction proposal, 1 minus the share of its inputs among all inputs so far.',
    paper: 0,
    advanced: true,
  }),
  intrinsicRarity: reward.choice('flat', ['flat', 'hierarchical'], {
    label: 'Rarity',
    reason:
      'Of answers and inputs: of the whole value, or the mean of how rare its type is and the value in its type.',
    paper: 'flat',
    advanced: true,
  }),
  intrinsicCap: reward.number(0.5, [0, 4, 0.05], {
    label: 'Highest bonus',
    reason: 'Of each kind of bonus, so that none outweighs learnability.',
    paper: 0.5,
    advanced: true,
  }),
  intrinsicCombine: reward.choice('sum', ['sum', 'multiply', 'sum-multiply', 'multiply-sum'], {
    label: 'Bonuses joined',
    reason:
      'Learnability plus their sum (most stable in the paper), times their product, plus their product, or times their sum.',
    paper: 'sum',
    advanced: true,
  }),
  repetitionPenalty: reward.number(0, [0, 4, 0.05], {
    label: 'Repetition penalty',
    unit: 'coefficient',
    reason: 'Times the share of the step’s valid proposals of a kind that act alike (R-Zero), down to 0.',
    paper: null,
    advanced: true,
  }),
};
