import { entriesOf } from '../entry.ts';

const reward = entriesOf('Reward');

/** Rewards of both roles (paper Eqs 4 to 6). */
export const REWARD_TABLE = {
  learnability: reward.choice('paper', ['paper', 'code', 'one-minus', 'variance', 'min'], {
    label: 'Learnability reward',
    reason:
      'Of the solve rate s: 1 − s and 0 at both ends (paper), −0.5 at both ends (its code), 1 − s always, 4 s (1 − s), or 2 min(s, 1 − s).',
    paper: 'paper (its code: code)',
  }),
  rewardWrong: reward.number(-0.5, [-2, 2, 0.1], {
    label: 'Wrong',
    reason: 'Well-formed but wrong is better than unreadable.',
    paper: -0.5,
    advanced: true,
  }),
  rewardFormat: reward.number(-1, [-2, 2, 0.1], {
    label: 'Unreadable',
    reason: 'For a solution without an answer.',
    paper: -1,
    advanced: true,
  }),
  rewardInvalid: reward.number(-1, [-2, 2, 0.1], {
    label: 'Invalid proposal',
    reason:
      'For a proposal that is no valid task. At −1 the proposer earns most by short programs that always run.',
    paper: -1,
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
