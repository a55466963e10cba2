/** Integers of the task language lie in −99 … 99, each of which is one token. */
export const LARGEST_INTEGER = 99;

/**
 * What a task of a level may be. An answer that a few guesses hit would reward luck, and numbers that no example of the
 * warm-up shows cannot be worked with: such programs are invalid, for the generator as for the proposer.
 */
export interface TaskLimits {
  /** Of every integer in program, input and output, whatever its sign. */
  largestInteger: number;
  /** That a program may return. */
  mostValues: number;
  /** Results that a program must give on its probes. */
  leastDistinct: number;
}

export const INTEGER_TASKS: TaskLimits = { largestInteger: LARGEST_INTEGER, mostValues: 3, leastDistinct: 5 };
