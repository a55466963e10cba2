/**
 * The experiments, as data: what is asked, which arms answer it, and what they do not show. The page and the
 * command line read the same list.
 */
import { type Config, DEFAULTS, validateConfig } from '../config/hyperparameters.ts';
import { PRESETS, type PresetName } from '../config/presets.ts';

export type Size = Config['size'];

/** One variant of the method. Runs of equal configuration are the same run, whichever experiment asks for it. */
export interface Arm {
  /** Unique within its experiment, e.g. `no-kl`. */
  name: string;
  label: string;
  /** Changes of this preset are laid over those of the size's own preset … */
  preset?: PresetName;
  /** … and these over both. */
  changes?: Partial<Config>;
  /** Times the learning rate that the run would have otherwise. */
  rateTimes?: number;
  /** What the reader must know of this arm alone. */
  note?: string;
}

/** Figures of the paper (arXiv 2505.03335) to stand beside ours: other models, other tasks, another scale. */
interface PaperFigures {
  /** What the figures measure. */
  what: string;
  rows: readonly { label: string; value: number; arm?: string; size?: Size }[];
}

export interface Experiment {
  name: string;
  title: string;
  /** One sentence. */
  question: string;
  /** What must not be concluded from it. */
  doesNotShow: string;
  /** Of the language, and so of the bases and suites. */
  level: Config['level'];
  /** Every arm is run at every size. */
  sizes: readonly Size[];
  seeds: readonly number[];
  steps: number;
  arms: readonly Arm[];
  paper?: PaperFigures;
  /** Whether answers to a few held-out tasks are shown before and after. */
  showsExamples?: boolean;
}

/** How each size is run: the preset that the page offers for it. */
const SIZE_PRESETS: Readonly<Record<Size, PresetName>> = {
  pico: 'ci',
  nano: 'demo-nano',
  small: 'demo',
  medium: 'demo',
  large: 'demo',
};

/** Curves are measured sparely: the figures of the tables come from larger suites, before and after. */
const MEASURED: Partial<Config> = { evaluateEvery: 20, passK: 0 };

const FULL: Arm = { name: 'full', label: 'Full method' };

/** Where the presets' rate lets nothing collapse. */
const HOT = { rateTimes: 5 } as const;

/** Equal in all, so that experiments can share their runs. */
const BUDGET = { level: 1, seeds: [1, 2, 3], steps: 50 } as const;

