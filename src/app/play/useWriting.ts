/** What somebody writes for the reasoner: it outlives a look at another view. */
import { create } from 'zustand';
import type { Tries } from '../../run/visit.ts';
import type { Triplet } from '../../tasks/kind.ts';
import type { Writing, Written } from '../../tasks/writing.ts';

/** How far the reasoner and Python have come with it. */
export type Progress =
  | { at: 'draft' | 'verifying' }
  | { at: 'refused'; why: Exclude<Written, { ok: true }> }
  | { at: 'trying'; task: Triplet }
  | { at: 'tried'; task: Triplet; tries: Tries }
  /** `task` is there where Python has accepted it. */
  | { at: 'failed'; why: string; task: Triplet | null };

/** What became of putting it into the buffer. */
export type Giving = { at: 'no' | 'giving' } | { at: 'in'; id: string } | { at: 'refused'; why: string };

interface WritingState {
  writing: Writing;
  progress: Progress;
  giving: Giving;
  /** Counts the attempts, so that an answer to an older text is not taken for one to this. */
  turn: number;
}

const FIRST_PROGRAM = `def f(x):
    y = x * 2
    if y > 9:
        y = y - x
    return y + 3`;

export const useWriting = create<WritingState>()(() => ({
  writing: { kind: 'deduction', program: FIRST_PROGRAM, input: '5' },
  progress: { at: 'draft' },
  giving: { at: 'no' },
  turn: 0,
}));

/** Changes what is written; what was said of it before is gone. */
export function write(changes: Partial<Writing>): void {
  useWriting.setState(({ writing, turn }) => ({
    writing: { ...writing, ...changes },
    progress: { at: 'draft' },
    giving: { at: 'no' },
    turn: turn + 1,
  }));
}
