/** What deduction and abduction share: a proposal is a program with its input, and nothing else is asked of it. */
import { LAST_WARM_UP_TIER } from '../language/grammar.ts';
import type { Level } from '../language/level.ts';
import { SEED_PROGRAMS } from '../language/seedPrograms.ts';
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
  weight: { balanced: 0.12, writing: 0.4 },
  draw(random, options): WarmUpExample | null {
    const references = Array.from({ length: random.weighted([0.25, 0.35, 0.4]) }, () =>
      referenceOf(random, options),
    );
    const shown = references.filter((each) => each !== null);
    if (shown.length < references.length) return null;
    const tier =
      shown.length > 0
        ? neighbour(random, random.pick(shown.map((each) => each.tier)))
        : drawTier(random, options);
    const drawn = drawProgram(random, options, tier);
    if (!drawn) return null;
    const kind = random.chance(0.5) ? 'deduction' : 'abduction';
    const prompt = proposePrompt(kind, shown);
    return { prompt, response: proposalResponse(drawn.program.source, drawn.input), firstWeight: 1 };
  },
};

function referenceOf(
  random: Random,
  options: ExampleOptions,
): { program: string; input: string; tier: number } | null {
  if (random.chance(0.04)) return { ...random.pick(SEED_REFERENCES), tier: 1 };
  const drawn = drawProgram(random, options);
  return drawn && { program: drawn.program.source, input: drawn.input, tier: drawn.program.tier };
}

/** The proposer writes programs about as long as its references, sometimes a little longer. */
function neighbour(random: Random, tier: number): number {
  return Math.min(LAST_WARM_UP_TIER, Math.max(1, tier + random.weighted([0.2, 0.5, 0.3]) - 1));
}
