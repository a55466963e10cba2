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
    formula:
      '‖g‖ = √(Σ gᵢ²) over all weights, with g the gradient of L = 1/Z · Σ (−w · A · log π + β · KL − c · H) over the tokens of the responses (A: paper, Eq 8; w: Eq 3)',
    dependsOn: [
      'maxGradNorm',
      'baseline',
      'proposerWeight',
      'klPropose',
      'klSolve',
      'entropy',
      'lossNormalizer',
      'update',
      'policyObjective',
    ],
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
    formula:
      'H = −Σ π(v) · ln π(v) over the tokens v of the vocabulary. Drawn: the mean over the sampled tokens',
    dependsOn: ['entropy', 'temperature', 'learningRate', 'klPropose', 'klSolve'],
    of: ({ report }) => report.entropy,
    curve: true,
    measure: 'Policy',
    chart: {
      panel: 'policy',
      meaning: 'How undecided the model is about each token, in nats (0: always the same one).',
      healthy: 'It falls slowly and levels off above zero.',
      otherwise:
        'A fall to zero ends exploration: lower Settings, Update, “Learning rate”, or raise “Entropy bonus”.',
      terms: ['entropy'],
    },
  },
  klToBase: {
    label: 'KL to the reference model',
    unit: 'nats a token',
    doc: 'KL to the reference model (the frozen base) by role (`propose`, `solve`), on 16 responses of the step; a role without responses is absent',
    formula:
      'KL(π ‖ base) = Σ π(v) · ln(π(v) / base(v)) over the tokens v of the vocabulary. Drawn: the mean over the tokens of 16 responses of a role',
    dependsOn: ['klPropose', 'klSolve', 'learningRate', 'temperature', 'base'],
    of: ({ drift }) => drift,
    by: 'role',
    curve: true,
    measure: 'Policy',
    chart: {
      panel: 'policy',
      meaning: 'How far each role has moved from the frozen base, in nats a token.',
      healthy: 'The solver’s rises together with its reward; the proposer’s stays small.',
      otherwise:
        'If it rises while reward is flat, the updates drift: lower Settings, Update, “Learning rate”.',
      terms: ['kl', 'reference-model'],
    },
  },
  zeroStdGroups: {
    label: 'Zero-std groups',
    unit: 'share',
    doc: 'share of task groups whose attempts all got the same reward',
    formula:
      'tasks with std(r₁, …, rₙ) = 0 / tasks: with a baseline per task all their advantages, r − mean(r) over the deviation (paper, Eq 8), are 0',
    dependsOn: ['attemptsPerTask', 'focusAttempts', 'referenceWeighting', 'replayWeighting', 'baseline'],
    of: ({ trained }) =>
      mean(trained.map(({ attempts }) => (attempts.every((a) => a.reward === attempts[0]?.reward) ? 1 : 0))),
    curve: true,
    measure: 'Policy',
    chart: {
      panel: 'policy',
      meaning: 'Tasks whose attempts all earned the same.',
      healthy: 'Below 70 %: enough tasks are solved sometimes.',
      otherwise:
        'Near 100 % no task teaches anything: set Settings, Propose, “References drawn” to edge, and Solve, “Further attempts”.',
      terms: ['zero-std-group', 'screening', 'advantage'],
    },
  },
  learningRate: {
    label: 'Learning rate',
    unit: '',
    doc: 'of this step',
    formula: 'min(1, step / ramp) · rate · (1 + (end − 1) · (step − 1) / (steps − 1))',
    dependsOn: ['learningRate', 'lrRampSteps', 'finalLrFraction', 'steps'],
    of: ({ step, config }) => learningRateAt(step, config),
    chart: {
      panel: 'machine',
      meaning: 'Falls linearly over the run, after a ramp where the settings have one.',
      healthy: 'A straight line down, after the ramp.',
      otherwise: 'Change it in the settings; it applies at the next start.',
      terms: ['policy-gradient', 'lr-ramp'],
    },
  },
} satisfies Table;
