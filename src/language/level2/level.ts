/** Level 2 of the task language: lists of integers, strings and integers, with typed programs over them. */
import type { Random } from '../../random.ts';
import { linesOfTier } from '../grammar.ts';
import { isHeldOut } from '../heldOut.ts';
import type { Level, LevelProgram } from '../levelTypes.ts';
import { fingerprintKey, type Probes, probesFor, resultKey } from '../probes.ts';
import { CLASSICS } from './classics.ts';
import { CURATED } from './curated.ts';
import { drawNear, drawValue } from './inputs.ts';
import { hasIdleLine } from './liveness.ts';
import { run, runUnbounded } from './machine.ts';
import { mutated } from './mutation.ts';
import { type Statement, sourceOf } from './syntax.ts';
import { distance, readValue, type Type, textOf, typeOf, type Value } from './values.ts';
import { writeBody } from './writer.ts';

const TYPES: readonly Type[] = ['list', 'str', 'int'];
/** Shares of the argument's types. */
const TYPE_WEIGHTS = [0.6, 0.2, 0.2];
/** Inputs tried before a program is said to have none. */
const INPUT_DRAWS = 8;
/** Changes tried before a program is said to have no mutant. */
const MUTANT_DRAWS = 8;
/** Inputs whose thought is longer, in tokens, are drawn again: thoughts must fit beside their program. */
const LONGEST_THOUGHT = 160;
/** Of the twelve probes, so many must stay small, and give so many different results. */
const LEAST_RESULTS = 5;
const LEAST_DISTINCT = 3;

interface ProbeValues {
  probes: Probes;
  values: Value[];
}

/** An argument of the type that stands for all others: its probes are theirs. */
const PROBES: Record<Type, ProbeValues> = {
  int: probeValues('0'),
  list: probeValues('[]'),
  str: probeValues("''"),
};

function probeValues(input: string): ProbeValues {
  const probes = probesFor(input);
  return { probes, values: probes.inputs.map((text) => readValue(text) as Value) };
}

class SequenceProgram implements LevelProgram {
  readonly source: string;

  constructor(
    private readonly body: readonly Statement[],
    private readonly argument: Type,
    readonly tier: number,
    readonly fingerprint: string,
  ) {
    this.source = sourceOf(body);
  }

  input(random: Random): string | null {
    for (let attempt = 0; attempt < INPUT_DRAWS; attempt++) {
      const x = drawValue(random, this.argument);
      const thought: number[] = [];
      const ending = run(this.body, x, thought);
      if (typeof ending === 'object' && thought.length <= LONGEST_THOUGHT) return textOf(x);
    }
    return null;
  }

  guess(random: Random, input: string): string {
    const x = random.chance(0.5) ? readValue(input) : null;
    return textOf(x === null ? drawValue(random, this.argument) : drawNear(random, x));
  }

  run(input: string): string | null {
    return this.ending(input, null);
  }

  trace(input: string): { output: string; thought: number[] } | null {
    const thought: number[] = [];
    const output = this.ending(input, thought);
    return output === null ? null : { output, thought };
  }

  distance(a: string, b: string): number {
    const [left, right] = [readValue(a), readValue(b)];
    return left === null || right === null ? Number.POSITIVE_INFINITY : distance(left, right);
  }

  mutant(random: Random): LevelProgram | null {
    for (let attempt = 0; attempt < MUTANT_DRAWS; attempt++) {
      const body = mutated(random, this.body);
      const mutant = body && programOf(body, this.argument, this.tier, false);
      if (mutant && mutant.fingerprint !== this.fingerprint) return mutant;
    }
    return null;
  }

  private ending(input: string, thought: number[] | null): string | null {
    const x = readValue(input);
    if (x === null || typeOf(x) !== this.argument) return null;
    const ending = run(this.body, x, thought);
    return typeof ending === 'object' ? textOf(ending.value) : null;
  }
}

/** A body as a program, or null when it is idle, trivial, too large for a probe, or not of the class asked for. */
function programOf(
  body: readonly Statement[],
  argument: Type,
  tier: number,
  heldOut: boolean,
): SequenceProgram | null {
  if (hasIdleLine(body) || isTrivial(body, argument)) return null;
  const fingerprint = fingerprintOf(body, argument);
  if (fingerprint === null || isHeldOut(fingerprint) !== heldOut) return null;
  return new SequenceProgram(body, argument, tier, fingerprint);
}

export const LEVEL_2: Level = {
  label: 'lists and strings',
  generate(random, tier, heldOut = false) {
    const [least, most] = linesOfTier(tier);
    for (;;) {
      const argument = TYPES[random.weighted(TYPE_WEIGHTS)] as Type;
      const body = writeBody(random, argument, random.integer(least, most));
      const program = programOf(body, argument, tier, heldOut);
      if (program) return program;
    }
  },
  limits: null,
  guesses: null,
  takes: TYPES,
  gives: [...TYPES, 'bool'],
  checkedExamples: 2,
  bases: [
    {
      size: 'nano',
      variant: 'shipped',
      seed: 1,
      continues: null,
      tokens: [16e6],
      priorCotRate: 0.35,
      tiers: [0.25, 0.35, 0.28, 0.12],
      isShipped: true,
    },
  ],
  curated: CURATED,
  classics: CLASSICS,
  longClassics: '',
};

/** Results on the probes as CPython would give them, or null when they are too large to be worked out here. */
function fingerprintOf(body: readonly Statement[], argument: Type): string | null {
  const { probes, values } = PROBES[argument];
  const results: string[] = [];
  for (const x of values) {
    const ending = runUnbounded(body, x);
    if (ending === 'too large') return null;
    results.push(ending === 'error' ? '!error' : resultKey(textOf(ending.value)));
  }
  return fingerprintKey(probes.signature, results);
}

/** True when too few probes stay small, or they give too few results, or their own inputs. */
function isTrivial(body: readonly Statement[], argument: Type): boolean {
  const results = PROBES[argument].values.flatMap((x) => {
    const ending = run(body, x);
    return typeof ending === 'object' ? [{ x, value: ending.value }] : [];
  });
  if (results.length < LEAST_RESULTS) return true;
  const texts = results.map(({ value }) => textOf(value));
  const isTest = results.every(({ value }) => typeof value === 'boolean');
  if (new Set(texts).size < (isTest ? 2 : LEAST_DISTINCT)) return true;
  return results.every(({ x }, i) => textOf(x) === texts[i]);
}
