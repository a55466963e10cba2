/** A run between two steps, as it is kept. */
import type { Answered } from '../benchmark/answers.ts';
import type { BaseEvaluation } from '../benchmark/shipped.ts';
import type { Task, TaskKind } from '../tasks/task.ts';

export interface SavedRun {
  state: SavedState;
  /** The current weights and the optimizer's moments, as safetensors. The base is not among them: a run begins from it. */
  weights: Uint8Array;
  optimizer: Uint8Array;
}

/** Everything but the weights, as JSON. */
export interface SavedState {
  /** Steps taken. */
  step: number;
  /** Tasks named so far. */
  named: number;
  /** Of work, pauses left out. */
  seconds: number;
  buffers: Record<TaskKind, BufferState>;
  heldOut: HeldOutState;
  /** Of the examples of the supervised control. */
  examples: RandomState;
}

type RandomState = [number, number, number, number];

export interface BufferState {
  tasks: Task[];
  offered: number;
  offeredBefore: { step: number; last: number };
  random: RandomState;
}

/** What is known of the base. */
export interface HeldOutState {
  base: BaseEvaluation | null;
  answers: { atOnce: Answered[]; forced: Answered[] };
  askedAhead: [task: number, answer: Answered][];
  /** Positions of the tasks of quick evaluations; absent in runs that were kept before there were any. */
  few?: readonly number[];
}
