/** What a program looks like from afar: how long it is, and which compound statements it has. */

/** Lines between `def` and the last `return`, as tiers count them. */
export function linesOf(program: string): number {
  return program.split('\n').length - 2;
}

/**
 * How many `if`, `else` and `for` a program has, as these words in this order; more than two of one are written as two.
 * The empty text where it has none.
 */
export function shapeOf(program: string): string {
  return COMPOUND.flatMap(({ word, pattern }) =>
    Array.from(program.matchAll(pattern), () => word).slice(0, MOST_COUNTED),
  ).join(' ');
}

/** Where there are two, a thought has to tell at which one it is; a third asks nothing new of it. */
const MOST_COUNTED = 2;
const COMPOUND = ['if', 'else', 'for'].map((word) => ({ word, pattern: new RegExp(`^ +${word}\\b`, 'gm') }));
