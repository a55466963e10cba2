/**
 * Tasks of error deduction from the grammar, whose programs never raise by themselves: half of them get one fault
 * planted in one line. Whether it strikes depends on the input and on the lines that run.
 */
import type { Random } from '../random.ts';
import type { Level, LevelProgram } from './levelTypes.ts';
import { lineLabel } from './tokenizer.ts';

export interface ErrorTask {
  program: string;
  input: string;
  /** The class of the exception that it raises, or {@link NO_ERROR}. */
  output: string;
  /** The trace up to the line that raises, or the whole one; null where the fault changes values on the way. */
  thought: number[] | null;
}

/** The answer where nothing is raised. */
export const NO_ERROR = 'NoError';

/** A name that the grammar never assigns. */
const UNKNOWN_NAME = 'w';

/** A fault: the changed line and what it raises when it runs, `null` when that depends on the input. */
interface Fault {
  line: string;
  raises: string | null;
  /** For a division: the input that makes the divisor zero. */
  zeroAt?: string;
}

/** A task of the tier, or null when the drawn program does not lend itself to one. */
export function errorTask(random: Random, level: Level, tier: number, heldOut = false): ErrorTask | null {
  const program = level.generate(random, tier, heldOut);
  const input = program.input(random);
  const traced = input === null ? null : program.trace(input);
  if (input === null || !traced) return null;
  if (random.chance(0.5)) {
    return { program: program.source, input, output: NO_ERROR, thought: traced.thought };
  }
  return planted(random, program, input, traced.thought);
}

function planted(random: Random, program: LevelProgram, input: string, thought: number[]): ErrorTask | null {
  const lines = program.source.split('\n');
  const number = random.integer(1, lines.length - 1);
  const line = lines[number] as string;
  // Lines with lists take more kinds of faults, most of which do not fit: the first that does is planted.
  const kinds = line.includes('[')
    ? [...random.shuffle([wrongPlace, noList, wrongType, zeroDivision]), unknownName]
    : [random.pick(FAULTS)];
  let fault: Fault | null = null;
  for (const plant of kinds) fault ??= plant(random, line, program.source, input);
  if (!fault) return null;
  lines[number] = fault.line;
  const changed = lines.join('\n');
  const runsAt = thought.indexOf(lineLabel(number));
  if (runsAt < 0) return { program: changed, input, output: NO_ERROR, thought };
  const upToFault = thought.slice(0, runsAt + 1);
  if (fault.raises !== null) return { program: changed, input, output: fault.raises, thought: upToFault };
  return fault.zeroAt === input
    ? { program: changed, input, output: 'ZeroDivisionError', thought: upToFault }
    : { program: changed, input, output: NO_ERROR, thought: null };
}

/** A name that is read becomes one that is never assigned. */
function unknownName(random: Random, line: string): Fault | null {
  const from = /^.*? \+?= |^ */.exec(line)?.[0].length ?? 0;
  const places = [...line.slice(from).matchAll(/\b[xyz]\b/g)].map(({ index }) => from + index);
  if (places.length === 0 || line.trimStart().startsWith('for ')) return null;
  const at = random.pick(places);
  return { line: `${line.slice(0, at)}${UNKNOWN_NAME}${line.slice(at + 1)}`, raises: 'NameError' };
}

/** Nothing can be taken away from by a string, whatever its type. */
function wrongType(random: Random, line: string): Fault | null {
  const places = [...line.matchAll(/ - (\d+)(?![\d)\]])/g)];
  if (places.length === 0) return null;
  const { index, 0: text, 1: digits } = random.pick(places);
  return {
    line: `${line.slice(0, index)} - '${digits}'${line.slice(index + text.length)}`,
    raises: 'TypeError',
  };
}

/** A constant divisor becomes one that is zero for one input; the argument must still be what was given. */
function zeroDivision(random: Random, line: string, source: string, input: string): Fault | null {
  if (!/^-?\d+$/.test(input) || /^\s*x \+?= |^\s*for x in /m.test(source)) return null;
  const places = [...line.matchAll(/ (\/\/|%) \d+/g)];
  if (places.length === 0) return null;
  const { index, 0: text, 1: operator } = random.pick(places);
  const zeroAt = random.chance(0.6) ? Number(input) : Number(input) + random.pick([-2, -1, 1, 2]);
  const divisor = zeroAt === 0 ? 'x' : zeroAt > 0 ? `(x - ${zeroAt})` : `(x + ${-zeroAt})`;
  return {
    line: `${line.slice(0, index)} ${operator} ${divisor}${line.slice(index + text.length)}`,
    raises: null,
    zeroAt: String(zeroAt),
  };
}

/** An item beyond the end of any list or string of the grammar. */
function wrongPlace(random: Random, line: string): Fault | null {
  const places = [...line.matchAll(/(?<=[\w\])])\[-?\d\]/g)];
  if (places.length === 0) return null;
  const { index, 0: text } = random.pick(places);
  return {
    line: `${line.slice(0, index)}[${random.integer(10, 20)}]${line.slice(index + text.length)}`,
    raises: 'IndexError',
  };
}

/** A list that is added loses its brackets: no integer can be added to a list. */
function noList(random: Random, line: string): Fault | null {
  const places = [...line.matchAll(/(?<= \+=? )\[(\w+)\](?!\[)/g)];
  if (places.length === 0) return null;
  const { index, 0: text, 1: item } = random.pick(places);
  return {
    line: `${line.slice(0, index)}${item}${line.slice(index + text.length)}`,
    raises: 'TypeError',
  };
}

/** Faults of lines without lists. */
const FAULTS = [unknownName, wrongType, zeroDivision];
