/**
 * A level of the task language: a typed generator of programs with their small-step interpreter. It stands in for
 * the pretraining of AZR's base model: it writes warm-up examples, held-out suites and the tasks of controls, never
 * a task of self-play.
 */
import type { Random } from '../random.ts';
import { drawInput, type GeneratedProgram, generateInput, generateProgram } from './grammar.ts';
import { run, trace } from './interpreter.ts';
import { LEVEL_2 } from './level2/level.ts';
import { mutateProgram } from './mutation.ts';

/** A generated program with all that is asked of it. Inputs and outputs are canonical literal texts. */
export interface LevelProgram {
  readonly source: string;
  readonly tier: number;
  /** Results on the probe inputs: programs with equal keys act alike. Held out is a hash class of it. */
  readonly behaviour: string;
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
  readonly id: number;
  /** What its programs are made of, in a few words. */
  readonly label: string;
  /** A non-trivial program of a tier from 1 to 6, held out or not as asked. Throws a RangeError for other tiers. */
  generate(random: Random, tier: number, heldOut?: boolean): LevelProgram;
}

class IntegerProgram implements LevelProgram {
  readonly source: string;
  readonly tier: number;
  readonly behaviour: string;

  constructor(private readonly program: GeneratedProgram) {
    this.source = program.source;
    this.tier = program.tier;
    this.behaviour = program.behaviour;
  }

  input(random: Random): string | null {
    const x = generateInput(random, this.program);
    return x === null ? null : String(x);
  }

  guess(random: Random, input: string): string {
    return String(random.chance(0.5) ? Number(input) + random.integer(-4, 4) : drawInput(random));
  }

  run(input: string): string | null {
    const output = run(this.program, Number(input));
    return output === null ? null : String(output);
  }

  trace(input: string): { output: string; thought: number[] } | null {
    const traced = trace(this.program, Number(input));
    return traced && { output: String(traced.output), thought: traced.thought };
  }

  distance(a: string, b: string): number {
    return Math.abs(Number(a) - Number(b));
  }

  mutant(random: Random): LevelProgram | null {
    const program = mutateProgram(random, this.program);
    return program && new IntegerProgram(program);
  }
}

const LEVELS: readonly Level[] = [
  {
    id: 1,
    label: 'integers',
    generate: (random, tier, heldOut = false) => new IntegerProgram(generateProgram(random, tier, heldOut)),
  },
  LEVEL_2,
];

/** The level of a number. Throws a RangeError when there is none. */
export function levelOf(id: number): Level {
  const level = LEVELS.find((known) => known.id === id);
  if (level) return level;
  throw new RangeError(`There is no language level ${id}; there are ${LEVELS.map((l) => l.id).join(', ')}`);
}
