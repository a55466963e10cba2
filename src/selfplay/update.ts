/** One policy-gradient step over both roles (paper §3.3.5). */
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
  clipFraction: 0,
  tokens: 0,
  usefulShare: 1,
};

/**
 * Reinforces every response by its advantage, proposer's by λ times that, with KL to the base by role. The report's
 * numbers are not finite when the weights are spoiled: it is for the caller to end there.
 */
export async function updateReasoner(
  lab: Lab,
  graded: readonly Graded[],
  groups: readonly AttemptGroup[],
  step: number,
): Promise<UpdateReport> {
  const { config } = lab;
  const withRatio = (logprobs: readonly number[]) => (config.ppoClip ? { samplerLogprobs: logprobs } : {});
  const proposer = graded.map(
    ({ draft: { prompt, rollout }, advantage }): TrainingSequence => ({
      prompt,
      response: rollout.tokens,
      weight: config.proposerWeight * advantage,
      klToBase: config.klPropose,
      ...withRatio(rollout.logprobs),
    }),
  );
  const solver = groups.flatMap(({ prompt, rollouts, advantages }) =>
    rollouts.map(
      ({ tokens, logprobs }, i): TrainingSequence => ({
        prompt,
        response: tokens,
        weight: advantages[i] ?? 0,
        klToBase: config.klSolve,
        ...withRatio(logprobs),
      }),
    ),
  );
  const all = config.trainProposer && step > config.solverOnlySteps ? [...proposer, ...solver] : solver;
  const teaching = all.filter(
    ({ response, weight, klToBase }) =>
      response.length > 0 && (weight !== 0 || klToBase !== 0 || config.entropy !== 0),
  );
  if (teaching.length === 0) return NOTHING_TO_LEARN;
  // All sequences count, also those left out for having no gradient: a step with little signal is a small step.
  return applyUpdate(lab, teaching, all.length, step);
}

/** One optimizer step; the loss is divided by `count` sequences of the configured length. */
export async function applyUpdate(
  { config, reasoner }: Lab,
  sequences: readonly TrainingSequence[],
  count: number,
  step: number,
): Promise<UpdateReport> {
  return reasoner.update(sequences, {
    learningRate: learningRateAt(step, config),
    normalizer: count * config.lossLength,
    clipNorm: config.clipNorm,
    weightDecay: config.weightDecay,
    beta1: config.beta1,
    beta2: config.beta2,
    temperature: config.temperature,
    ...(config.ppoClip ? { ppoClip: { low: config.ppoClipLow, high: config.ppoClipHigh } } : {}),
    ...(config.entropy !== 0 ? { entropy: config.entropy } : {}),
  });
}
