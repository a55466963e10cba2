import type { Config } from './hyperparameters.ts';

/** Tokens that a model of each size can read: prompt and response together. */
export const CONTEXT_LENGTH: Readonly<Record<Config['size'], number>> = {
  pico: 192,
  nano: 256,
  small: 256,
  medium: 256,
  large: 256,
};
