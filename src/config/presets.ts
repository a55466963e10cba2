import { type Config, DEFAULTS } from './hyperparameters.ts';

export interface Preset {
  label: string;
  /** Two lines: what it is for, and what to expect of it. */
  purpose: string;
  /** Only what differs from {@link DEFAULTS}. */
  changes: Partial<Config>;
}

export const PRESETS = {
  demo: {
    label: 'Demo',
    purpose:
      'What Start runs: self-play from the shipped small base.\nThinking takes over and held-out deduction jumps within about 60 steps.',
    changes: {},
  },
  'demo-nano': {
    label: 'Demo, nano',
    purpose:
      'The same from the nano base with smaller batches, for slow machines and tests.\nLearns about half as much, in about 40 steps.',
    changes: {
      size: 'nano',
      steps: 60,
      learningRate: 0.0005,
      proposerWeight: 0.5,
      proposalsPerKind: 16,
      bufferTasksPerKind: 8,
      seedingTarget: 32,
    },
  },
  'from-nothing': {
    label: 'From nothing',
    purpose:
      'Warms up a nano reasoner from random weights in the tab, then self-plays.\nFor the patient: everything the shipped bases hide is visible.',
    changes: {
      size: 'nano',
      base: 'warm-up',
      learningRate: 0.0005,
      proposerWeight: 0.5,
      proposalsPerKind: 16,
      bufferTasksPerKind: 8,
      seedingTarget: 32,
    },
  },
  'paper-like': {
    label: 'Paper-like',
    purpose:
      'The paper’s values wherever they make sense at this size: TRR++, no KL, attempts not reused.\nSlower and less stable than the demo; that is the point of comparing.',
    changes: {
      steps: 500,
      proposalsPerKind: 64,
      references: 6,
      seedingTarget: 256,
      reuseAttempts: false,
      baseline: 'trr++',
      klPropose: 0,
      entropy: 0.001,
      ppoClip: true,
      lossNormalization: 'sequence',
      finalRateShare: 1,
      beta2: 0.999,
      bufferCapacity: 16384,
      textsPerBehaviour: 1000,
      rejectIdentity: false,
      rejectConstant: false,
      rejectUnusedArgument: false,
    },
  },
  ci: {
    label: 'CI',
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
      warmUpRamp: 10,
      warmUpThinking: 0.2,
      warmUpArithmetic: 0,
      warmUpError: 0,
      warmUpDeduction: 0.35,
      warmUpAbduction: 0.1,
      warmUpInduction: 0.05,
      warmUpPropose: 0.4,
      warmUpProposeInduction: 0.1,
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
