/** The policy-gradient update over both roles (paper §3.3.5). */
import type { Config } from '../config/hyperparameters.ts';
import type { TrainingSequence, UpdateReport } from '../reasoner/reasoner.ts';
import type { AttemptGroup } from './attempts.ts';
import type { Checked, Lab } from './lab.ts';
import { learningRateAt } from './schedule.ts';

/** A proposal with its reward. */
export interface Graded {
  draft: Checked;
  reward: number;
  advantage: number;
}

/** Of a step without an update. */
export const NOTHING_TO_LEARN: UpdateReport = {
  loss: 0,
  gradNorm: 0,
  entropy: 0,
  kl: 0,
  tokens: 0,
  usefulShare: 1,
};

/** Tokens that a response counts for, with the loss divided by a constant length. */
export const LOSS_LENGTH = 32;

/**
 * Reinforces every response by its advantage, proposer's by λ times that, with KL to the base by role, in one update.
 * The report's numbers are not finite when the weights are spoiled: it is for the caller to end there.
 */
export async function updateReasoner(
  lab: Lab,
  graded: readonly Graded[],
  groups: readonly AttemptGroup[],
  step: number,
): Promise<UpdateReport> {
  const { config } = lab;
  const solver = groups.flatMap((group) => solverSequences(group, config));
  const all = config.trainProposer ? [...graded.map((g) => proposerSequence(g, config)), ...solver] : solver;
  const teaching = all.filter((sequence) => hasGradient(sequence, config));
  if (teaching.length === 0) return NOTHING_TO_LEARN;
  // All sequences count, also those left out for having no gradient: a step with little signal is a small step.
  return applyUpdate(lab, teaching, sizeOf(all), step);
}

/** How much a batch counts in the normalizer. */
interface BatchSize {
  sequences: number;
  /** Of the responses. */
  tokens: number;
}

export function sizeOf(batch: readonly TrainingSequence[]): BatchSize {
  return { sequences: batch.length, tokens: batch.reduce((sum, { response }) => sum + response.length, 0) };
}

/**
 * One optimizer step. The summed loss is divided as `lossNormalization` says, by what `size` counts.
 */
export async function applyUpdate(
  { config, reasoner }: Lab,
  sequences: readonly TrainingSequence[],
  size: BatchSize,
  step: number,
): Promise<UpdateReport> {
  const isBySequence = config.lossNormalization === 'sequence';
  const normalizer = {
    constant: size.sequences * LOSS_LENGTH,
    token: size.tokens,
    sequence: size.sequences,
  }[config.lossNormalization];
  // The bonus has one coefficient for all tokens: by sequence it stays a mean over tokens.
  const entropy = config.entropy * (isBySequence ? size.sequences / size.tokens : 1);
  return reasoner.update(isBySequence ? sequences.map(meanOfItsOwn) : sequences, {
    learningRate: learningRateAt(step, config),
    normalizer,
    clipNorm: config.clipNorm,
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

function proposerSequence(
  { draft: { prompt, rollout }, advantage }: Graded,
  config: Config,
): TrainingSequence {
  return {
    prompt,
    response: rollout.tokens,
    weight: config.proposerWeight * advantage,
    klToBase: config.klPropose,
  };
}

function solverSequences(group: AttemptGroup, config: Config): TrainingSequence[] {
  const imitates = config.policyObjective === 'likelihood';
  return group.rollouts.map(({ tokens }, i) => ({
    prompt: group.prompt,
    response: tokens,
    weight: imitates ? Number(group.judged[i]?.verdict === 'correct') : (group.advantages[i] ?? 0),
    klToBase: config.klSolve,
  }));
}

/** Whether there is anything in a response to learn; the others only count in the normalizer. */
function hasGradient({ response, weight, klToBase }: TrainingSequence, { entropy }: Config): boolean {
  return response.length > 0 && (weight !== 0 || klToBase !== 0 || entropy !== 0);
}
