import { entriesOf } from '../entry.ts';

const update = entriesOf('Update');

/** Advantages (paper Eq 8) and the update (§3.3.5). */
export const LEARNING_TABLE = {
  baseline: update.choice('per-task', ['per-task', 'trr++'], {
    label: 'Solver baseline',
    reason:
      'The mean of a task’s own attempts learns about twice as fast here as one mean per role and kind.',
    paper: 'trr++',
  }),
  policyObjective: update.choice('policy-gradient', ['policy-gradient', 'likelihood'], {
    label: 'Solver objective',
    reason:
      'Likelihood imitates correct attempts and ignores the others: expert iteration, the plain rival of self-play.',
    paper: 'policy-gradient',
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
  lrRampSteps: update.integer(1, [1, 1000], {
    label: 'Rate ramp',
    unit: 'steps',
    reason: 'The rate rises linearly over the first steps, while AdamW has little memory of gradients.',
    paper: 1,
    advanced: true,
  }),
  finalLrFraction: update.number(0.25, [0, 1, 0.05], {
    label: 'Rate at the end',
    unit: 'share',
    reason: 'The rate falls linearly to this share over the steps of the run.',
    paper: 1,
    advanced: true,
  }),
  maxGradNorm: update.number(1, [0.01, 100, 0.1], {
    label: 'Max grad norm',
    reason: 'The longest gradient that is used; longer ones are scaled down to it.',
    paper: 1,
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
  lossNormalizer: update.choice('constant', ['constant', 'token', 'sequence'], {
    label: 'Length normaliser',
    reason:
      'What the loss is divided by: a constant length, all response tokens, or each response’s own length (paper), which favours short answers.',
    paper: 'sequence (its code: token)',
    advanced: true,
  }),
};
