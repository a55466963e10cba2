/** What deduction and abduction share: a proposal is a program with its input, and nothing else is asked of it. */
import { linesOfTier } from '../language/grammar.ts';
import type { Level } from '../language/level.ts';
import { SEED_PROGRAMS } from '../language/seedPrograms.ts';
import { linesOf } from '../language/shape.ts';
import type { Random } from '../random.ts';
import { proposalResponse, proposePrompt } from './format.ts';
import type { HeldOutTask } from './kind.ts';
import {
  distinctInputs,
  drawProgram,
  drawTier,
  type ExampleOptions,
  type WarmUpExample,
  type WarmUpPart,
} from './warmUp.ts';

/** Draws for each input of a held-out task before another program is drawn. */
export const HELD_OUT_PATIENCE = 8;

/** A program of the held-out class with one input and its output. */
export function heldOutProgram(random: Random, level: Level, tier: number): HeldOutTask | null {
  const task = tracedProgram(random, level, tier);
  return task && { triplet: task.triplet, fingerprint: task.fingerprint };
}

/** The same with the interpreter's thought, for a kind that asks what the program gives. */
export function tracedProgram(random: Random, level: Level, tier: number): HeldOutTask | null {
  const program = level.generate(random, tier, true);
  const [input] = distinctInputs(random, program, 1, HELD_OUT_PATIENCE) ?? [];
  if (input === undefined) return null;
  const { source, fingerprint } = program;
  return {
    triplet: { program: source, input, output: program.run(input) as string },
    fingerprint,
    thought: program.trace(input)?.thought,
  };
}

/** The lab's two built-in programs, shown now and then as references so that an almost empty buffer is no surprise. */
const SEED_REFERENCES = [SEED_PROGRAMS.hello, SEED_PROGRAMS.identity];

/** Proposals of both kinds, half of each: the layout is one, only the first token of the prompt differs. */
export const PROGRAM_PROPOSALS: WarmUpPart = {
  weight: { balanced: 0.2, writing: 0.4 },
  draw(random, options): WarmUpExample | null {
    if (random.chance(EXTENDING)) return extension(random, options);
    const references = Array.from({ length: random.weighted([0.25, 0.35, 0.4]) }, () =>
      referenceOf(random, options),
    );
    const shown = references.filter((each) => each !== null);
    if (shown.length < references.length) return null;
    const tier =
      shown.length > 0
        ? neighbour(random, random.pick(shown.map((each) => each.tier)), options)
        : drawTier(random, options);
    const drawn = drawProgram(random, options, tier);
    if (!drawn) return null;
    const kind = random.chance(0.5) ? 'deduction' : 'abduction';
    const prompt = proposePrompt(kind, shown);
    return { prompt, response: proposalResponse(drawn.program.source, drawn.input), firstWeight: 1 };
  },
};

/** Share of the proposals that add a line or two to one of their references, or change one of its numbers. */
const EXTENDING = 0.3;

function extension(random: Random, options: ExampleOptions): WarmUpExample | null {
  const drawn = Array.from({ length: random.integer(1, 2) }, () => drawProgram(random, options));
  const shown = drawn.flatMap((each) => each ?? []);
  if (shown.length < drawn.length) return null;
  const { program: old } = random.pick(shown);
  const adds = random.chance(0.7);
  const program = adds ? old.extended?.(random, random.chance(0.7) ? 1 : 2) : old.mutant(random);
  const input = program?.input(random);
  if (!program || input == null) return null;
  const [, most] = linesOfTier(options.tiers.length);
  if (linesOf(program.source) > most) return null;
  const kind = random.chance(0.5) ? 'deduction' : 'abduction';
  const references = shown.map((each) => ({ program: each.program.source, input: each.input }));
  const prompt = proposePrompt(kind, references);
  return { prompt, response: proposalResponse(program.source, input), firstWeight: 1 };
}

function referenceOf(
  random: Random,
  options: ExampleOptions,
): { program: string; input: string; tier: number } | null {
  if (random.chance(0.04)) return { ...random.pick(SEED_REFERENCES), tier: 1 };
  const drawn = drawProgram(random, options);
  return drawn && { program: drawn.program.source, input: drawn.input, tier: drawn.program.tier };
}

/** The proposer writes programs about as long as its references, sometimes a little longer. */
function neighbour(random: Random, tier: number, { tiers }: ExampleOptions): number {
  return Math.min(tiers.length, Math.max(1, tier + random.weighted([0.2, 0.5, 0.3]) - 1));
}
