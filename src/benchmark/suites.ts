/**
 * Held-out suites: programs whose behaviour is of the held-out class. Neither warm-up nor self-play ever sees a program
 * that acts like one of them.
 */
import { type ArithmeticQuestion, type ArithmeticType, arithmeticQuestion } from '../language/arithmetic.ts';
import { errorTask } from '../language/errors.ts';
import { type LevelProgram, levelOf } from '../language/level.ts';
import { Random } from '../random.ts';
import type { Triplet } from '../tasks/kind.ts';
import { ALL_KINDS, type TaskKind } from '../tasks/task.ts';

export interface SuiteRequest {
  level: number;
  kind: TaskKind;
  /** 1 to 6: how long the programs are. */
  tier: number;
  count: number;
  /** Of the suite, not of the run: every run is measured on the same tasks. */
  seed: number;
  /** Examples of an induction task, shown and hidden together. */
  inductionExamples: number;
}

export type BenchmarkTask = Triplet & { kind: TaskKind; tier: number; behaviour: string };

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
    const task = drawTask(stream.random, request);
    if (!task || stream.seen.has(task.behaviour)) continue;
    stream.seen.add(task.behaviour);
    stream.tasks.push(task);
  }
  return stream.tasks.slice(0, count);
}

function drawTask(
  random: Random,
  { level, kind, tier, inductionExamples }: SuiteRequest,
): BenchmarkTask | null {
  if (kind === 'error') {
    const task = errorTask(random, levelOf(level), tier, true);
    // Faults leave a program's behaviour as little as its text: what is asked is the key.
    return task && { kind, tier, ...task, behaviour: `${task.program} ${task.input}` };
  }
  const program = levelOf(level).generate(random, tier, true);
  const inputs = drawInputs(random, program, kind === 'induction' ? inductionExamples : 1);
  const examples = inputs?.map((input) => ({ input, output: program.run(input) as string }));
  const first = examples?.[0];
  if (!first) return null;
  const { source, behaviour } = program;
  const task: BenchmarkTask = { kind, tier, program: source, behaviour, ...first };
  if (kind !== 'induction') return task;
  // Examples that all agree would let the constant program pass.
  return examples.every(({ output }) => output === first.output) ? null : { ...task, examples };
}

/** Distinct inputs that stay in range, or null when a few draws do not find enough. */
function drawInputs(random: Random, program: LevelProgram, count: number): string[] | null {
  const inputs = new Set<string>();
  for (let attempt = 0; attempt < 8 * count && inputs.size < count; attempt++) {
    const input = program.input(random);
    if (input !== null) inputs.add(input);
  }
  return inputs.size < count ? null : [...inputs];
}

/** The first `count` distinct held-out arithmetic questions of a type; as fixed by its seed as {@link buildSuite}. */
export function arithmeticSuite(type: ArithmeticType, count: number, seed: number): ArithmeticQuestion[] {
  const random = new Random(seed);
  const questions = new Map<string, ArithmeticQuestion>();
  while (questions.size < count) {
    const question = arithmeticQuestion(random, true, type);
    questions.set(question.question, question);
  }
  return [...questions.values()];
}
