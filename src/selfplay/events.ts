/** What the loop tells while it runs, in the shapes the page is sent (`run/protocol.ts`). */
import type { Attempt, Role, Task, TaskKind, Verdict } from '../tasks/task.ts';
import type { BlockedAttempt, Rejection, RulingCounts, SuiteScores, TrickAttempt } from './metrics.ts';

export type Stage = 'propose' | 'verify' | 'attempt' | 'judge' | 'update' | 'evaluate';

/** The one task shown while a stage is lit: a real one of this very step, filled in as the step goes on. */
export interface Hand {
  kind: TaskKind;
  references?: string[];
  program?: string;
  input?: string;
  output?: string;
  rejection?: Rejection;
  /** Attempts as they were written, before they are judged. */
  responses?: string[];
  attempts?: { response: string; answer: string | null; thinks: boolean; verdict: Verdict; reward: number }[];
  solveRate?: number;
  proposerReward?: number;
}

export type LoopEvent =
  /** Once when a stage begins and once when it ends and the hand has grown; step 0 is seeding. */
  | { type: 'stage'; step: number; stage: Stage; hand: Hand | null }
  | { type: 'tasks'; added: Task[]; updated: { id: string; solveRate: number }[]; evicted: string[] }
  | { type: 'attempts'; attempts: Attempt[] }
  | { type: 'rejected'; step: number; kind: TaskKind; rejection: Rejection; text: string; detail: string }
  /** What the sandbox said of all proposals or all answers of a step that it ran. */
  | { type: 'rulings'; step: number; role: Role; counts: RulingCounts; blocked: BlockedAttempt[] }
  /** Answers or proposals of a step that are shaped to fool the judge; only when there are any. */
  | { type: 'tricks'; step: number; role: Role; tricks: TrickAttempt[] }
  | { type: 'base'; scores: SuiteScores; forced: SuiteScores; thinks: Partial<Record<TaskKind, number>> }
  /** Long work besides the steps: `done` of `total` tasks seeded or prompts evaluated. */
  | { type: 'progress'; what: 'seeding' | 'evaluation'; done: number; total: number };

/**
 * Hears every event. The loop waits for what it returns, so a pause, slow motion or a thrown error (to abandon
 * the run) are the listener's business and the loop stays free of them.
 */
export type Listener = (event: LoopEvent) => void | Promise<void>;
