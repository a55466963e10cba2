/** What a program looks like from afar: how long it is, and which compound statements it has. */

/** Lines between `def` and the last `return`, as tiers count them. */
export function linesOf(program: string): number {
  return program.split('\n').length - 2;
}

/** Which of `if`, `else` and `for` a program has, in this order; the empty text where it has none. */
export function shapeOf(program: string): string {
  return COMPOUND.filter(({ pattern }) => pattern.test(program))
    .map(({ word }) => word)
    .join(' ');
}

const COMPOUND = ['if', 'else', 'for'].map((word) => ({ word, pattern: new RegExp(`^ +${word}\\b`, 'm') }));

/**
 * As {@link shapeOf}, and behind it what a shape leaves open of loops: `loops` where a program has several, `long` where one has
 * more than one line.
 */
export function detailedShapeOf(program: string): string {
  const details = [
    ...((program.match(/^ +for\b/gm) ?? []).length > 1 ? ['loops'] : []),
    ...(/^( +)for\b.*(\n\1 .*){2}/m.test(program) ? ['long'] : []),
  ];
  return [shapeOf(program), ...details].join(' ');
}
