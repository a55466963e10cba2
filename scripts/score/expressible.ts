/** Which cases of a suite made elsewhere a reasoner can express, and why the others cannot be. */
import { type LevelId, levelOf } from '../../src/language/level.ts';
import { isSmall, readValue, typeOf, type Value } from '../../src/language/level2/values.ts';
import { canonical, parseArguments, parseLiteral } from '../../src/language/literal.ts';
import { isEncodable } from '../../src/language/tokenizer.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { SPECS } from '../../src/tasks/index.ts';
import type { Triplet } from '../../src/tasks/kind.ts';
import { type Case, type Item, isCase } from '../common/suite/layout.ts';

/** The kinds that a program, an input and an output make a task of. */
export const IMPORTED_KINDS = ['deduction', 'abduction'] as const;

export const REASONS = {
  malformed: 'the line could not be read',
  module: 'more than one function f',
  characters: 'characters that have no token',
  input: 'the input is not made of literals',
  output: 'the output is not a literal',
  type: 'values of a type that the level does not have',
  range: 'values beyond the range of the level',
  length: 'prompt and answer do not fit the context',
  sandbox: 'the sandbox refuses it, or it returns something else',
} as const;
type Reason = keyof typeof REASONS;

export interface Limits {
  level: LevelId;
  /** Of the reasoner, in tokens. */
  contextLength: number;
  maxNewTokens: number;
}

export interface Sorted {
  cases: number;
  expressible: Triplet[];
  /** How many cases each reason excludes; a case may have several. Programs that are excluded already are not run. */
  excluded: Record<Reason, number>;
}

/** Sorts cases by whether the reasoner can express them. */
export async function sortCases(
  items: readonly Item[],
  sandbox: Pick<Sandbox, 'run'>,
  limits: Limits,
): Promise<Sorted> {
  const excluded = Object.fromEntries(
    Object.keys(REASONS).map((reason) => [reason, 0]),
  ) as Sorted['excluded'];
  const readable: Triplet[] = [];
  let cases = 0;
  for (const item of items) {
    if (!isCase(item)) {
      cases += item.cases;
      excluded.malformed += item.cases;
      continue;
    }
    cases++;
    const { reasons, triplet } = examine(item, limits);
    for (const reason of reasons) excluded[reason]++;
    if (triplet) readable.push(triplet);
  }
  const results = await sandbox.run(
    readable.map(({ program, input }) => ({ program, inputs: [input], runs: 2 })),
  );
  const expressible = readable.filter(({ output }, i) => {
    const outcome = results[i]?.outcomes[0];
    return outcome?.ok && outcome.output === output;
  });
  excluded.sandbox = readable.length - expressible.length;
  return { cases, expressible, excluded };
}

/** The task, with canonical texts, or all reasons against it that can be seen without running it. */
function examine(
  { code, entry, input, expected }: Case,
  limits: Limits,
): { reasons: Reason[]; triplet: Triplet | null } {
  const reasons: Reason[] = [];
  const program = code.trim();
  if (entry !== 'f' || !isOneFunction(program)) reasons.push('module');
  const given = parseArguments(input);
  const wanted = parseLiteral(expected);
  if (!given.ok) reasons.push('input');
  if (!wanted.ok) reasons.push('output');
  if (![program, input, expected].every(isEncodable)) reasons.push('characters');
  if (!given.ok || !wanted.ok) return { reasons, triplet: null };
  const triplet = { program, input: given.value.map(canonical).join(', '), output: canonical(wanted.value) };
  const [argument, result] = [readValue(triplet.input), readValue(triplet.output)];
  if (!hasTypesOf(limits.level, argument, result)) reasons.push('type');
  if ([argument, result].some((value) => value !== null && !isSmall(value))) reasons.push('range');
  if (!reasons.includes('characters') && !fits(triplet, limits)) reasons.push('length');
  return { reasons, triplet: reasons.length === 0 ? triplet : null };
}

/** True when nothing but a function f stands at the top. */
function isOneFunction(program: string): boolean {
  const [first = '', ...rest] = program.split('\n');
  return /^def f\(/.test(first) && rest.every((line) => line.trim() === '' || /^[ \t]/.test(line));
}

function fits(triplet: Triplet, { contextLength, maxNewTokens }: Limits): boolean {
  return IMPORTED_KINDS.every((kind) => {
    const answer = SPECS[kind].answerTokens(triplet);
    return answer <= maxNewTokens && SPECS[kind].solvePrompt(triplet).length + answer <= contextLength;
  });
}

/** Whether the values are of types that programs of the level take and give. */
function hasTypesOf(level: LevelId, argument: Value | null, result: Value | null): boolean {
  if (argument === null || result === null) return false;
  const { takes, gives } = levelOf(level);
  return takes.includes(typeOf(argument)) && gives.includes(typeOf(result));
}
