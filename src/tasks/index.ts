import { abduction } from './abduction.ts';
import { deduction } from './deduction.ts';
import { errorDeduction } from './errorDeduction.ts';
import { induction } from './induction.ts';
import type { KindSpec } from './kind.ts';

/** Every kind of task. A new kind is one file and one line here. */
export const SPECS = {
  deduction,
  abduction,
  induction,
  error: errorDeduction,
} satisfies Record<string, KindSpec>;
