import { entriesOf } from '../entry.ts';

const update = entriesOf('Update');

/** Advantages (paper Eq 8) and the update (§3.3.5). */
export const LEARNING_TABLE = {
  baseline: update.choice('per-task', ['per-task', 'trr++', 'moving-average'], {
    label: 'Solver baseline',
    reason:
      'The mean of a task’s own attempts learns about twice as fast here as one mean per role and kind.',
    paper: 'trr++',
  }),
  proposerBaseline: update.choice('trr++', ['trr++', 'moving-average'], {
    label: 'Proposer baseline',
    reason: 'The mean of this step’s proposals of a kind, or one that remembers earlier steps (SPIRAL).',
    paper: 'trr++',
    advanced: true,
  }),
  baselineDecay: update.number(0.95, [0, 0.999, 0.01], {
    label: 'Moving average decay',
    reason: 'Share of the old average that a step keeps, where a baseline is a moving average.',
    paper: null,
    advanced: true,
  }),
  scaleAdvantage: update.boolean(true, {
    label: 'Scale by deviation',
    reason: 'Gives all six roles gradients of one size; equal rewards stay zero, never noise.',
    paper: true,
    advanced: true,
  }),
  whitening: update.choice('sequence', ['sequence', 'token'], {
    label: 'Whitening by',
    reason: 'Token counts a response by its length in means and deviations, so long ones set the baseline.',
    paper: 'sequence (its code: token)',
    advanced: true,
  }),
  policyObjective: update.choice('policy-gradient', ['policy-gradient', 'likelihood'], {
    label: 'Solver objective',
    reason:
      'Likelihood imitates correct attempts and ignores the others: expert iteration, the plain rival of self-play.',
    paper: 'policy-gradient',
    advanced: true,
  }),
  solverBand: update.choice('all', ['all', 'at-most-half', 'between'], {
    label: 'Solver trains on',
    reason: 'Tasks of any solve rate, of at most 0.5 (drops the easy ones), or of 0.3 to 0.7 (R-Zero).',
    paper: 'all',
    advanced: true,
  }),
  proposerWeight: update.number(1, [0, 4, 0.05], {
    label: 'Proposer weight λ',
    reason: 'Balances inventing and solving (paper Eq 3).',
    paper: 1,
  }),
  learningRate: update.number(0.00025, [0.000001, 0.01, 0.00001], {
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
    reason: 'At higher rates the proposer repeats itself within 40 steps without it, and learning stops.',
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
  ppoDualClip: update.number(0, [0, 20, 0.5], {
    label: 'Dual clip',
    reason:
      'With the PPO clip: the largest ratio that counts where the advantage is negative; 0 sets no bound.',
    paper: '0 (newer code: 3)',
    advanced: true,
  }),
  ppoEpochs: update.integer(1, [1, 8], {
    label: 'Epochs per step',
    reason: 'Passes over the same responses; from the second on the ratio to the sampler counts.',
    paper: 1,
    advanced: true,
  }),
  ppoMiniBatches: update.integer(1, [1, 8], {
    label: 'Mini-batches',
    reason: 'Each epoch is cut into so many updates, in random order.',
    paper: 1,
    advanced: true,
  }),
  lossNormalization: update.choice('constant', ['constant', 'token', 'sequence'], {
    label: 'Loss divided by',
    reason:
      'A constant length, all response tokens, or each response’s own length (paper), which favours short answers.',
    paper: 'sequence (its code: token)',
    advanced: true,
  }),
  lossLength: update.number(32, [1, 4096, 1], {
    label: 'Loss length',
    unit: 'tokens',
    reason: 'With a constant length the summed loss is divided by sequences times this.',
    paper: null,
    advanced: true,
  }),
};
