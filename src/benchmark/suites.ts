/** Held-out suites: programs of the grammar's held-out class, which neither warm-up nor self-play ever sees. */
import { drawInput, type GeneratedProgram, generateInput, generateProgram } from '../language/grammar.ts';
import { run } from '../language/interpreter.ts';
import { Random } from '../random.ts';
import type { Triplet } from '../tasks/kind.ts';
import { KINDS, type TaskKind } from '../tasks/task.ts';

export interface SuiteRequest {
  kind: TaskKind;
  /** 1 to 6: how long the programs are. */
  tier: number;
  count: number;
  /** Of the suite, not of the run: every run is measured on the same tasks. */
  seed: number;
  /** Examples of an induction task, shown and hidden together. */
  inductionExamples: number;
}

export type BenchmarkTask = Triplet & { kind: TaskKind; tier: number };

const cache = new Map<string, { random: Random; seen: Set<string>; tasks: BenchmarkTask[] }>();

/**
 * The first `count` tasks of a suite. The stream of a seed, kind and tier is fixed, so a small suite is the
 * beginning of a large one. Outputs come from the grammar's own interpreter, which is tested against CPython.
 */
export function buildSuite(request: SuiteRequest): BenchmarkTask[] {
  const { kind, tier, count, seed, inductionExamples } = request;
  const key = [kind, tier, seed, inductionExamples].join(' ');
  const stream = cache.get(key) ?? {
    random: new Random(seed * 1000 + tier * 10 + KINDS.indexOf(kind)),
    seen: new Set<string>(),
    tasks: [],
  };
  cache.set(key, stream);
  while (stream.tasks.length < count) {
    const task = drawTask(stream.random, request);
    if (!task || stream.seen.has(task.program)) continue;
    stream.seen.add(task.program);
    stream.tasks.push(task);
  }
  return stream.tasks.slice(0, count);
}

function drawTask(random: Random, { kind, tier, inductionExamples }: SuiteRequest): BenchmarkTask | null {
  const program = generateProgram(random, tier, true);
  const count = kind === 'induction' ? inductionExamples : 1;
  const inputs = count === 1 ? generateInput(random, program) : drawInputs(random, program, count);
  if (inputs === null) return null;
  const examples = [inputs].flat().map((x) => ({ input: String(x), output: String(run(program, x)) }));
  const [first] = examples;
  if (!first) return null;
  const triplet = { kind, tier, program: program.source, ...first };
  if (kind !== 'induction') return triplet;
  // Examples that all agree would let the constant program pass.
  return examples.every(({ output }) => output === first.output) ? null : { ...triplet, examples };
}

/** Distinct inputs that stay in range, or null when a few draws do not find enough. */
function drawInputs(random: Random, program: GeneratedProgram, count: number): number[] | null {
  const inputs = new Set<number>();
  for (let attempt = 0; attempt < 8 * count && inputs.size < count; attempt++) {
    const x = drawInput(random);
    if (run(program, x) !== null) inputs.add(x);
  }
  return inputs.size < count ? null : [...inputs];
}
