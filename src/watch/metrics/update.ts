import { mean } from '../../selfplay/rewards.ts';
import { learningRateAt } from '../../selfplay/schedule.ts';
import type { Table } from './metric.ts';

/** What the update does to the policy. */
export const UPDATE = {
  loss: { label: 'Loss', unit: '', doc: 'loss of the update', of: ({ report }) => report.loss, curve: true },
  gradNorm: {
    label: 'Gradient norm',
    unit: '',
    doc: 'norm of the gradient, before clipping',
    of: ({ report }) => report.gradNorm,
    chart: {
      panel: 'policy',
      meaning: 'Size of the update before it is capped.',
      healthy: 'Steady, with few spikes.',
      otherwise: 'Growing spikes announce divergence: lower the learning rate.',
      terms: ['max-grad-norm', 'policy-gradient'],
    },
  },
  entropy: {
    label: 'Entropy',
    unit: 'nats a token',
    doc: 'spread of the next-token choice in the sampled responses',
    of: ({ report }) => report.entropy,
    curve: true,
    measure: 'Policy',
    chart: {
      panel: 'policy',
      meaning: 'How undecided the model is about each token, in nats.',
      healthy: 'It falls slowly and levels off above zero.',
      otherwise: 'A fall to zero ends exploration: lower the learning rate or add an entropy bonus.',
      terms: ['entropy'],
    },
  },
  klToBase: {
    label: 'KL to the reference model',
    unit: 'nats a token',
    doc: 'KL to the reference model (the frozen base) by role (`propose`, `solve`), on 16 responses of the step; a role without responses is absent',
    of: ({ drift }) => drift,
    by: 'role',
    curve: true,
    measure: 'Policy',
    chart: {
      panel: 'policy',
      meaning: 'How far each role has moved from the frozen base, in nats a token.',
      healthy: 'The solver’s rises together with its reward; the proposer’s stays small.',
      otherwise: 'If it rises while reward is flat, the updates drift: lower the learning rate.',
      terms: ['kl', 'reference-model'],
    },
  },
  zeroStdGroups: {
    label: 'Zero-std groups',
    unit: 'share',
    doc: 'share of task groups whose attempts all got the same reward',
    of: ({ trained }) =>
      mean(trained.map(({ attempts }) => (attempts.every((a) => a.reward === attempts[0]?.reward) ? 1 : 0))),
    curve: true,
    measure: 'Policy',
    chart: {
      panel: 'policy',
      meaning: 'Tasks whose attempts all earned the same.',
      healthy: 'Below 70 %: enough tasks are solved sometimes.',
      otherwise: 'Near 100 % no task teaches anything: set Settings, Propose, “References drawn” to edge.',
      terms: ['zero-std-group', 'advantage'],
    },
  },
  learningRate: {
    label: 'Learning rate',
    unit: '',
    doc: 'of this step',
    of: ({ step, config }) => learningRateAt(step, config),
    chart: {
      panel: 'machine',
      meaning: 'Falls linearly over the run.',
      healthy: 'A straight line down.',
      otherwise: 'Change it in the settings; it applies at the next start.',
      terms: ['policy-gradient'],
    },
  },
} satisfies Table;
