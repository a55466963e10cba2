/** What a level of the task language gives: a generator of programs, and the facts that hang on it. */
import type { Random } from '../random.ts';

/** A generated program with all that is asked of it. Inputs and outputs are canonical literal texts. */
export interface LevelProgram {
  readonly source: string;
  readonly tier: number;
  /** Results on the probe inputs: programs with equal keys act alike. Held out is a hash class of it. */
  readonly fingerprint: string;
  /** A fresh input on which the program stays in range, or null when a few draws find none. */
  input(random: Random): string | null;
  /** Another input, near `input` half of the time: the next guess of a search. It may be out of range. */
  guess(random: Random, input: string): string;
  /** Output of `f(input)`, or null when a value leaves the level's range. */
  run(input: string): string | null;
  /** The thought (tokens of the small-step trace) and the output, or null like {@link run}. */
  trace(input: string): { output: string; thought: number[] } | null;
  /** How far two outputs lie apart. */
  distance(a: string, b: string): number;
  /** The same program with one constant or operator changed, or null when a few tries give none to practise on. */
  mutant(random: Random): LevelProgram | null;
}

export interface Level {
  /** What its programs are made of, in a few words. */
  readonly label: string;
  /** A non-trivial program of a tier from 1 to 6, held out or not as asked. Throws a RangeError for other tiers. */
  generate(random: Random, tier: number, heldOut?: boolean): LevelProgram;
  /** Types of arguments and of results, as Python names them. */
  readonly takes: readonly string[];
  readonly gives: readonly string[];
  /** Examples that a thought checks a candidate program on; more would seldom fit the context beside their traces. */
  readonly checkedExamples: number;
  /** How its bases are made, by size. */
  readonly bases: Readonly<Record<string, BaseRecipe>>;
  /** Programs that people wrote, to train on instead of proposals, and to measure on; `benchmark/` reads the texts. */
  readonly curated: string;
  readonly classics: string;
}

/** How `npm run warmup` makes a base. */
export interface BaseRecipe {
  seed: number;
  /**
   * Budgets of tokens. After the first one the training goes on to the next from where it ended, with the learning
   * rate of a longer training's second part.
   */
  stages: readonly number[];
  priorCotRate: number;
  /** Whether the page has it, so that runs can begin from it. */
  isShipped: boolean;
}
