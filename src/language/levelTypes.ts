/** What a level of the task language gives: a generator of programs, and the facts that hang on it. */
import type { Random } from '../random.ts';
import type { TaskLimits } from './limits.ts';

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
  /** The thought that undoes the program from an output, and the input where it reaches that; see `runBackwards`. */
  backwards?(output: string): { thought: number[]; input: string | null };
  /** How far two outputs lie apart. */
  distance(a: string, b: string): number;
  /** The same program with one constant or operator changed, or null when a few tries give none to practise on. */
  mutant(random: Random): LevelProgram | null;
  /** The same program with lines more, or null when a few tries give none to practise on. */
  extended?(random: Random, lines: number): LevelProgram | null;
}

export interface Level {
  /** What its programs are made of, in a few words. */
  readonly label: string;
  /** A non-trivial program of one of the `TIERS`, held out or not as asked. Throws a RangeError for other tiers. */
  generate(random: Random, tier: number, heldOut?: boolean): LevelProgram;
  /**
   * The interpreter's thought of a program that somebody else wrote, and the output it comes to; null where that is not
   * of the level or leaves its range. Absent where the level reads no texts.
   */
  traceOf?(source: string, input: string): { output: string; thought: number[] } | null;
  /** What its tasks must keep to; null for no limits of its own. */
  readonly limits: TaskLimits | null;
  /** Inputs in the order in which a search tries them; null where inputs have no such order. */
  readonly guesses: readonly string[] | null;
  /** Types of arguments and of results, as Python names them. */
  readonly takes: readonly string[];
  readonly gives: readonly string[];
  /** Examples that a thought checks a candidate program on; more would seldom fit the context beside their traces. */
  readonly checkedExamples: number;
  /** How its bases are made. */
  readonly bases: readonly BaseRecipe[];
  /** Programs that people wrote, to train on instead of proposals, and to measure on; `benchmark/` reads the texts. */
  readonly curated: string;
  readonly classics: string;
  /** Classics longer than any program of a warm-up; empty where there are none. */
  readonly longClassics: string;
}

/** What a base has learned to do of its own accord; {@link BASE_TEXT} says which is which. */
export const BASE_VARIANTS = ['shipped', 'thinking', 'searching', 'short'] as const;
export type BaseVariant = (typeof BASE_VARIANTS)[number];

/** What a base of each variant does of its own accord, and what a run from it is good for. */
export const BASE_TEXT: Readonly<Record<BaseVariant, { does: string; shows: string }>> = {
  shipped: { does: 'thinks before a third of its answers', shows: 'a run shows how thinking spreads' },
  thinking: { does: 'thinks before nearly every answer', shows: 'whatever a run gains is learned' },
  searching: {
    does: 'thinks before nearly every answer and was shown longer searches for inputs and programs',
    shows: 'whatever a run gains is learned, in abduction and induction, too',
  },
  short: {
    does: 'thinks before nearly every answer and was never shown more than four lines',
    shows: 'from five lines on, whatever it can do is learned',
  },
};

/** How `npm run warmup` makes a base. */
export interface BaseRecipe {
  size: string;
  variant: BaseVariant;
  seed: number;
  /** The variant of this size whose training goes on, a little and at a low rate; null to begin from random weights. */
  continues: BaseVariant | null;
  /** Prompt and response tokens of each stage, those of the continued base not counted. */
  tokens: readonly number[];
  priorCotRate: number;
  /** Shares of tiers, from the first; longer programs are never shown. */
  tiers: readonly number[];
  /** Whether the page has it, so that runs can begin from it. */
  isShipped: boolean;
}
