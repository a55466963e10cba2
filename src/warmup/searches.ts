/** Thoughts that search, for the warm-up: trial and error over inputs in abduction, over programs in induction. */
import type { LevelProgram } from '../language/level.ts';
import { encode, SPECIAL } from '../language/tokenizer.ts';
import type { Random } from '../random.ts';
import type { Example } from '../tasks/task.ts';

const END_OF_GUESS = encode(';');

/** A program and an input on which it stays in range. */
export interface Drawn {
  program: LevelProgram;
  input: string;
}

interface Search {
  thought: number[];
  /** The last guess, which gives the output. */
  hit: string;
}

/** A guess that is traced to its result, or nothing when a value leaves the range. */
function guessed(program: LevelProgram, input: string): number[] {
  const traced = program.trace(input);
  return traced ? [...traced.thought, SPECIAL.output, ...encode(traced.output), ...END_OF_GUESS] : [];
}

/** How many guesses miss before one hits, as weights of 0, 1, 2 … */
const MISSES = [0.3, 0.25, 0.2, 0.12, 0.08, 0.05];

/**
 * Trial and error by jumps: each guess is traced to its result, misses come in order of how close they land, and the
 * last guess hits. So the thought shows a search that closes in, not noise.
 */
export function jumps(random: Random, { program, input: answer }: Drawn, output: string): Search {
  const misses: { input: string; distance: number }[] = [];
  const wanted = random.weighted(MISSES);
  for (let attempt = 0; attempt < 3 * wanted && misses.length < wanted; attempt++) {
    const input = program.guess(random, answer);
    const result = program.run(input);
    if (result === null || result === output || misses.some((miss) => miss.input === input)) continue;
    misses.push({ input, distance: program.distance(result, output) });
  }
  misses.sort((p, q) => q.distance - p.distance);
  const thought = [...misses.map((miss) => miss.input), answer].flatMap((input) => guessed(program, input));
  return { thought, hit: answer };
}

/** How many steps a walk starts away from the hit, as weights of 0, 1, 2 … */
const AWAY = [0.2, 0.17, 0.15, 0.13, 0.11, 0.09, 0.08, 0.07];

/**
 * Trial and error by a walk: integers one after another, up or down, until one hits. It never comes back to a guess,
 * and needs no memory but the last one. As many guesses as `room` tokens hold.
 */
export function walk(random: Random, drawn: Drawn, output: string, room: number): Search {
  const answer = Number(drawn.input);
  if (!Number.isSafeInteger(answer)) return jumps(random, drawn, output);
  const { program } = drawn;
  const step = random.chance(0.7) ? 1 : -1;
  const thought = guessed(program, drawn.input);
  for (let left = random.weighted(AWAY), input = answer - step; left > 0; left--, input -= step) {
    const guess = guessed(program, String(input));
    if (program.run(String(input)) === output || thought.length + guess.length > room) break;
    thought.unshift(...guess);
  }
  return { thought, hit: drawn.input };
}

/** How many candidates fail before one agrees, as weights of 0, 1, 2. */
const FAILED_CANDIDATES = [0.5, 0.35, 0.15];
/** Examples that a candidate is checked on, by level; more would seldom fit the context beside their traces. */
export const CHECKED_EXAMPLES: Record<number, number> = { 1: 3, 2: 2 };

/**
 * Trial and error with programs: a candidate, then its trace on the checked examples until one disagrees; the last
 * candidate agrees with them all.
 */
export function candidatesAndChecks(
  random: Random,
  program: LevelProgram,
  checked: readonly Example[],
): number[] {
  const failing: LevelProgram[] = [];
  for (let wanted = random.weighted(FAILED_CANDIDATES); wanted > 0; wanted--) {
    const mutant = program.mutant(random);
    if (mutant && isRefuted(mutant, checked)) failing.push(mutant);
  }
  const thought: number[] = [];
  for (const candidate of [...failing, program]) {
    thought.push(SPECIAL.program, ...encode(candidate.source));
    for (const { input, output } of checked) {
      const traced = candidate.trace(input);
      if (!traced) break;
      thought.push(...traced.thought, SPECIAL.output, ...encode(traced.output), ...END_OF_GUESS);
      if (traced.output !== output) break;
    }
  }
  return thought;
}

/** True when the program runs on the examples, in order, until one disagrees. */
function isRefuted(program: LevelProgram, examples: readonly Example[]): boolean {
  for (const { input, output } of examples) {
    const result = program.run(input);
    if (result !== output) return result !== null;
  }
  return false;
}
