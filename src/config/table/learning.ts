import { entriesOf } from '../entry.ts';

const reward = entriesOf('Reward');
const update = entriesOf('Update');

/** Rewards (paper Eqs 4 to 6), advantages (Eq 8) and the update. */
export const LEARNING_TABLE = {
  learnability: reward.choice('paper', ['paper', 'code', 'variance'], {
    label: 'Learnability',
    reason:
      'Of the solve rate s: 1 − s and 0 at both ends (paper), −0.5 at both ends (its code), or 4 s (1 − s).',
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
  inductionReward: reward.choice('binary', ['binary', 'fraction'], {
    label: 'Induction reward',
    reason: 'Binary needs every hidden example, fraction counts those that agree.',
    paper: 'binary',
    advanced: true,
  }),

  baseline: update.choice('per-task', ['per-task', 'trr++'], {
    label: 'Solver baseline',
    reason:
      'The mean of a task’s own attempts learns about twice as fast here as one mean per role and kind.',
    paper: 'trr++',
  }),
  scaleAdvantage: update.boolean(true, {
    label: 'Scale by deviation',
    reason: 'Gives all six roles gradients of one size; equal rewards stay zero, never noise.',
    paper: true,
    advanced: true,
  }),
  proposerWeight: update.number(1, [0, 4, 0.05], {
    label: 'Proposer weight λ',
    reason: 'Balances inventing and solving (paper Eq 3).',
    paper: 1,
  }),
  learningRate: update.number(0.0003, [0.000001, 0.01, 0.00001], {
    label: 'Learning rate',
    reason: 'Small reasoners stand far more than the 7 B models of the paper.',
    paper: 0.000001,
  }),
  finalRateShare: update.number(0.25, [0, 1, 0.05], {
    label: 'Rate at the end',
    unit: 'share',
    reason: 'The rate falls linearly to this share over the steps of the run.',
    paper: 1,
    advanced: true,
  }),
  clipNorm: update.number(1, [0.01, 100, 0.1], {
    label: 'Gradient clip',
    reason: 'Longest gradient; longer ones are scaled down.',
    paper: 1,
    advanced: true,
  }),
  weightDecay: update.number(0.01, [0, 1, 0.01], {
    label: 'Weight decay',
    reason: 'AdamW’s usual value; of little effect at these rates.',
    paper: 0.01,
    advanced: true,
  }),
  beta1: update.number(0.9, [0, 0.999, 0.01], {
    label: 'AdamW β₁',
    reason: 'Memory of the gradient’s direction.',
    paper: 0.9,
    advanced: true,
  }),
  beta2: update.number(0.98, [0, 0.9999, 0.001], {
    label: 'AdamW β₂',
    reason: 'Memory of the gradient’s size; shorter than usual because runs are short.',
    paper: 0.999,
    advanced: true,
  }),
  klPropose: update.number(0.5, [0, 10, 0.05], {
    label: 'KL to the base, proposer',
    unit: 'coefficient',
    reason: 'Without it the proposer repeats itself within 40 steps and learning stops.',
    paper: 0,
  }),
  klSolve: update.number(0, [0, 10, 0.05], {
    label: 'KL to the base, solver',
    unit: 'coefficient',
    reason: 'The solver must be free to leave the base’s habits.',
    paper: 0,
  }),
  entropy: update.number(0, [0, 0.1, 0.0005], {
    label: 'Entropy bonus',
    unit: 'coefficient',
    reason: 'Guards against a collapse of variety; not needed in the measured runs.',
    paper: 0.001,
    advanced: true,
  }),
  ppoClip: update.boolean(false, {
    label: 'PPO clip',
    reason: 'With one update a step the ratio is 1 and clipping is idle, as in the official code.',
    paper: true,
    advanced: true,
  }),
  ppoClipLow: update.number(0.2, [0.01, 0.99, 0.01], {
    label: 'Clip below',
    reason: 'Smallest ratio is 1 minus this.',
    paper: 0.2,
    advanced: true,
  }),
  ppoClipHigh: update.number(0.2, [0.01, 5, 0.01], {
    label: 'Clip above',
    reason: 'Largest ratio is 1 plus this; 0.28 leaves room for rare tokens.',
    paper: 0.2,
    advanced: true,
  }),
  lossLength: update.number(32, [1, 4096, 1], {
    label: 'Loss length',
    unit: 'tokens',
    reason: 'The summed loss is divided by sequences times this; a mean per response favours short answers.',
    paper: 'token mean',
    advanced: true,
  }),
};
