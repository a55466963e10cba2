/** Which charts there are: their words, their lines and the metric behind each line. */
import { ALL_KINDS, KINDS, type TaskKind } from '../../tasks/task.ts';
import { compact, hundredths, percent } from '../format.ts';
import type { ChartText } from './ChartCard.tsx';
import type { Line } from './Plot.tsx';

export interface ChartDefinition {
  id: string;
  text: ChartText;
  lines: readonly Line[];
  /** Column of each line. */
  metrics: readonly string[];
  yRange?: readonly [number, number];
  formatY: (value: number) => string;
  legend?: 'side' | 'below';
}

const PROPOSER_DASH = [5, 4];

const kindLine = (kind: TaskKind): Line => ({
  label: kind,
  short: kind.slice(0, 3),
  colour: `--${kind}`,
  isOptional: !KINDS.includes(kind),
});
const kindLines = ALL_KINDS.map(kindLine);
const byKind = (metric: string) => ALL_KINDS.map((kind) => `${metric}:${kind}`);
const single = (label: string): readonly Line[] => [{ label, colour: '--ink' }];

export const REWARDS: ChartDefinition = {
  id: 'rewards',
  text: {
    title: 'Reward by role',
    meaning: 'Mean reward of each role this step: solid lines solve, dashed lines propose.',
    healthy: 'Solvers climb. Proposers stay above zero and fall as tasks get easy, then find harder ones.',
    otherwise:
      'A proposer near −1 writes invalid programs: raise Settings, Update, “KL to the base, proposer”. If the solvers stay flat, look at the zero-std groups.',
    terms: ['reward', 'learnability-reward', 'role'],
  },
  lines: ALL_KINDS.flatMap((kind) => {
    const { colour, isOptional } = kindLine(kind);
    return [
      { label: `solve ${kind}`, colour, isOptional },
      { label: `propose ${kind}`, colour, isOptional, dash: PROPOSER_DASH },
    ];
  }),
  metrics: ALL_KINDS.flatMap((kind) => [`reward:solve:${kind}`, `reward:propose:${kind}`]),
  yRange: [-1, 1],
  formatY: hundredths,
  legend: 'side',
};

export const VALID: ChartDefinition = {
  id: 'valid',
  text: {
    title: 'Valid proposals',
    meaning: 'Share of proposals that Python accepts.',
    healthy: 'It starts above a half and stays there; reasons for refusal shrink together.',
    otherwise:
      'A crash to zero means that the proposer has collapsed: reset, and raise Settings, Update, “KL to the base, proposer”.',
    terms: ['verdict', 'sandbox'],
  },
  lines: [{ label: 'valid', colour: '--ink' }],
  metrics: ['validRate'],
  yRange: [0, 1],
  formatY: percent,
  legend: 'side',
};

export const THINKING: ChartDefinition = {
  id: 'thinking',
  text: {
    title: 'Thinking',
    meaning: 'Share of attempts that think first.',
    healthy: 'It goes from about a third to nearly all in deduction, once thinking pays.',
    otherwise: 'If it falls to zero, thinking did not pay for this model; try a larger base.',
    terms: ['chain-of-thought', 'prior-cot-rate'],
  },
  lines: kindLines,
  metrics: byKind('thinkShare'),
  yRange: [0, 1],
  formatY: percent,
};

export const LENGTH: ChartDefinition = {
  id: 'length',
  text: {
    title: 'Response length',
    meaning: 'Mean tokens of an attempt.',
    healthy: 'It grows with thinking; abduction grows most, by trial and error.',
    otherwise: 'Growth without reward is rambling: lower Settings, Solve, “Longest response”.',
    terms: ['token', 'chain-of-thought'],
  },
  lines: kindLines,
  metrics: byKind('responseLength:solve'),
  formatY: compact,
};

