/** Level 1 of the task language: integers. */
import type { Random } from '../../random.ts';
import { drawInput, generateInput, generateProgram } from '../grammar.ts';
import { run, trace } from '../interpreter.ts';
import type { Level, LevelProgram } from '../levelTypes.ts';
import { mutateProgram } from '../mutation.ts';
import type { GeneratedProgram } from '../syntax.ts';
import { CLASSICS } from './classics.ts';
import { CURATED } from './curated.ts';

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

export const LEVEL_1: Level = {
  label: 'integers',
  generate: (random, tier, heldOut = false) => new IntegerProgram(generateProgram(random, tier, heldOut)),
  takes: ['int'],
  gives: ['int'],
  checkedExamples: 3,
  bases: {
    nano: { seed: 1, stages: [12e6], priorCotRate: 0.35, isShipped: true },
    small: { seed: 2, stages: [22e6], priorCotRate: 0.35, isShipped: true },
    medium: { seed: 3, stages: [12e6, 22e6], priorCotRate: 0.35, isShipped: true },
  },
  curated: CURATED,
  classics: CLASSICS,
};
