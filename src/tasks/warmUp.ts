/** Warm-up examples, the stand-in for AZR's pretrained base: what the kinds' own examples are made with. */
import type { Level, LevelProgram } from '../language/level.ts';
import type { Random } from '../random.ts';
import { solutionResponse } from './format.ts';

/** Mixtures of the warm-up: `balanced` teaches every role, `writing` mostly how proposals are written. */
export const MIXTURES = ['balanced', 'writing'] as const;
export type Mixture = (typeof MIXTURES)[number];

/** One supervised sequence; every response token has loss weight 1 except the first. */
export interface WarmUpExample {
  prompt: number[];
  response: number[];
  /** Positions of prompt and response where they are not 0, 1, 2 … */
  positions?: number[];
  /** Loss weight of the first response token: it sets how often the base thinks of its own accord. */
  firstWeight: number;
}

export interface ExampleOptions {
  level: Level;
  /** Shares of tiers, from the first; longer programs than these are never shown. */
  tiers: readonly number[];
  /** Share of the solutions that think. */
  thinkShare: number;
  /** Longest example, prompt and response, in tokens; longer ones are drawn again. */
  maxTokens: number;
  /** Share of solutions of the finished base that should think of their own accord. */
  priorCotRate: number;
}

/** One part of the warm-up: examples of one role and kind. */
export interface WarmUpPart {
  /** Its weight in each mixture. */
  weight: Readonly<Record<Mixture, number>>;
  /** A fresh example, or null when what was drawn does not lend itself to one. */
  draw(random: Random, options: ExampleOptions): WarmUpExample | null;
}

/** A program and an input on which it stays in range. */
export interface Drawn {
  program: LevelProgram;
  input: string;
}

/** A fresh tier, in the shares of the warm-up. */
export function drawTier(random: Random, { tiers }: Pick<ExampleOptions, 'tiers'>): number {
  return 1 + random.weighted(tiers);
}

/** A fresh program that is not held out, with an input; null when it has none. */
export function drawProgram(
  random: Random,
  options: ExampleOptions,
  tier = drawTier(random, options),
): Drawn | null {
  const program = options.level.generate(random, tier);
  const input = program.input(random);
  return input === null ? null : { program, input };
}

/** The example of a solution; `thought` is null where it answers at once. */
export function solution(
  prompt: number[],
  thought: number[] | null,
  answer: string,
  { priorCotRate, thinkShare }: ExampleOptions,
): WarmUpExample {
  const firstWeight = thought ? thinkingFirstWeight(priorCotRate, thinkShare) : 1;
  return { prompt, response: solutionResponse(thought, answer), firstWeight };
}

/**
 * Weight of the first token of thinking examples that turns a share `thinkShare` of thinking examples into a
 * prior CoT rate `h`: the minimiser of the weighted cross-entropy of think/answer is `h`.
 */
export function thinkingFirstWeight(priorCotRate: number, thinkShare: number): number {
  return (priorCotRate * (1 - thinkShare)) / ((1 - priorCotRate) * thinkShare);
}

/** Distinct inputs in range, or null when `patience` draws for each wanted one do not find enough. */
export function distinctInputs(
  random: Random,
  program: LevelProgram,
  count: number,
  patience: number,
): string[] | null {
  const inputs = new Set<string>();
  for (let attempt = 0; attempt < patience * count && inputs.size < count; attempt++) {
    const input = program.input(random);
    if (input !== null) inputs.add(input);
  }
  return inputs.size < count ? null : [...inputs];
}
