/** Thoughts that search, for the warm-up: trial and error over inputs in abduction, over programs in induction. */
import type { LevelProgram } from '../language/level.ts';
import { integersOf } from '../language/literal.ts';
import { encode, SPECIAL } from '../language/tokenizer.ts';
import type { Random } from '../random.ts';
import type { Example } from './kind.ts';
import type { Drawn } from './warmUp.ts';

const END_OF_GUESS = encode(';');

/** A guess that is traced to its result, or nothing when a value leaves the range. */
function guessed(program: LevelProgram, input: string): number[] {
  const traced = program.trace(input);
  return traced ? [...traced.thought, SPECIAL.output, ...encode(traced.output), ...END_OF_GUESS] : [];
}

/** How many guesses miss before one hits, as weights of 0, 1, 2 … */
const MISSES = [0.3, 0.25, 0.2, 0.12, 0.08, 0.05];

/**
 * The thought of trial and error over inputs: each guess is traced to its result, misses come in order of how close
 * they land, and the last guess hits. So the thought shows a search that closes in, not noise.
 */
export function jumps(random: Random, { program, input: answer }: Drawn, output: string): number[] {
  const misses: { input: string; distance: number }[] = [];
  const wanted = random.weighted(MISSES);
  for (let attempt = 0; attempt < 3 * wanted && misses.length < wanted; attempt++) {
    const input = program.guess(random, answer);
    const result = program.run(input);
    if (result === null || result === output || misses.some((miss) => miss.input === input)) continue;
    misses.push({ input, distance: program.distance(result, output) });
  }
  misses.sort((p, q) => q.distance - p.distance);
  return [...misses.map((miss) => miss.input), answer].flatMap((input) => guessed(program, input));
}

/**
 * The thought that finds an input: the program run backwards where its steps can be undone, else trial and error in one
 * order. Every candidate is traced and its result compared with the wanted one in so many words, and the first that hits
 * ends the thought: so the model need not know when to stop, it reads it. Null when nothing hits within `room` tokens.
 */
export function inputSearch(
  program: LevelProgram,
  guesses: readonly string[],
  output: string,
  room: number,
): { thought: number[]; hit: string } | null {
  const undone = program.backwards?.(output);
  const thought = [...(undone?.thought ?? [])];
  for (const input of undone?.input == null ? guesses : [undone.input]) {
    const traced = program.trace(input);
    if (!traced) continue;
    thought.push(...traced.thought, SPECIAL.output, ...comparisons(traced.output, output));
    if (thought.length > room) return null;
    if (traced.output === output) return { thought, hit: input };
  }
  return null;
}

/** Both outputs in so many words, one value after another as far as they agree; whole where they are no integers. */
function comparisons(output: string, wanted: string): number[] {
  const [lefts, rights] = [integersOf(output), integersOf(wanted)];
  const arePairs = lefts !== null && lefts.length === rights?.length;
  const pairs = arePairs ? lefts.map((left, i) => [left, rights[i]]) : [[output, wanted]];
  const differs = pairs.findIndex(([left, right]) => left !== right);
  return pairs
    .slice(0, differs < 0 ? pairs.length : differs + 1)
    .flatMap(([left, right]) => encode(`${left} == ${right} = ${left === right ? 'True' : 'False'};`));
}

/** How many candidates fail before one agrees, as weights of 0, 1, 2. */
const FAILED_CANDIDATES = [0.5, 0.35, 0.15];

/**
 * Execution and error with programs: a candidate, then its trace on the checked examples until one disagrees; the last
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
