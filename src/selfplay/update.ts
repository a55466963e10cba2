/**
 * UPDATE: one step of the one policy on both roles and all kinds (paper §3.3.5). The loss that the reasoner descends is
 *
 *     L = 1/Z · Σ_responses Σ_tokens [ −w · A · log π(token) + β · KL(π ‖ base) − c · H(π) ]
 *
 * with A the advantage (Eq 8), w = λ for the proposer and 1 for the solver (Eq 3), β the coefficient of the role's KL
 * to the frozen base, c the entropy bonus, and Z what `lossNormalizer` says. There is one update a step, on what the
 * policy itself has just written: the ratio of PPO's objective is 1, and its clip has nothing to do.
 */
import type { Config } from '../config/hyperparameters.ts';
import type { TrainingSequence, UpdateReport } from '../reasoner/reasoner.ts';
import type { Context } from './context.ts';
import type { AttemptGroup, Proposal } from './records.ts';
import { learningRateAt } from './schedule.ts';

/** The report of a step in which there was nothing to learn. */
const NOTHING_TO_LEARN: UpdateReport = {
  loss: 0,
  gradNorm: 0,
  entropy: 0,
  kl: 0,
  tokens: 0,
  usefulShare: 1,
};

/** Tokens that a response counts for where the loss is divided by a constant length. */
export const LENGTH_NORMALIZER = 32;

/**
 * Reinforces every response by its advantage. The report's numbers are not finite when the weights are spoiled: it is
 * for the loop to end there.
 */
export async function update(
  context: Context,
  proposals: readonly Proposal[],
  groups: readonly AttemptGroup[],
  step: number,
): Promise<UpdateReport> {
  const { config } = context;
  if (config.update === 'none') return NOTHING_TO_LEARN;
  const solver = groups.flatMap((group) => (group.trains ? solverSequences(group, config) : []));
  const proposer = config.trainProposer ? proposals.flatMap((each) => proposerSequence(each, config)) : [];
  const all = [...proposer, ...solver];
  const teaching = all.filter((sequence) => hasGradient(sequence, config));
  if (teaching.length === 0) return NOTHING_TO_LEARN;
  // All sequences count, also those left out for having no gradient: a step with little signal is a small step.
  return applyUpdate(context, teaching, sizeOf(all), step);
}

/** How much a batch counts in Z. */
interface BatchSize {
  sequences: number;
  /** Tokens of the responses alone; prompts do not count. */
  tokens: number;
}

export function sizeOf(batch: readonly TrainingSequence[]): BatchSize {
  return { sequences: batch.length, tokens: batch.reduce((sum, { response }) => sum + response.length, 0) };
}

/** One optimizer step on `sequences`, in a batch that counts as `size` says. */
export async function applyUpdate(
  { config, reasoner }: Pick<Context, 'config' | 'reasoner'>,
  sequences: readonly TrainingSequence[],
  size: BatchSize,
  step: number,
): Promise<UpdateReport> {
  const isBySequence = config.lossNormalizer === 'sequence';
  const normalizer = {
    constant: size.sequences * LENGTH_NORMALIZER,
    token: size.tokens,
    sequence: size.sequences,
  }[config.lossNormalizer];
  // The bonus has one coefficient for all tokens: by sequence it stays a mean over tokens.
  const entropy = config.entropy * (isBySequence ? size.sequences / size.tokens : 1);
  return reasoner.update(isBySequence ? sequences.map(meanOfItsOwn) : sequences, {
    learningRate: learningRateAt(step, config),
    normalizer,
    maxGradNorm: config.maxGradNorm,
    beta2: config.beta2,
    temperature: config.temperature,
    ...(config.entropy !== 0 ? { entropy } : {}),
  });
}

/** The sequence with its loss summed as the mean over its own tokens (the paper's 1/|o|). */
function meanOfItsOwn(sequence: TrainingSequence): TrainingSequence {
  const { response, weight, klToBase = 0 } = sequence;
  return {
    ...sequence,
    weight:
      typeof weight === 'number' ? weight / response.length : weight.map((each) => each / response.length),
    klToBase: klToBase / response.length,
  };
}

/** The proposal as training data; the list is empty where nobody learns from it. */
function proposerSequence({ prompt, tokens, advantage }: Proposal, config: Config): TrainingSequence[] {
  if (advantage === null) return [];
  return [
    { prompt, response: tokens, weight: config.proposerWeight * advantage, klToBase: config.klPropose },
  ];
}

function solverSequences({ prompt, attempts }: AttemptGroup, config: Config): TrainingSequence[] {
  const imitates = config.policyObjective === 'likelihood';
  return attempts.map(({ tokens, judged, advantage }) => ({
    prompt,
    response: tokens,
    weight: imitates ? Number(judged?.verdict === 'correct') : (advantage ?? 0),
    klToBase: config.klSolve,
  }));
}

/** Whether there is anything in a response to learn; the others only count in Z. */
function hasGradient({ response, weight, klToBase }: TrainingSequence, { entropy }: Config): boolean {
  return response.length > 0 && (weight !== 0 || klToBase !== 0 || entropy !== 0);
}
