/** What an experiment has found, as shipped in `public/experiments/<name>.json`. */

import type { SuiteScores } from '../benchmark/scores.ts';
import type { Config } from '../config/hyperparameters.ts';
import type { TaskKind, Verdict } from '../tasks/task.ts';
import type { Detection } from '../watch/findings.ts';
import type { CurvePoint } from '../watch/metrics/table.ts';
import type { Size } from './definitions.ts';

/** Accuracies (shares from 0 to 1) on suites that nobody trains on, greedy. */
export interface Scores {
  /** By kind and tier; all three kinds, whatever the arm trains. */
  heldOut: SuiteScores;
  /** Share of held-out solutions that think, by kind. */
  thinks: Partial<Record<TaskKind, number>>;
  /** Hand-written functions, by kind. */
  classics?: Partial<Record<TaskKind, number>>;
  /** Those of eight lines and more, by kind. */
  longClassics?: Partial<Record<TaskKind, number>>;
  /** By form of question: expression, equation, sequence, and the long ones. */
  arithmetic?: Readonly<Record<string, number>>;
}

/** A held-out task and what is answered to it, greedily, before the first step and after the last. */
export interface BeforeAfter {
  kind: TaskKind;
  tier: number;
  /** The question, as a reader wants it: the program and what is asked of it. */
  question: string;
  /** The answer that was looked for. */
  expected: string;
  before: { response: string; verdict: Verdict };
  after: { response: string; verdict: Verdict };
}

export interface SeedResult {
  seed: number;
  minutes: number;
  /** Steps taken; fewer than asked for when the run diverged. */
  steps: number;
  /** Why the run ended early, or null. A run that diverges is a result. */
  diverged: string | null;
  curve: CurvePoint[];
  /** Null when the run diverged. */
  end: Scores | null;
  /** What the detectors saw, at the steps where they fired. */
  detections: Detection[];
  examples?: BeforeAfter[];
}

export interface ArmResult {
  /** Name of the arm in the experiment's definition. */
  arm: string;
  size: Size;
  /** Which weights it began from. */
  base: string;
  /** What differs from the defaults, seed and steps left out. */
  config: Partial<Config>;
  /** The frozen base as it chooses to answer … */
  start: Scores;
  /** … and forced to think: what elicitation alone gives. Kinds without thoughts are left out. */
  forced: Scores;
  seeds: SeedResult[];
}

export interface ExperimentResult {
  name: string;
  /** Repeats it. */
  command: string;
  hardware: string;
  backend: string;
  /** Day of the last run, e.g. `2025-01-31`. */
  created: string;
  /** Of all runs together; runs shared with another experiment count in both. */
  minutes: number;
  budget: {
    level: Config['level'];
    steps: number;
    seeds: number[];
    /** Held-out tasks by kind and tier in `start`, `forced` and `end`. */
    tasks: number;
  };
  arms: ArmResult[];
}

/** `public/experiments/index.json`: the experiments that have results. */
export interface ExperimentIndex {
  experiments: {
    name: string;
    level: Config['level'];
    file: string;
    created: string;
    bytes: number;
    /** The answer to the experiment's question in one sentence (`answers.ts`). */
    answer: string;
  }[];
}

/** Name of the file of an experiment's results; other levels than the first have files of their own. */
export function resultFile(name: string, level: Config['level']): string {
  return level === 1 ? `${name}.json` : `${name}-level${level}.json`;
}
