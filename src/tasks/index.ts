import { abduction } from './abduction.ts';
import { deduction } from './deduction.ts';
import { errorDeduction } from './errorDeduction.ts';
import { induction } from './induction.ts';
import type { KindSpec } from './kind.ts';
import type { TaskKind } from './task.ts';

/** Every kind of task. A new kind is one file and one line here. */
export const SPECS: Readonly<Record<TaskKind, KindSpec>> = {
  deduction,
  abduction,
  induction,
  error: errorDeduction,
};
