/** What the final measurement says: accuracies with their uncertainty, by suite. */

import type { QuestionType } from '../language/arithmetic.ts';
import type { LevelId } from '../language/level.ts';
import { detailedShapeOf } from '../language/shape.ts';
import type { TaskKind } from '../tasks/task.ts';
import type { Answered } from './answers.ts';
import type { ErrorShares } from './errors.ts';
import type { Searches } from './searches.ts';
import type { TurnCounts } from './turns.ts';

export interface Score {
  tasks: number;
  /** Accuracy, or the mean estimate of pass@k; from 0 to 1. */
  mean: number;
  /** Standard error of the mean over tasks: √(p (1 − p) / tasks) for one answer a task. */
  standardError: number;
  /** Share of the answers that think. */
  thinks: number;
}

/** One suite, measured in every way. */
export interface Measured {
  /** One answer a task, as the reasoner chooses. */
  greedy: Score;
  /** One answer a task, after a `<think>` that was written for it: what elicitation alone gives. */
  forced: Score;
  /** Sampled; absent when it was not asked for. */
  passK?: Score;
  /** What went wrong first, of both; absent where the interpreter has no thought to compare with. */
  errors?: { greedy: ErrorShares; forced: ErrorShares };
  /** The greedy answers by the shape of their programs (see {@link detailedShapeOf}); where there are errors. */
  shapes?: Readonly<Record<string, Score>>;
  /** The same, where only those count whose whole thought is the interpreter's. */
  faithful?: Readonly<Record<string, Score>>;
  /** How often the greedy answers went on at a wrong line, by what decides which is next; where there are errors, at level 1. */
  turns?: TurnCounts;
  /** How the greedy answers search; of abductions. */
  searches?: Searches;
  /** The greedy answers by values returned and whether the warm-up's search finds each (`2 found`, `3 other`); of inductions. */
  fits?: Readonly<Record<string, Score>>;
}

export interface PassK {
  k: number;
  /** Samples a task, at least k. */
  n: number;
  temperature: number;
}

export interface SuiteReport {
  level: LevelId;
  seed: number;
  passK: PassK | null;
  /** Generated programs of the held-out class, by kind and tier. */
  heldOut: Partial<Record<TaskKind, Record<string, Measured>>>;
  /** Hand-written functions of the held-out class, by kind. */
  classics: Partial<Record<TaskKind, Measured>>;
  /** Those that are longer than what any warm-up shows. */
  longClassics: Partial<Record<TaskKind, Measured>>;
  /** Questions of a format that self-play never asks, by type. */
  arithmetic: Partial<Record<QuestionType, Measured>>;
}

/** The score of answers to questions that have a program, by its shape. */
export function shapeScores(
  questions: readonly object[],
  answered: readonly Pick<Answered, 'correct' | 'thinks'>[],
): Record<string, Score> {
  return scoresBy(questions, answered, (question) =>
    'program' in question ? detailedShapeOf(String(question.program)) : null,
  );
}

/** The score of the answers to questions alike; those that are like none, which `keyOf` says by null, are left out. */
export function scoresBy(
  questions: readonly object[],
  answered: readonly Pick<Answered, 'correct' | 'thinks'>[],
  keyOf: (question: object) => string | null,
): Record<string, Score> {
  const groups = new Map<string, Pick<Answered, 'correct' | 'thinks'>[]>();
  questions.forEach((question, i) => {
    const key = keyOf(question);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), answered[i]!]);
  });
  return Object.fromEntries([...groups].map(([key, own]) => [key, scoreOf(own)]));
}

/** The score of questions that were answered n times each; pass@k for k above 1. */
export function scoreOf(answered: readonly Pick<Answered, 'correct' | 'thinks'>[], n = 1, k = 1): Score {
  const tasks = answered.length;
  const values = answered.map(({ correct }) => passAtK(n, correct, k));
  const mean = average(values);
  const variance = average(values.map((value) => (value - mean) ** 2));
  return {
    tasks,
    mean,
    standardError: Math.sqrt(variance / Math.max(1, tasks)),
    thinks: average(answered.map(({ thinks }) => thinks / n)),
  };
}

/**
 * Unbiased estimate of the chance that one of k samples is correct, when c of n were (Chen et al. 2021, Eq 1):
 * 1 − C(n − c, k) / C(n, k), as a product to stay exact. Needs 1 ≤ k ≤ n.
 */
export function passAtK(n: number, c: number, k: number): number {
  if (k < 1 || k > n) throw new RangeError(`pass@k needs 1 ≤ k ≤ n, not k = ${k} of n = ${n}`);
  if (n - c < k) return 1;
  let allWrong = 1;
  for (let i = n - c + 1; i <= n; i++) allWrong *= 1 - k / i;
  return 1 - allWrong;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