export const POLICY: readonly ChartDefinition[] = [
  {
    id: 'solve-rate',
    text: {
      title: 'Solve rate',
      meaning: 'Mean success of attempts.',
      healthy: 'It rises and then hovers: new tasks should get harder as the reasoner gets better.',
      otherwise: 'At 100 % there is nothing left to learn from these tasks.',
      terms: ['solve-rate'],
    },
    lines: kindLines,
    metrics: byKind('solveRate'),
    yRange: [0, 1],
    formatY: percent,
  },
  {
    id: 'zero-signal',
    text: {
      title: 'Zero-std groups',
      meaning: 'Tasks whose attempts all earned the same.',
      healthy: 'Below 70 %: enough tasks are solved sometimes.',
      otherwise: 'Near 100 % no task teaches anything: set Settings, Propose, “References drawn” to edge.',
      terms: ['zero-std-group', 'advantage'],
    },
    lines: single('zero-std'),
    metrics: ['zeroSignal'],
    yRange: [0, 1],
    formatY: percent,
  },
  {
    id: 'entropy',
    text: {
      title: 'Entropy',
      meaning: 'How undecided the model is about each token, in nats.',
      healthy: 'It falls slowly and levels off above zero.',
      otherwise: 'A fall to zero ends exploration: lower the learning rate or add an entropy bonus.',
      terms: ['entropy'],
    },
    lines: single('entropy'),
    metrics: ['entropy'],
    formatY: compact,
  },
  {
    id: 'kl',
    text: {
      title: 'KL to the base',
      meaning: 'How far each role has moved from the frozen base, in nats a token.',
      healthy: 'The solver’s rises together with its reward; the proposer’s stays small.',
      otherwise: 'If it rises while reward is flat, the updates drift: lower the learning rate.',
      terms: ['kl', 'reference-model'],
    },
    lines: [
      { label: 'solve', colour: '--ink' },
      { label: 'propose', colour: '--ink', dash: PROPOSER_DASH },
    ],
    metrics: ['klToBase:solve', 'klToBase:propose'],
    formatY: compact,
  },
  {
    id: 'gradient',
    text: {
      title: 'Gradient norm',
      meaning: 'Size of the update before it is capped.',
      healthy: 'Steady, with few spikes.',
      otherwise: 'Growing spikes announce divergence: lower the learning rate.',
      terms: ['max-grad-norm', 'policy-gradient'],
    },
    lines: single('norm'),
    metrics: ['gradNorm'],
    formatY: compact,
  },
  {
    id: 'new-tasks',
    text: {
      title: 'New tasks',
      meaning: 'Tasks that entered the buffer in this step.',
      healthy: 'Stays above zero for the whole run.',
      otherwise: 'Zero means that every proposal is known: the proposer repeats itself.',
      terms: ['buffer', 'io-fingerprint'],
    },
    lines: single('new tasks'),
    metrics: ['newTasks'],
    formatY: compact,
  },
];

const PHASES = ['propose', 'verify', 'attempt', 'judge', 'update'] as const;
const PHASE_LINES: readonly Line[] = PHASES.map((label, at) => ({
  label,
  colour: ['--deduction', '--abduction', '--deduction', '--abduction', '--induction'][at] as string,
  dash: label === 'propose' || label === 'verify' ? PROPOSER_DASH : undefined,
}));

export const MACHINE: readonly ChartDefinition[] = [
  {
    id: 'phases',
    text: {
      title: 'Seconds by stage',
      meaning: 'Where the time of a step goes.',
      healthy: 'Attempts and the update take most of it.',
      otherwise: 'If verifying takes most, add sandbox workers.',
    },
    lines: PHASE_LINES,
    metrics: PHASES.map((phase) => `phaseSeconds:${phase}`),
    formatY: compact,
  },
  {
    id: 'tokens',
    text: {
      title: 'Tokens a second',
      meaning: 'Sampled and trained on, padding excluded.',
      healthy: 'Steady; sampling slows down as responses grow.',
      otherwise: 'A slow decline in a hidden tab is the browser saving power.',
    },
    lines: [
      { label: 'sampled', colour: '--ink' },
      { label: 'trained', colour: '--ink', dash: PROPOSER_DASH },
    ],
    metrics: ['tokensSampledPerSecond', 'tokensTrainedPerSecond'],
    formatY: compact,
  },
  {
    id: 'buffer',
    text: {
      title: 'Buffer size',
      meaning: 'Verified tasks by kind.',
      healthy: 'Grows all the time, all kinds together.',
      otherwise: 'A plateau below the capacity means that proposals are known or invalid.',
      terms: ['buffer', 'task-kind'],
    },
    lines: kindLines,
    metrics: byKind('buffer'),
    formatY: compact,
  },
  {
    id: 'behaviours',
    text: {
      title: 'I/O fingerprints',
      meaning: 'Tasks that act differently, counted once.',
      healthy: 'Grows with the buffer.',
      otherwise: 'If it is flat while the buffer grows, texts are new and ideas are old.',
      terms: ['io-fingerprint'],
    },
    lines: single('fingerprints'),
    metrics: ['behaviours'],
    formatY: compact,
  },
  {
    id: 'memory',
    text: {
      title: 'Engine memory',
      meaning: 'Megabytes held by tensors.',
      healthy: 'Flat after the first step.',
      otherwise: 'Steady growth is a leak: please report it with this link.',
    },
    lines: single('memory'),
    metrics: ['memoryBytes'],
    formatY: (value) => compact(value / 1e6),
  },
  {
    id: 'rate',
    text: {
      title: 'Learning rate',
      meaning: 'Falls linearly over the run.',
      healthy: 'A straight line down.',
      otherwise: 'Change it in the settings; it applies at the next start.',
      terms: ['policy-gradient'],
    },
    lines: single('rate'),
    metrics: ['learningRate'],
    formatY: compact,
  },
];
