/**
 * Held-out suites: programs whose behaviour is of the held-out class. Neither warm-up nor self-play ever sees a program
 * that acts like one of them.
 */
import { type ArithmeticQuestion, arithmeticQuestion, type QuestionType } from '../language/arithmetic.ts';
import { type LevelId, levelOf } from '../language/level.ts';
import { Random } from '../random.ts';
import { SPECS } from '../tasks/index.ts';
import type { HeldOutTask, Triplet } from '../tasks/kind.ts';
import { ALL_KINDS, type TaskKind } from '../tasks/task.ts';

/** The suites' own seed: every run, whatever its seed, is measured on the same tasks. */
export const SUITE_SEED = 1;

export interface SuiteRequest {
  level: LevelId;
  kind: TaskKind;
  /** How long the programs are. */
  tier: number;
  count: number;
  /** Of the suite, not of the run: every run is measured on the same tasks. */
  seed: number;
  /** Examples of an induction task, shown and hidden together. */
  inductionExamples: number;
}

export type BenchmarkTask = Triplet & Omit<HeldOutTask, 'triplet'> & { kind: TaskKind; tier: number };

const cache = new Map<string, { random: Random; seen: Set<string>; tasks: BenchmarkTask[] }>();

/**
 * The first `count` tasks of a suite. The stream of a seed, level, kind and tier is fixed, so a small suite is the
 * beginning of a large one. Outputs come from the grammar's own interpreter, which is tested against CPython.
 */
export function buildSuite(request: SuiteRequest): BenchmarkTask[] {
  const { level, kind, tier, count, seed, inductionExamples } = request;
  const key = [level, kind, tier, seed, inductionExamples].join(' ');
  const stream = cache.get(key) ?? {
    random: new Random(seed * 1000 + tier * 10 + ALL_KINDS.indexOf(kind)),
    seen: new Set<string>(),
    tasks: [],
  };
  cache.set(key, stream);
  while (stream.tasks.length < count) {
    const drawn = SPECS[kind].heldOutTask(stream.random, levelOf(level), tier, inductionExamples);
    if (!drawn || stream.seen.has(drawn.fingerprint)) continue;
    stream.seen.add(drawn.fingerprint);
    const { triplet, ...rest } = drawn;
    stream.tasks.push({ kind, tier, ...triplet, ...rest });
  }
  return stream.tasks.slice(0, count);
}

/** The first `count` distinct held-out arithmetic questions of a type; as fixed by its seed as {@link buildSuite}. */
export function arithmeticSuite(type: QuestionType, count: number, seed: number): ArithmeticQuestion[] {
  const random = new Random(seed);
  const questions = new Map<string, ArithmeticQuestion>();
  while (questions.size < count) {
    const question = arithmeticQuestion(random, true, type);
    questions.set(question.question, question);
  }
  return [...questions.values()];
}
