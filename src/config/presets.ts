import { type Config, DEFAULTS } from './hyperparameters.ts';

/** The groups, as the picker orders them. */
export const PRESET_GROUPS = ['Demo', 'Ablations', 'Controls', 'Collapse'] as const;

export interface Preset {
  label: string;
  group: (typeof PRESET_GROUPS)[number];
  /** Two lines: what it is for, and what to expect of it. */
  purpose: string;
  /** The values that differ from {@link DEFAULTS}, and no others. */
  changes: Partial<Config>;
}

export const PRESETS = {
  demo: {
    label: 'Demo',
    group: 'Demo',
    purpose:
      'What Start runs: self-play from the small base that thinks before a third of its answers.\nThinking takes over and held-out deduction jumps within about 20 steps.',
    changes: {},
  },
  climb: {
    label: 'Climb',
    group: 'Demo',
    purpose:
      'From the small base that was never shown a fifth line and always thinks, so that whatever is gained is learned: programs longer than any it was shown.\nThe ladder’s upper rungs rise within ten minutes and for an hour after; the reasoner’s own tasks grow with them.',
    changes: {
      base: 'short',
      steps: 300,
      abduction: false,
      induction: false,
      proposalsPerKind: 64,
      bufferTasksPerKind: 48,
      attemptsPerTask: 4,
      focusAttempts: 12,
      referenceWeighting: 'edge',
      replayWeighting: 'edge',
      composition: 0.6,
      compositionStart: 1,
      compositionSolveRate: 0.6,
      compositionMaxLines: 14,
      seedingTarget: 64,
      learnability: 'variance',
      rewardInvalid: 0,
      proposerWeight: 0.3,
      maxSolveTokens: 320,
      learningRate: 0.0002,
      lrRampSteps: 10,
      evaluationTasks: 100,
      evaluationTiers: 8,
      passK: 0,
    },
  },
  'demo-nano': {
    label: 'Demo, nano',
    group: 'Demo',
    purpose:
      'The same from the nano base with smaller batches, for slow machines and tests.\nLearns about half as much, in about 40 steps.',
    changes: {
      size: 'nano',
      learningRate: 0.0002,
      proposerWeight: 0.5,
      compositionStart: 10,
    },
  },
  'demo-lists': {
    label: 'Demo, lists',
    group: 'Demo',
    purpose:
      'The second level of the language: lists and strings beside integers, from the nano base of that level, which thinks before a third of its answers.\nIts tasks are longer and its base knows less, so everything moves more slowly.',
    changes: {
      size: 'nano',
      level: 2,
      learningRate: 0.0002,
      proposerWeight: 0.5,
      compositionStart: 10,
    },
  },
  'from-nothing': {
    label: 'From nothing',
    group: 'Demo',
    purpose:
      'Warms up a nano reasoner from random weights in the tab, then self-plays.\nIt begins from random numbers: minutes with a graphics card, an hour or more without.',
    changes: {
      size: 'nano',
      base: 'warm-up',
      learningRate: 0.0005,
      proposerWeight: 0.5,
    },
  },
  'paper-like': {
    label: 'Paper-like',
    group: 'Demo',
    purpose:
      'The paper’s values wherever they make sense at this size: TRR++, no KL, attempts not reused.\nSlower and less stable than the demo; that is the point of comparing.',
    changes: {
      steps: 500,
      proposalsPerKind: 64,
      composition: 0,
      references: 6,
      seedingTarget: 256,
      reuseAttempts: false,
      baseline: 'trr++',
      klPropose: 0,
      entropy: 0.001,
      lossNormalizer: 'sequence',
      finalLrFraction: 1,
      beta2: 0.999,
      bufferCapacity: 16384,
      textsPerFingerprint: 1000,
      rejectTrivial: false,
    },
  },
  ci: {
    label: 'CI',
    group: 'Demo',
    purpose:
      'Every part of the lab in seconds: warms up pico and self-plays 20 steps.\nShows that it runs, not that it learns.',
    changes: {
      size: 'pico',
      base: 'warm-up',
      steps: 20,
      // Mostly proposals and short answers: enough to write valid programs after half a million tokens.
      warmUpUpdates: 500,
      warmUpBatch: 32,
      warmUpRate: 0.008,
      lrWarmUpUpdates: 10,
      warmUpThinking: 0.2,
      warmUpMixture: 'writing',
      learningRate: 0.001,
      inductionExamples: 6,
      proposalsPerKind: 8,
      bufferTasksPerKind: 2,
      attemptsPerTask: 4,
      seedingTarget: 12,
      seedingRounds: 8,
      maxSolveTokens: 64,
      maxProposeTokens: 64,
      evaluateEvery: 10,
      evaluationTasks: 8,
      passK: 0,
      sandboxWorkers: 1,
    },
  },

  'deduction-only': {
    label: 'Deduction only',
    group: 'Ablations',
    purpose:
      'No abduction and no induction, a third of the tasks.\nIn the paper 3.5 points below the full method (43.3 against 46.8).',
    changes: { abduction: false, induction: false },
  },
  'no-induction': {
    label: 'No induction',
    group: 'Ablations',
    purpose: 'Deduction and abduction.\nIn the paper 3 points below the full method (43.8 against 46.8).',
    changes: { induction: false },
  },
  'no-references': {
    label: 'No references',
    group: 'Ablations',
    purpose:
      'Proposals without examples from the buffer (K = 0).\nIn the paper 3 points below the full method (43.8 against 46.8).',
    changes: { references: 0 },
  },
  'solver-only': {
    label: 'Solver only',
    group: 'Ablations',
    purpose:
      'The reasoner proposes, but learns only to solve.\nIn the paper 1.4 points below the full method (45.4 against 46.8).',
    changes: { trainProposer: false },
  },

  'frozen-base': {
    label: 'Frozen base',
    group: 'Controls',
    purpose: 'The base proposes, solves and is measured, and never learns.\nWhat moves here is noise.',
    changes: { update: 'none' },
  },
  'random-proposer': {
    label: 'Random proposer',
    group: 'Controls',
    purpose:
      'Programs come from the grammar of the warm-up, at random, and are composed as the reasoner’s own would be.\nShows what inventing its own tasks is worth.',
    changes: { taskSource: 'grammar' },
  },
  supervised: {
    label: 'Supervised',
    group: 'Controls',
    purpose:
      'No self-play: the warm-up goes on with the same optimizer and about as many tokens a step.\nShows what more of the same training would have given.',
    changes: { update: 'supervised' },
  },
  'curated-rl': {
    label: 'Curated RL',
    group: 'Controls',
    purpose:
      'Reinforcement learning on tasks that people wrote, as many a step as self-play invents.\nShows what expert data would have given.',
    // The programs are used as they were written, and not joined.
    changes: { taskSource: 'curated', composition: 0 },
  },

  'no-dedupe': {
    label: 'No dedupe',
    group: 'Collapse',
    purpose:
      'The same program, and any number that act alike, may enter the buffer again.\nThe proposer is free to repeat itself; watch the behaviours.',
    changes: { textsPerFingerprint: 1000, rejectKnownText: false },
  },
  'no-room-to-think': {
    label: 'No room to think',
    group: 'Collapse',
    purpose:
      'Responses are cut at 20 tokens, and a cut response earns as little as an unreadable one.\nThinking is punished until it vanishes; watch the share that thinks. (Induction is off: programs are longer.)',
    changes: { maxSolveTokens: 20, induction: false },
  },
  'official-buffer': {
    label: 'Official buffer (defect)',
    group: 'Collapse',
    purpose:
      'A replica of the official code: once the buffer is full, new tasks are dropped and the same last ones count as new.\nSmall enough to fill within 30 steps; watch the solve rate, not the held-out accuracy, rise.',
    changes: {
      eviction: 'official-defect',
      bufferCapacity: 512,
      textsPerFingerprint: 1000,
      rejectKnownText: false,
      reuseAttempts: false,
      solverAttempts: 8,
    },
  },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];
export const DEFAULT_PRESET: PresetName = 'demo';

export function isPresetName(name: string): name is PresetName {
  return Object.hasOwn(PRESETS, name);
}

/** The full configuration of a preset. */
export function presetConfig(name: PresetName): Config {
  return { ...DEFAULTS, ...PRESETS[name].changes };
}
