/** Programs written by hand, of one argument `x` each, and the compact text in which they are kept. */
import { LEVEL_IDS, type LevelId, levelOf } from '../language/level.ts';

export interface HandwrittenProgram {
  /** What it does, e.g. `digit-sum-base-7`; unique within its collection and level. */
  name: string;
  level: LevelId;
  program: string;
  /** At least eight distinct canonical literals on which it runs and stays within the range of its level. */
  inputs: readonly string[];
}

/**
 * Reads a collection: a line `name: input; input; …` without indentation, then the body of `def f(x):`, indented.
 * Throws a RangeError on a line that is neither.
 */
export function readCollection(level: LevelId, text: string): HandwrittenProgram[] {
  const programs: { name: string; inputs: string[]; lines: string[] }[] = [];
  for (const line of text.split('\n').filter((line) => line !== '')) {
    const head = /^([a-z0-9-]+): (.+)$/.exec(line);
    const current = programs.at(-1);
    if (head) {
      const [, name, inputs] = head as unknown as [string, string, string];
      programs.push({ name, inputs: inputs.split('; '), lines: ['def f(x):'] });
    } else if (current && line.startsWith('    ')) current.lines.push(line);
    else throw new RangeError(`Neither a heading nor an indented line of a program: ${line}`);
  }
  return programs.map(({ name, inputs, lines }) => ({ name, level, inputs, program: lines.join('\n') }));
}

/** The collection of all levels. */
export function collectionOf(collection: 'curated' | 'classics' | 'longClassics'): HandwrittenProgram[] {
  return LEVEL_IDS.flatMap((id) => readCollection(id, levelOf(id)[collection]));
}
