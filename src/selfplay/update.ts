/** The policy-gradient update over both roles (paper §3.3.5). */
import type { Config } from '../config/hyperparameters.ts';
import type { TrainingSequence, UpdateReport } from '../reasoner/reasoner.ts';
import type { AttemptGroup } from './attempts.ts';
import { areNumbersSound } from './detectors.ts';
import type { Checked, Lab } from './lab.ts';
import { learningRateAt } from './schedule.ts';

/** A proposal with its reward. */
export interface Graded {
  draft: Checked;
  reward: number;
  advantage: number;
}

/** A response and whether there is anything in it to learn; the others only count in the normalizer. */
interface Lesson {
  sequence: TrainingSequence;
  teaches: boolean;
}

/** What one update reported, with the tokens that its KL is a mean of. */
interface Told {
  report: UpdateReport;
  klTokens: number;
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
 * Reinforces every response by its advantage, proposer's by λ times that, with KL to the base by role. One update,
 * or `ppoEpochs` passes in `ppoMiniBatches` updates each. The report's numbers are not finite when the weights are
 * spoiled: it is for the caller to end there.
 */
export async function updateReasoner(
  lab: Lab,
  graded: readonly Graded[],
  groups: readonly AttemptGroup[],
  step: number,
): Promise<UpdateReport> {
  const { config } = lab;
  const solver = groups.flatMap((group) => solverLessons(group, config));
  const trainsProposer = config.trainProposer && step > config.solverOnlySteps;
  const all = trainsProposer ? [...graded.map((g) => proposerLesson(g, config)), ...solver] : solver;
  const reports: Told[] = [];
  for (const batch of miniBatches(lab, all)) {
    const teaching = batch.filter(({ teaches }) => teaches).map(({ sequence }) => sequence);
    if (teaching.length === 0) continue;
    // All sequences count, also those left out for having no gradient: a step with little signal is a small step.
    const report = await applyUpdate(lab, teaching, sizeOf(batch.map(({ sequence }) => sequence)), step);
    const klTokens = teaching.reduce((sum, s) => sum + (s.klToBase ? s.response.length : 0), 0);
    reports.push({ report, klTokens });
    // Nothing more is to be learned from spoiled weights.
    if (!areNumbersSound({ ...report, klToBase: report.kl })) break;
  }
  return combined(reports);
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
    constant: size.sequences * config.lossLength,
    token: size.tokens,
    sequence: size.sequences,
  }[config.lossNormalization];
  // The bonus has one coefficient for all tokens: by sequence it stays a mean over tokens.
  const entropy = config.entropy * (isBySequence ? size.sequences / size.tokens : 1);
  return reasoner.update(isBySequence ? sequences.map(meanOfItsOwn) : sequences, {
    learningRate: learningRateAt(step, config),
    normalizer,
    clipNorm: config.clipNorm,
    weightDecay: config.weightDecay,
    beta1: config.beta1,
    beta2: config.beta2,
    temperature: config.temperature,
    ...(config.ppoClip ? { ppoClip: clipOf(config) } : {}),
    ...(config.entropy !== 0 ? { entropy } : {}),
  });
}

function clipOf({ ppoClipLow: low, ppoClipHigh: high, ppoDualClip: dual }: Config) {
  return dual > 0 ? { low, high, dual } : { low, high };
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

/** Whether the solver trains on a task of this solve rate. */
export function isInBand(solveRate: number, { solverBand }: Pick<Config, 'solverBand'>): boolean {
  switch (solverBand) {
    case 'all':
      return true;
    case 'at-most-half':
      return solveRate <= 0.5;
    case 'between':
      return solveRate >= 0.3 && solveRate <= 0.7;
  }
}

function proposerLesson({ draft: { prompt, rollout }, advantage }: Graded, config: Config): Lesson {
  return lesson(
    {
      prompt,
      response: rollout.tokens,
      weight: config.proposerWeight * advantage,
      klToBase: config.klPropose,
      ...(needsRatio(config) ? { samplerLogprobs: rollout.logprobs } : {}),
    },
    config,
  );
}

function solverLessons(group: AttemptGroup, config: Config): Lesson[] {
  const imitates = config.policyObjective === 'likelihood';
  return group.rollouts.map(({ tokens, logprobs }, i) => {
    const isCorrect = group.judged[i]?.verdict === 'correct';
    const sequence: TrainingSequence = {
      prompt: group.prompt,
      response: tokens,
      weight: imitates ? Number(isCorrect) : (group.advantages[i] ?? 0),
      klToBase: config.klSolve,
      // Imitation has no ratio: its examples could come from anywhere.
      ...(needsRatio(config) && !imitates ? { samplerLogprobs: logprobs } : {}),
    };
    return isInBand(group.solveRate, config) ? lesson(sequence, config) : { sequence, teaches: false };
  });
}

function lesson(sequence: TrainingSequence, config: Config): Lesson {
  const { response, weight, klToBase } = sequence;
  return {
    sequence,
    teaches: response.length > 0 && (weight !== 0 || klToBase !== 0 || config.entropy !== 0),
  };
}

/** After the first update the policy is no longer the sampler's. */
function needsRatio({ ppoClip, ppoEpochs, ppoMiniBatches }: Config): boolean {
  return ppoClip || ppoEpochs * ppoMiniBatches > 1;
}

/** The responses of each update: all, or for each epoch a random partition of them. */
function miniBatches({ config, random }: Lab, all: readonly Lesson[]): (readonly Lesson[])[] {
  const { ppoEpochs: epochs, ppoMiniBatches: count } = config;
  const partitions = Array.from({ length: epochs }, () => {
    if (count === 1) return [all];
    const shuffled = random.shuffle(all);
    return Array.from({ length: count }, (_, i) =>
      shuffled.slice(Math.round((i * all.length) / count), Math.round(((i + 1) * all.length) / count)),
    );
  });
  return partitions.flat();
}

/** Several updates told as one: means over updates, or over their tokens; tokens are those trained on in all. */
function combined(told: readonly Told[]): UpdateReport {
  const [first] = told;
  if (!first) return NOTHING_TO_LEARN;
  if (told.length === 1) return first.report;
  const meanOf = (key: keyof UpdateReport, weightOf: (of: Told) => number) => {
    const total = told.reduce((sum, of) => sum + weightOf(of), 0);
    return total > 0 ? told.reduce((sum, of) => sum + weightOf(of) * of.report[key], 0) / total : 0;
  };
  const tokensOf = ({ report }: Told) => report.tokens;
  return {
    loss: meanOf('loss', () => 1),
    gradNorm: meanOf('gradNorm', () => 1),
    entropy: meanOf('entropy', tokensOf),
    kl: meanOf('kl', ({ klTokens }) => klTokens),
    clipFraction: meanOf('clipFraction', tokensOf),
    tokens: told.reduce((sum, of) => sum + tokensOf(of), 0),
    usefulShare: meanOf('usefulShare', tokensOf),
  };
}
