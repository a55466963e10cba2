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
