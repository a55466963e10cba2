/** What the kinds of task are called: in full, and in three letters. */
import type { TaskKind } from '../tasks/task.ts';
import { msg } from '../words/words.ts';

export const KIND_TEXT: Readonly<Record<TaskKind, { name: string; short: string }>> = {
  deduction: { name: msg('deduction'), short: msg('ded') },
  abduction: { name: msg('abduction'), short: msg('abd') },
  induction: { name: msg('induction'), short: msg('ind') },
  error: { name: msg('error'), short: msg('err') },
};
