/** What the loop tells while it runs: raw records. What is shown of them is derived elsewhere (`src/watch`). */
import type { SuiteScores } from '../benchmark/scores.ts';
import type { Valid } from '../tasks/kind.ts';
import type { Task, TaskKind } from '../tasks/task.ts';
import type { HeldOutExample, Phase, StepRecord } from './records.ts';

/** What became of the programs that a user brought. */
export interface Planted {
  /** How many of them the run begins from; with none of them it begins from the built-in one. */
  own: number;
  /**
   * The first function of the user's that could not be used, or the whole text (`name` null), and why in a
   * sentence.
   */
  refused: { name: string | null; detail: string } | null;
}

/** How full the buffers were made before the first step. */
export interface SeedingReport {
  /** How many tasks the buffer of each kind holds that is on. */
  tasks: Partial<Record<TaskKind, number>>;
  proposals: number;
  valid: number;
  rounds: number;
}

/** How the frozen base does on the held-out tasks: as it is shipped at first, as it was measured here later. */
export interface BaseEvent {
  type: 'base';
  scores: SuiteScores;
  /** Forced to think. */
  forced: SuiteScores;
  /** Share of its own answers that think, per kind. */
  thinks: Partial<Record<TaskKind, number>>;
  from: 'shipped' | 'measured';
}

/** The task that it became, or why it did not enter. */
export type TakeGift = (kind: TaskKind, valid: Valid) => Promise<Task | 'known' | 'full' | 'off'>;

export type LoopEvent =
  | BaseEvent
  /** After the first step: held-out tasks with the base's thoughts alone, for who does not want to wait for an evaluation. */
  | { type: 'examples'; step: number; examples: readonly HeldOutExample[] }
  /** What the run begins from, and what the base made of it. */
  | { type: 'planted'; planted: Planted }
  | { type: 'seeded'; report: SeedingReport }
  /**
   * Before a step begins: a listener that waits here holds the run between two steps. Until it lets go of it, `take`
   * puts a task that a person wrote into the buffers; null in a run that does not learn from them.
   */
  | { type: 'step'; step: number; take: TakeGift | null }
  /** When a phase begins and when it ends, with all that the step holds by then. */
  | { type: 'phase'; phase: Phase; at: 'begin' | 'end'; record: StepRecord }
  | { type: 'tasks'; added: Task[]; updated: { id: string; solveRate: number }[]; evicted: string[] }
  /** How far long work has come: `done` of `total` tasks are seeded, or prompts answered in a phase or an evaluation. */
  | {
      type: 'progress';
      what: 'seeding' | 'evaluation' | 'propose' | 'attempt';
      done: number;
      total: number;
    };

/**
 * Hears every event. The loop waits for what it returns, so a pause, slow motion or a thrown error (to abandon
 * the run) are the listener's business and the loop stays free of them.
 */
export type Listener = (event: LoopEvent) => void | Promise<void>;