export const EXPERIMENTS: readonly Experiment[] = [
  {
    ...BUDGET,
    name: 'main',
    title: 'Base to self-play',
    question:
      'Does the reasoner get better at held-out tasks from nothing but its own tasks and an executor?',
    doesNotShow:
      'That it learns skills the base lacks: what is gained over the base, but not over the base forced to think, is elicited.',
    sizes: ['nano', 'small', 'medium'],
    arms: [FULL],
  },
  {
    ...BUDGET,
    name: 'scaling',
    title: 'Gain by size',
    question: 'Does a larger reasoner gain more from self-play, as in the paper?',
    doesNotShow:
      'A law: the sizes are few and small, each runs with its own preset, and their bases were warmed up on different amounts of text.',
    sizes: ['nano', 'small', 'medium'],
    arms: [FULL],
    paper: {
      what: 'Gain of the overall average, points (AZR from Qwen2.5-Coder)',
      rows: [
        { label: '3B', value: 5.7 },
        { label: '7B', value: 10.2 },
        { label: '14B', value: 13.2 },
      ],
    },
  },
  {
    ...BUDGET,
    name: 'beyond',
    title: 'Beyond elicitation',
    question: 'What takes the reasoner past what its base can do when it is forced to think?',
    doesNotShow: 'That a remedy fails: the budget is short, and each is tried with its first setting.',
    sizes: ['small'],
    seeds: [1],
    arms: [
      { ...FULL, note: 'Every second valid proposal is composed with an earlier program.' },
      {
        name: 'no-composition',
        label: 'No composition',
        changes: { composition: 0 },
      },
      {
        name: 'edge',
        label: 'References and practice from the edge',
        changes: { referenceWeighting: 'edge', replayWeighting: 'edge' },
        note: 'Tasks that are solved sometimes, not always.',
      },
      {
        name: 'likelihood',
        label: 'Likelihood of verified attempts',
        changes: { policyObjective: 'likelihood' },
        note: 'Expert iteration in the place of the policy gradient.',
      },
      {
        name: 'larger-batch',
        label: 'Four times the attempts',
        changes: { proposalsPerKind: 32, attemptsPerTask: 16, bufferTasksPerKind: 16 },
        note: 'Twice the tasks of a step, and twice the attempts at each.',
      },
    ],
  },
  {
    ...BUDGET,
    name: 'long',
    title: 'Three times as long',
    question: 'What do more steps of self-play add to the first fifty?',
    doesNotShow:
      'Where learning ends: the rate falls over the steps of a run, so a run of more steps is not the same one continued.',
    sizes: ['small'],
    seeds: [1, 2],
    steps: 150,
    arms: [FULL],
    showsExamples: true,
  },
  {
    ...BUDGET,
    name: 'ablations',
    title: 'The paper’s ablations',
    question: 'Which parts of the method does the gain depend on?',
    doesNotShow:
      'The paper’s ranking at its scale: there the differences are of 7 B models on other benchmarks, from one run each.',
    sizes: ['nano', 'small'],
    arms: [
      FULL,
      { name: 'deduction-only', label: 'Deduction only', preset: 'deduction-only' },
      { name: 'no-induction', label: 'No induction', preset: 'no-induction' },
      { name: 'no-references', label: 'No references', preset: 'no-references' },
      { name: 'solver-only', label: 'Solver only', preset: 'solver-only' },
    ],
    paper: {
      what: 'Overall average after training (AZR-Base-7B, table 2)',
      rows: [
        { label: 'Full method', value: 46.8, arm: 'full' },
        { label: 'Deduction only', value: 43.3, arm: 'deduction-only' },
        { label: 'No induction', value: 43.8, arm: 'no-induction' },
        { label: 'No references', value: 43.8, arm: 'no-references' },
        { label: 'Solver only', value: 45.4, arm: 'solver-only' },
      ],
    },
  },
  {
    ...BUDGET,
    name: 'controls',
    title: 'Honest controls',
    question: 'Is it self-play that helps, or would anything at the same budget?',
    doesNotShow:
      'That self-play is the best use of the compute: the controls are given its settings, not settings of their own.',
    sizes: ['nano', 'small'],
    arms: [
      FULL,
      { name: 'frozen-base', label: 'Frozen base', preset: 'frozen-base' },
      { name: 'random-proposer', label: 'Random proposer', preset: 'random-proposer' },
      { name: 'supervised', label: 'Supervised, about equal compute', preset: 'supervised' },
      { name: 'curated-rl', label: 'RL on curated tasks', preset: 'curated-rl' },
    ],
  },
  {
    ...BUDGET,
    name: 'transfer',
    title: 'Transfer to other tasks',
    question: 'Does self-play on programs help with arithmetic and hand-written functions, never trained on?',
    doesNotShow:
      'Transfer across far domains: the warm-up has shown the format of the arithmetic questions, and the functions are of the same language.',
    sizes: ['small'],
    arms: [FULL],
  },
  {
    ...BUDGET,
    name: 'emergence',
    title: 'What emerges',
    question: 'What does the reasoner come to do that no reward mentions: thinking, length, trial and error?',
    doesNotShow:
      'That these habits come from nothing: the warm-up shows all of them, self-play only decides how often they are used.',
    sizes: ['small'],
    arms: [FULL],
    showsExamples: true,
  },
  {
    ...BUDGET,
    name: 'collapse',
    title: 'Without what prevents collapse',
    question: 'What happens to the proposer without the parts that keep it varied?',
    doesNotShow:
      'That nothing collapses in more steps, or that every failure of larger models has appeared here.',
    sizes: ['nano'],
    arms: [
      FULL,
      {
        name: 'no-kl',
        label: 'No KL to the base',
        changes: { klPropose: 0 },
        note: 'As in the paper.',
      },
      { name: 'no-dedupe', label: 'No dedupe', preset: 'no-dedupe' },
      { name: 'no-references', label: 'No references', preset: 'no-references' },
      {
        name: 'official-buffer',
        label: 'Official buffer, defect included',
        preset: 'official-buffer',
        note: 'The buffer is smaller than the official one, so that it fills within the run. Measured with the solver one step behind the proposer, as in the official code; that switch has since been removed.',
      },
    ],
  },
  {
    ...BUDGET,
    name: 'cures',
    title: 'A collapse, and its cures',
    question: 'What does a collapse look like, and what helps against it?',
    doesNotShow:
      'That a cure fails elsewhere: each is tried with its first setting, against the collapse of a rate that is too high.',
    sizes: ['nano'],
    arms: [
      { ...FULL, note: 'At the usual rate.' },
      { name: 'hot', label: 'Five times the rate', ...HOT, note: 'With the KL to the base.' },
      {
        name: 'hot-no-kl',
        label: 'Five times the rate, no KL',
        ...HOT,
        changes: { klPropose: 0 },
        note: 'What the cures are tried on, each in the place of the KL.',
      },
      {
        name: 'cure-entropy',
        label: 'Cure: entropy bonus',
        ...HOT,
        changes: { klPropose: 0, entropy: 0.003 },
      },
      {
        name: 'cure-repetition',
        label: 'Cure: repetition penalty',
        ...HOT,
        changes: { klPropose: 0, repetitionPenalty: 1 },
      },
    ],
  },
];

/** The experiment of that name, or undefined. */
export function experimentNamed(name: string): Experiment | undefined {
  return EXPERIMENTS.find((experiment) => experiment.name === name);
}

/**
 * The full configuration of one run of an arm. Throws a RangeError when it is not a possible one, e.g. for a size
 * without a shipped base.
 */
export function configOf(
  arm: Pick<Arm, 'preset' | 'changes' | 'rateTimes'>,
  run: Pick<Config, 'size' | 'level' | 'seed' | 'steps'> & Partial<Config>,
): Config {
  const wanted: Config = {
    ...DEFAULTS,
    ...PRESETS[SIZE_PRESETS[run.size]].changes,
    ...MEASURED,
    ...(arm.preset ? PRESETS[arm.preset].changes : {}),
    ...arm.changes,
    ...run,
  };
  const learningRate = wanted.learningRate * (arm.rateTimes ?? 1);
  const { config, problems } = validateConfig({ ...wanted, learningRate });
  if (problems[0]) throw new RangeError(problems[0].message);
  return config;
}
