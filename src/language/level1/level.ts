/** Level 1 of the task language: integers, one in and one to three out. */
import type { Random } from '../../random.ts';
import { runBackwards } from '../backwards.ts';
import { drawInput, extendProgram, generateInput, generateProgram, WARM_UP_TIERS } from '../grammar.ts';
import { run, trace } from '../interpreter.ts';
import type { BaseRecipe, Level, LevelProgram } from '../levelTypes.ts';
import { INTEGER_TASKS } from '../limits.ts';
import { mutateProgram } from '../mutation.ts';
import type { GeneratedProgram } from '../syntax.ts';
import { CLASSICS } from './classics.ts';
import { CURATED } from './curated.ts';
import { LONG_CLASSICS } from './longClassics.ts';
import { readBody } from './reading.ts';

class IntegerProgram implements LevelProgram {
  readonly source: string;
  readonly tier: number;
  readonly fingerprint: string;

  constructor(private readonly program: GeneratedProgram) {
    this.source = program.source;
    this.tier = program.tier;
    this.fingerprint = program.fingerprint;
  }

  input(random: Random): string | null {
    const x = generateInput(random, this.program);
    return x === null ? null : String(x);
  }

  guess(random: Random, input: string): string {
    return String(random.chance(0.5) ? Number(input) + random.integer(-4, 4) : drawInput(random));
  }

  run(input: string): string | null {
    return run(this.program, Number(input));
  }

  trace(input: string): { output: string; thought: number[] } | null {
    return trace(this.program, Number(input));
  }

  backwards(output: string): { thought: number[]; input: string | null } {
    const { thought, input } = runBackwards(this.program, integersIn(output));
    return { thought, input: input === null ? null : String(input) };
  }

  distance(a: string, b: string): number {
    const [left, right] = [integersIn(a), integersIn(b)];
    return left.reduce((sum, value, i) => sum + Math.abs(value - (right[i] ?? 0)), 0);
  }

  mutant(random: Random): LevelProgram | null {
    const program = mutateProgram(random, this.program);
    return program && new IntegerProgram(program);
  }

  extended(random: Random, lines: number): LevelProgram | null {
    const program = extendProgram(random, this.program, lines);
    return program && new IntegerProgram(program);
  }
}

function integersIn(text: string): number[] {
  return (text.match(/-?\d+/g) ?? []).map(Number);
}

/** 0, 1, −1, 2, −2 …: nearly all inputs of the warm-up are among them. */
const GUESSES = Array.from({ length: 41 }, (_, k) => String(k % 2 === 1 ? (k + 1) / 2 : -k / 2 + 0));

export const LEVEL_1: Level = {
  label: 'integers',
  generate: (random, tier, heldOut = false) => new IntegerProgram(generateProgram(random, tier, heldOut)),
  traceOf(source, input) {
    const body = /^-?\d+$/.test(input) ? readBody(source) : null;
    const traced = body && trace({ body }, Number(input));
    // A name without a value, or a division by zero, is no number.
    return traced && !traced.output.includes('NaN') ? traced : null;
  },
  limits: INTEGER_TASKS,
  guesses: GUESSES,
  takes: ['int'],
  gives: ['int', 'tuple'],
  checkedExamples: 3,
  bases: [
    ...(['nano', 'small'] as const).flatMap((size, i): BaseRecipe[] => {
      const common = { size, seed: i + 1, tiers: WARM_UP_TIERS, isShipped: true };
      return [
        { ...common, variant: 'thinking', continues: null, tokens: [16e6], priorCotRate: 0.9 },
        // The same base, but for how often it thinks of its own accord: that is soon learned.
        { ...common, variant: 'shipped', continues: 'thinking', tokens: [1.5e6], priorCotRate: 0.35 },
      ];
    }),
    {
      size: 'small',
      variant: 'searching',
      seed: 2,
      continues: 'thinking',
      tokens: [7e6],
      priorCotRate: 0.9,
      tiers: WARM_UP_TIERS,
      isShipped: true,
    },
    {
      size: 'small',
      variant: 'short',
      seed: 2,
      continues: null,
      tokens: [12e6, 10e6],
      priorCotRate: 0.9,
      tiers: [0.25, 0.4, 0.35],
      isShipped: true,
    },
  ],
  curated: CURATED,
  classics: CLASSICS,
  longClassics: LONG_CLASSICS,
};
