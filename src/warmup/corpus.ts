/**
 * Warm-up examples: programs of the typed grammar, executed, in every role and kind. The stand-in for AZR's
 * pretrained base. Held-out programs never enter. Recipe and mixture: docs/method.md.
 */
import type { Config } from '../config/hyperparameters.ts';
import { arithmeticQuestion } from '../language/arithmetic.ts';
import { WARM_UP_TIERS } from '../language/grammar.ts';
import { levelOf } from '../language/level.ts';
import type { Random } from '../random.ts';
import type { TrainingSequence } from '../reasoner/reasoner.ts';
import { arithmeticPrompt } from '../tasks/format.ts';
import { SPECS } from '../tasks/index.ts';
import { ALL_KINDS, KINDS, type TaskKind } from '../tasks/task.ts';
import {
  type ExampleOptions,
  type Mixture,
  solution,
  type WarmUpExample,
  type WarmUpPart,
} from '../tasks/warmUp.ts';
import { withGaps, withLaterLabels } from './reach.ts';

export type CorpusExample = WarmUpExample;

export interface CorpusOptions extends Omit<ExampleOptions, 'level'> {
  /** Of the task language. */
  level: Config['level'];
  mixture: Mixture;
  /** Of the reasoner: positions may jump as far as this. */
  contextLength: number;
}

export const CORPUS_DEFAULTS: CorpusOptions = {
  level: 1,
  tiers: WARM_UP_TIERS,
  mixture: 'balanced',
  thinkShare: 0.8,
  priorCotRate: 0.3,
  maxTokens: 384,
  contextLength: 512,
};

/** Shares of tiers, from the first to the longest: a warm-up's as far as one goes, and all alike beyond. */
export function tierShares(longest: number): readonly number[] {
  if (longest <= WARM_UP_TIERS.length) return WARM_UP_TIERS.slice(0, longest);
  return Array.from({ length: longest }, () => 1 / longest);
}

/** What a run's configuration says of the corpus; `contextLength` is the reasoner's. */
export function corpusOptions(config: Readonly<Config>, contextLength: number): CorpusOptions {
  return {
    ...CORPUS_DEFAULTS,
    level: config.level,
    tiers: tierShares(config.grammarTiers),
    mixture: config.warmUpMixture,
    thinkShare: config.warmUpThinking,
    priorCotRate: config.priorCotRate,
    // Longer programs than a warm-up's have longer thoughts.
    maxTokens:
      config.grammarTiers > WARM_UP_TIERS.length
        ? contextLength
        : Math.min(CORPUS_DEFAULTS.maxTokens, contextLength),
    contextLength,
  };
}

/** The example as it is trained on. */
export function sequenceOf({
  prompt,
  response,
  positions,
  firstWeight,
}: Readonly<Pick<CorpusExample, 'firstWeight'>> &
  Pick<TrainingSequence, 'prompt' | 'response' | 'positions'>): TrainingSequence {
  return { prompt, response, positions, weight: response.map((_, i) => (i === 0 ? firstWeight : 1)) };
}

/** Questions of the cross-domain suite's kind, which self-play never asks. */
const ARITHMETIC: WarmUpPart = {
  weight: { balanced: 0.06, writing: 0 },
  draw(random, options) {
    const { question, thought, answer } = arithmeticQuestion(random, false);
    const prompt = arithmeticPrompt(question);
    return solution(prompt, random.chance(options.thinkShare) ? thought : null, answer, options);
  },
};

/** All parts, in an order of which the stream depends: a kind that is off by default comes last. */
const PARTS: readonly WarmUpPart[] = [
  ...partsOf(KINDS),
  ARITHMETIC,
  ...partsOf(ALL_KINDS.filter((kind) => !KINDS.includes(kind))),
];

function partsOf(kinds: readonly TaskKind[]): WarmUpPart[] {
  return (['solve', 'propose'] as const).flatMap((role) =>
    kinds.flatMap((kind) => SPECS[kind].warmUp[role] ?? []),
  );
}

/** An endless stream of examples; the same `random` gives the same stream. */
export function* corpus(random: Random, options: CorpusOptions = CORPUS_DEFAULTS): Generator<CorpusExample> {
  const weights = PARTS.map(({ weight }) => weight[options.mixture]);
  const forParts = { ...options, level: levelOf(options.level) };
  for (;;) {
    const part = PARTS[random.weighted(weights)] as WarmUpPart;
    const example = part.draw(random, forParts);
    if (!example || example.prompt.length + example.response.length > options.maxTokens) continue;
    yield withGaps(random, withLaterLabels(random, example), options.contextLength);
  }
}
