/**
 * Warm-up examples: programs of the typed grammar, executed, in every role and kind. The stand-in for AZR's
 * pretrained base. Held-out programs never enter. Recipe and mixture: docs/method.md.
 */
import type { Config } from '../config/hyperparameters.ts';
import { type LevelProgram, levelOf } from '../language/level.ts';
import { encode, SPECIAL } from '../language/tokenizer.ts';
import type { Random } from '../random.ts';
import {
  abductionPrompt,
  deductionPrompt,
  inductionPrompt,
  inductionProposalResponse,
  proposalResponse,
  proposeInductionPrompt,
  proposePrompt,
  solutionResponse,
} from '../tasks/format.ts';

/** One supervised sequence; every response token has loss weight 1 except the first. */
export interface CorpusExample {
  prompt: number[];
  response: number[];
  /** Loss weight of the first response token: it sets how often the base thinks of its own accord. */
  firstWeight: number;
}

export interface CorpusOptions {
  /** Of the task language. */
  level: number;
  /** Share of tiers 1–4 (tier 5 and up are never shown). */
  tiers: readonly number[];
  mixture: {
    deduction: number;
    abduction: number;
    induction: number;
    propose: number;
    proposeInduction: number;
  };
  /** Share of deduction and abduction examples that think. */
  thinkShare: number;
  /** Share of solutions of the finished base that should think of their own accord. */
  habit: number;
  /** Longest example, prompt and response, in tokens; longer ones are drawn again. */
  maxTokens: number;
}

export const CORPUS_DEFAULTS: CorpusOptions = {
  level: 1,
  tiers: [0.25, 0.35, 0.28, 0.12],
  mixture: { deduction: 0.42, abduction: 0.2, induction: 0.17, propose: 0.16, proposeInduction: 0.05 },
  thinkShare: 0.6,
  habit: 0.3,
  maxTokens: 224,
};

/** What a run's configuration says of the corpus; `contextLength` is the reasoner's. */
export function corpusOptions(config: Readonly<Config>, contextLength: number): CorpusOptions {
  return {
    ...CORPUS_DEFAULTS,
    level: config.level,
    mixture: {
      deduction: config.warmUpDeduction,
      abduction: config.warmUpAbduction,
      induction: config.warmUpInduction,
      propose: config.warmUpPropose,
      proposeInduction: config.warmUpProposeInduction,
    },
    thinkShare: config.warmUpThinking,
    habit: config.habit,
    maxTokens: Math.min(CORPUS_DEFAULTS.maxTokens, contextLength),
  };
}

/** Inputs of one induction task; half of them are shown to the solver. */
const INDUCTION_EXAMPLES = 8;

const END_OF_GUESS = encode(';');

/** The lab's two built-in programs, shown now and then as references so that an almost empty buffer is no surprise. */
const SEED_REFERENCES = [
  { program: 'def f():\n    return "hello world"', input: '' },
  { program: 'def f(x):\n    return x', input: '5' },
];

/** An endless stream of examples; the same `random` gives the same stream. */
export function* corpus(random: Random, options: CorpusOptions = CORPUS_DEFAULTS): Generator<CorpusExample> {
  const { mixture } = options;
  const weights = [
    mixture.deduction,
    mixture.abduction,
    mixture.induction,
    mixture.propose,
    mixture.proposeInduction,
  ];
  const makers = [deduction, abduction, induction, propose, proposeInduction];
  for (;;) {
    const make = makers[random.weighted(weights)] as (typeof makers)[number];
    const example = make(random, options);
    if (example && example.prompt.length + example.response.length <= options.maxTokens) yield example;
  }
}

/**
 * Weight of the first token of thinking examples that turns a share `thinkShare` of thinking examples into a
 * habit `h`: the minimiser of the weighted cross-entropy of think/answer is `h`.
 */
export function thinkingFirstWeight(habit: number, thinkShare: number): number {
  return (habit * (1 - thinkShare)) / ((1 - habit) * thinkShare);
}

type Made = CorpusExample | null;

interface Drawn {
  program: LevelProgram;
  input: string;
}

function draw(
  random: Random,
  options: CorpusOptions,
  tier = 1 + random.weighted(options.tiers),
): Drawn | null {
  const program = levelOf(options.level).generate(random, tier);
  const input = program.input(random);
  return input === null ? null : { program, input };
}

function solution(
  prompt: number[],
  thought: number[] | null,
  answer: string,
  options: CorpusOptions,
): CorpusExample {
  const firstWeight = thought ? thinkingFirstWeight(options.habit, options.thinkShare) : 1;
  return { prompt, response: solutionResponse(thought, answer), firstWeight };
}

