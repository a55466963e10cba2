/** What the page is told of a run as it goes on, derived from the loop's own records. Plain data, a few kilobytes a step. */
import type { Cause } from '../benchmark/errors.ts';
import type { BaseEvent } from '../selfplay/events.ts';
import type { Phase } from '../selfplay/records.ts';
import type { Rejection } from '../tasks/kind.ts';
import type { Attempt, Role, Task, TaskKind, Verdict } from '../tasks/task.ts';
import type { BlockedAttempt, HackAttempt, VerdictCounts } from './findings.ts';

export type { Phase };

/** The one task that is shown while a phase is lit: a real one of this very step, filled in as the step goes on. */
export interface CurrentTask {
  kind: TaskKind;
  /** Programs of its references. */
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

/** A response beside the interpreter's own thought. */
export interface TracedResponse {
  /** The response as text, cut at its first wrong step: what is right, that step, and all behind it. */
  parts: readonly [right: string, wrong: string, rest: string];
  /** What it did wrong first; null when its answer is right, whatever it thought. */
  cause: Cause | null;
  /** The step that the interpreter takes there; empty where there is none. */
  expected: string;
}

/** One held-out program of a length, and what is answered to it. */
export interface LadderExample {
  tier: number;
  program: string;
  input: string;
  output: string;
  /** The base, forced to think. */
  base: TracedResponse;
  /** The reasoner as it is after the step; null where it was not asked. */
  now: TracedResponse | null;
}

export type WatchEvent =
  | BaseEvent
  /** When a phase begins, and when it ends and the current task has grown; step 0 is seeding. */
  | { type: 'stage'; step: number; stage: Phase; currentTask: CurrentTask | null }
  /**
   * One held-out program a tier, chosen anew at every evaluation: the first that the base gets wrong and the reasoner
   * right. After the first step such as the base gets wrong, which alone was asked by then.
   */
  | { type: 'ladder'; step: number; examples: readonly LadderExample[] }
  /** Tasks that entered a buffer or left it, or whose solve rate changed. */
  | { type: 'tasks'; added: Task[]; updated: { id: string; solveRate: number }[]; evicted: string[] }
  /** All attempts of a step. */
  | { type: 'attempts'; attempts: Attempt[] }
  | { type: 'rejected'; step: number; kind: TaskKind; rejection: Rejection; text: string; detail: string }
  /** What the sandbox said of all proposals or all answers of a step that it ran. */
  | { type: 'verdicts'; step: number; role: Role; counts: VerdictCounts; blocked: BlockedAttempt[] }
  /** Answers or proposals of a step that are shaped to fool the judge; only when there are any. */
  | { type: 'hacks'; step: number; role: Role; hacks: HackAttempt[] };
