import type { Config } from '../config/hyperparameters.ts';

/** Learning rate of step `step` (1-based): linear from the full rate to its final share at the last step. */
export function learningRateAt(
  step: number,
  config: Pick<Config, 'learningRate' | 'finalLrFraction' | 'steps'>,
): number {
  const progress = config.steps > 1 ? Math.min(1, (step - 1) / (config.steps - 1)) : 0;
  return config.learningRate * (1 + (config.finalLrFraction - 1) * progress);
}

/** Held-out evaluation happens every so many steps and always after the last. */
export function isEvaluationStep(step: number, config: Pick<Config, 'evaluateEvery' | 'steps'>): boolean {
  return step % config.evaluateEvery === 0 || step === config.steps;
}

/** Steps from one slice of the base's measurement to the next. */
const SLICE_EVERY = 2;
/** A slice asks the base as many questions as this share of the responses of a step: less than a tenth of its time. */
const SLICE_SHARE = 1 / 8;

/**
 * Questions that the frozen base is asked after step `step` while shipped scores stand for it. In steps and not in
 * seconds, so that a run gives the same metrics on a slow machine.
 */
export function baseSliceOf(
  step: number,
  config: Pick<Config, 'proposalsPerKind' | 'attemptsPerTask' | 'bufferTasksPerKind'>,
  kinds: number,
): number {
  if (step % SLICE_EVERY !== 0) return 0;
  const { proposalsPerKind, attemptsPerTask, bufferTasksPerKind } = config;
  const tasks = proposalsPerKind + bufferTasksPerKind;
  return Math.ceil(SLICE_SHARE * kinds * (proposalsPerKind + attemptsPerTask * tasks));
}
