/**
 * Warm-up examples: programs of the typed grammar, executed, in every role and kind. The stand-in for AZR's
 * pretrained base. Held-out programs never enter. Recipe and mixture: docs/method.md.
 */
import type { Config } from '../config/hyperparameters.ts';
import { arithmeticQuestion } from '../language/arithmetic.ts';
import { describeProgram } from '../language/description.ts';
import { errorTask } from '../language/errors.ts';
import { type LevelProgram, levelOf } from '../language/level.ts';
import { SEED_PROGRAMS } from '../language/seedPrograms.ts';
import { encode, isLineLabel } from '../language/tokenizer.ts';
import type { Random } from '../random.ts';
import type { TrainingSequence } from '../reasoner/reasoner.ts';
import {
  abductionPrompt,
  arithmeticPrompt,
  deductionPrompt,
  errorPrompt,
  inductionPrompt,
  inductionProposalResponse,
  proposalResponse,
  proposeInductionPrompt,
  proposePrompt,
  solutionResponse,
} from '../tasks/format.ts';
import { CHECKED_EXAMPLES, candidatesAndChecks, type Drawn, jumps, walk } from './searches.ts';

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
    /** Questions of the cross-domain suite's kind, which self-play never asks. */
    arithmetic: number;
    error: number;
  };
  /** Share of the searches in abduction that walk from a guess, one by one, to the hit; the others jump. */
  walks: number;
  /** Share of the deductions and abductions with blank lines before the first, so that later labels are met. */
  blankLines: number;
  /** Share of the solutions that think. */
  thinkShare: number;
  /** Share of solutions of the finished base that should think of their own accord. */
  habit: number;
  /** Longest example, prompt and response, in tokens; longer ones are drawn again. */
  maxTokens: number;
}

export const CORPUS_DEFAULTS: CorpusOptions = {
  level: 1,
  tiers: [0.25, 0.35, 0.28, 0.12],
  mixture: {
    deduction: 0.32,
    abduction: 0.2,
    induction: 0.22,
    propose: 0.12,
    proposeInduction: 0.04,
    arithmetic: 0.06,
    error: 0.04,
  },
  walks: 0,
  blankLines: 0,
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
      arithmetic: config.warmUpArithmetic,
      error: config.warmUpError,
    },
    walks: config.warmUpWalks,
    blankLines: config.warmUpBlankLines,
    thinkShare: config.warmUpThinking,
    habit: config.habit,
    maxTokens: Math.min(CORPUS_DEFAULTS.maxTokens, contextLength),
  };
}

/** Inputs of one induction task; half of them are shown to the solver. */
const INDUCTION_EXAMPLES = 8;

/** Share of induction tasks, solved or proposed, with a message that says what the program is made of. */
const MESSAGE_SHARE = 0.1;

/** The lab's two built-in programs, shown now and then as references so that an almost empty buffer is no surprise. */
const SEED_REFERENCES = [SEED_PROGRAMS.hello, SEED_PROGRAMS.identity];

/** The example as it is trained on. */
export function sequenceOf({
  prompt,
  response,
  firstWeight,
}: Readonly<Pick<CorpusExample, 'firstWeight'>> &
  Pick<TrainingSequence, 'prompt' | 'response'>): TrainingSequence {
  return { prompt, response, weight: response.map((_, i) => (i === 0 ? firstWeight : 1)) };
}

/** An endless stream of examples; the same `random` gives the same stream. */
export function* corpus(random: Random, options: CorpusOptions = CORPUS_DEFAULTS): Generator<CorpusExample> {
  const parts = Object.keys(MAKERS) as Part[];
  const weights = parts.map((part) => options.mixture[part]);
  for (;;) {
    const part = parts[random.weighted(weights)] as Part;
    const example = MAKERS[part](random, options);
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
type Part = keyof CorpusOptions['mixture'];

const MAKERS: Record<Part, (random: Random, options: CorpusOptions) => Made> = {
  deduction,
  abduction,
  induction,
  propose,
  proposeInduction,
  arithmetic,
  error,
};

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
  const blank = blankLines(random, options, drawn.program);
  const prompt = deductionPrompt(withBlankLines(drawn.program.source, blank), drawn.input);
  const thinks = random.chance(options.thinkShare);
  return solution(prompt, thinks ? laterBy(blank, traced.thought) : null, traced.output, options);
}

function abduction(random: Random, options: CorpusOptions): Made {
  const drawn = draw(random, options);
  const output = drawn?.program.run(drawn.input);
  if (!drawn || output == null) return null;
  const blank = blankLines(random, options, drawn.program);
  const prompt = abductionPrompt(withBlankLines(drawn.program.source, blank), output);
  if (!random.chance(options.thinkShare)) return solution(prompt, null, drawn.input, options);
  const room = options.maxTokens - prompt.length - encode(drawn.input).length - 3;
  const search =
    options.walks > 0 && random.chance(options.walks)
      ? walk(random, drawn, output, room)
      : jumps(random, drawn, output);
  return solution(prompt, laterBy(blank, search.thought), search.hit, options);
}

/** A program with blank lines has at most so many lines, `def` and blank ones included: as many as one of tier 6. */
const MOST_LINES = 12;

/** How many blank lines a program gets. */
function blankLines(random: Random, options: CorpusOptions, program: LevelProgram): number {
  if (options.blankLines === 0 || !random.chance(options.blankLines)) return 0;
  return random.integer(1, Math.max(1, MOST_LINES - program.source.split('\n').length));
}

/** They stand right after the line with `def`. */
function withBlankLines(source: string, count: number): string {
  return source.replace('\n', '\n'.repeat(1 + count));
}

/** A thought on a program whose lines stand further down. */
function laterBy(lines: number, thought: readonly number[]): number[] {
  return thought.map((token) => (isLineLabel(token) ? token + lines : token));
}

function induction(random: Random, options: CorpusOptions): Made {
  const drawn = draw(random, options);
  if (!drawn) return null;
  const shown = random.weighted([0.15, 0.7, 0.15]) + INDUCTION_EXAMPLES / 2 - 1;
  const inputs = distinctInputs(random, drawn.program, shown);
  if (!inputs) return null;
  const examples = inputs.map((input) => ({ input, output: drawn.program.run(input) as string }));
  const thought = random.chance(options.thinkShare)
    ? candidatesAndChecks(random, drawn.program, examples.slice(0, CHECKED_EXAMPLES[options.level]))
    : null;
  const message = random.chance(MESSAGE_SHARE) ? describeProgram(drawn.program.source) : null;
  return solution(inductionPrompt(examples, message), thought, drawn.program.source, options);
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
    response: inductionProposalResponse(
      inputs,
      random.chance(MESSAGE_SHARE) ? describeProgram(drawn.program.source) : null,
    ),
    firstWeight: 1,
  };
}

function arithmetic(random: Random, options: CorpusOptions): Made {
  const { question, thought, answer } = arithmeticQuestion(random, false);
  return solution(
    arithmeticPrompt(question),
    random.chance(options.thinkShare) ? thought : null,
    answer,
    options,
  );
}

function error(random: Random, options: CorpusOptions): Made {
  const task = errorTask(random, levelOf(options.level), 1 + random.weighted(options.tiers));
  if (!task) return null;
  const thought = random.chance(options.thinkShare) ? task.thought : null;
  return solution(errorPrompt(task.program, task.input), thought, task.output, options);
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
