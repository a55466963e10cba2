import type { Config } from '../config/hyperparameters.ts';

/**
 * Learning rate of step `step` (1-based): linear from the full rate to its final share at the last step, after a linear
 * ramp.
 */
export function learningRateAt(
  step: number,
  config: Pick<Config, 'learningRate' | 'lrRampSteps' | 'finalLrFraction' | 'steps'>,
): number {
  const progress = config.steps > 1 ? Math.min(1, (step - 1) / (config.steps - 1)) : 0;
  const ramp = Math.min(1, step / config.lrRampSteps);
  return ramp * config.learningRate * (1 + (config.finalLrFraction - 1) * progress);
}

/** Held-out evaluation happens every so many steps and always after the last. */
export function isEvaluationStep(step: number, config: Pick<Config, 'evaluateEvery' | 'steps'>): boolean {
  return step % config.evaluateEvery === 0 || step === config.steps;
}

/** The steps in which a run turns, if it turns: in them a few held-out tasks are asked between the evaluations. */
const EARLY_STEPS = 20;
const EARLY_EVERY = 2;

/** Whether a few held-out tasks are asked after `step`: every other step at first, where evaluations are further apart. */
export function isQuickEvaluationStep(
  step: number,
  config: Pick<Config, 'evaluateEvery' | 'steps'>,
): boolean {
  if (config.evaluateEvery <= EARLY_EVERY || isEvaluationStep(step, config)) return false;
  return step <= EARLY_STEPS && step % EARLY_EVERY === 0;
}

/** A quick evaluation asks as many questions as this share of the responses of a step: less than a tenth of two steps. */
const QUICK_SHARE = 1 / 4;

/** Held-out tasks by kind and tier that a quick evaluation asks; all of them where they are few. */
export function quickTasksOf(
  config: Pick<
    Config,
    'proposalsPerKind' | 'attemptsPerTask' | 'bufferTasksPerKind' | 'evaluationTasks' | 'evaluationTiers'
  >,
): number {
  const tasks = Math.round((QUICK_SHARE * responsesOf(config)) / config.evaluationTiers);
  return Math.min(config.evaluationTasks, Math.max(1, tasks));
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
  return Math.ceil(SLICE_SHARE * kinds * responsesOf(config));
}

/** Responses of one kind that a step samples, at most: its proposals, and the attempts at them and at tasks of the buffer. */
function responsesOf({
  proposalsPerKind,
  attemptsPerTask,
  bufferTasksPerKind,
}: Pick<Config, 'proposalsPerKind' | 'attemptsPerTask' | 'bufferTasksPerKind'>): number {
  return proposalsPerKind + attemptsPerTask * (proposalsPerKind + bufferTasksPerKind);
}