function deduction(random: Random, options: CorpusOptions): Made {
  const drawn = draw(random, options);
  const traced = drawn?.program.trace(drawn.input);
  if (!drawn || !traced) return null;
  const prompt = deductionPrompt(drawn.program.source, drawn.input);
  const thinks = random.chance(options.thinkShare);
  return solution(prompt, thinks ? traced.thought : null, traced.output, options);
}

function abduction(random: Random, options: CorpusOptions): Made {
  const drawn = draw(random, options);
  const output = drawn?.program.run(drawn.input);
  if (!drawn || output == null) return null;
  const prompt = abductionPrompt(drawn.program.source, output);
  const thought = random.chance(options.thinkShare) ? trialAndError(random, drawn, output) : null;
  return solution(prompt, thought, drawn.input, options);
}

/** How many guesses miss before one hits, as weights of 0, 1, 2 … */
const MISSES = [0.3, 0.25, 0.2, 0.12, 0.08, 0.05];

/**
 * Trial and error: each guess is traced to its result, misses come in order of how close they land, and the
 * last guess hits. So the thought shows a search that closes in, not noise.
 */
function trialAndError(random: Random, { program, input: answer }: Drawn, output: string): number[] {
  const misses: { input: string; distance: number }[] = [];
  const wanted = random.weighted(MISSES);
  for (let attempt = 0; attempt < 3 * wanted && misses.length < wanted; attempt++) {
    const input = program.guess(random, answer);
    const result = program.run(input);
    if (result === null || result === output || misses.some((miss) => miss.input === input)) continue;
    misses.push({ input, distance: program.distance(result, output) });
  }
  misses.sort((p, q) => q.distance - p.distance);
  const thought: number[] = [];
  for (const input of [...misses.map((miss) => miss.input), answer]) {
    const traced = program.trace(input);
    if (traced) thought.push(...traced.thought, SPECIAL.output, ...encode(traced.output), ...END_OF_GUESS);
  }
  return thought;
}

function induction(random: Random, options: CorpusOptions): Made {
  const drawn = draw(random, options);
  if (!drawn) return null;
  const shown = random.weighted([0.15, 0.7, 0.15]) + INDUCTION_EXAMPLES / 2 - 1;
  const inputs = distinctInputs(random, drawn.program, shown);
  if (!inputs) return null;
  const examples = inputs.map((input) => ({ input, output: drawn.program.run(input) as string }));
  return solution(inductionPrompt(examples), null, drawn.program.source, options);
}

function propose(random: Random, options: CorpusOptions): Made {
  const references = Array.from({ length: random.weighted([0.25, 0.35, 0.4]) }, () =>
    referenceOf(random, options),
  );
  if (references.includes(null)) return null;
  const tiers = references.flatMap((r) => (r ? [r.tier] : []));
  const tier = tiers.length > 0 ? neighbour(random, random.pick(tiers)) : 1 + random.weighted(options.tiers);
  const drawn = draw(random, options, tier);
  if (!drawn) return null;
  const kind = random.chance(0.5) ? 'deduction' : 'abduction';
  const prompt = proposePrompt(
    kind,
    references.flatMap((r) => (r ? [r] : [])),
  );
  return { prompt, response: proposalResponse(drawn.program.source, drawn.input), firstWeight: 1 };
}

function referenceOf(
  random: Random,
  options: CorpusOptions,
): { program: string; input: string; tier: number } | null {
  if (random.chance(0.04)) return { ...random.pick(SEED_REFERENCES), tier: 1 };
  const drawn = draw(random, options);
  return drawn && { program: drawn.program.source, input: drawn.input, tier: drawn.program.tier };
}

/** The proposer writes programs about as long as its references, sometimes a little longer. */
function neighbour(random: Random, tier: number): number {
  return Math.min(4, Math.max(1, tier + random.weighted([0.2, 0.5, 0.3]) - 1));
}

function proposeInduction(random: Random, options: CorpusOptions): Made {
  const drawn = draw(random, options);
  const inputs = drawn && distinctInputs(random, drawn.program, INDUCTION_EXAMPLES);
  if (!inputs) return null;
  return {
    prompt: proposeInductionPrompt(drawn.program.source),
    response: inductionProposalResponse(inputs),
    firstWeight: 1,
  };
}

/** Distinct inputs in range, or null when a few draws do not find enough. */
function distinctInputs(random: Random, program: LevelProgram, count: number): string[] | null {
  const inputs = new Set<string>();
  for (let attempt = 0; attempt < 6 * count && inputs.size < count; attempt++) {
    const input = program.input(random);
    if (input !== null) inputs.add(input);
  }
  return inputs.size < count ? null : [...inputs];
}
