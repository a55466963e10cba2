import type { Config } from './hyperparameters.ts';

/** Tokens that a model of each size can read: prompt and response together. */
export const CONTEXT_LENGTH: Readonly<Record<Config['size'], number>> = {
  pico: 192,
  nano: 512,
  small: 512,
  medium: 512,
  large: 512,
};
