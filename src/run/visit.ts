/**
 * What a visitor may ask beside a run, and what is answered. Nothing of it trains, and none of it draws from the random
 * streams of the run; only a task that is given to the run changes it, as everybody can see.
 */
import type { Triplet, Verdict } from '../tasks/kind.ts';
import type { TaskKind } from '../tasks/task.ts';
import type { Writing, Written } from '../tasks/writing.ts';
import type { TracedResponse } from '../watch/events.ts';

/** How often the reasoner tries a task of a visitor's. */
export const TRIES = 8;

/** A task that is played with. */
export interface PlayedTask extends Triplet {
  kind: TaskKind;
}

export type Question =
  /** What Python says of a task that somebody wrote. */
  | { about: 'writing'; writing: Writing }
  /** Tries at a task: of the base and, where the run has taken a step, of the reasoner as it is. */
  | { about: 'tries'; task: PlayedTask }
  /** Held-out tasks to play with: every kind of the run, from short to long. */
  | { about: 'suite' }
  /** What Python says of a visitor's own answer to a task. */
  | { about: 'answer'; task: PlayedTask; answer: string }
  /** What else the reasoner might have written at every token of a response to a task. */
  | { about: 'inside'; task: PlayedTask; tokens: readonly number[] }
  /** How fast this machine would take steps. */
  | { about: 'pace' }
  /** Puts a task that somebody wrote into the buffer of the run. */
  | { about: 'gift'; writing: Writing };

export interface Try {
  /** As text, thought included. */
  response: string;
  /** As the reasoner wrote it. */
  tokens: number[];
  verdict: Verdict;
  thinks: boolean;
  /** Beside the interpreter's own thought; null where the task has none that could be compared. */
  traced: TracedResponse | null;
}

/** A token that might be written, and its probability at temperature 1. */
export interface Choice {
  text: string;
  probability: number;
}

export interface Inside {
  /** Of every token what was written, and the likeliest choices in its place, the likeliest first. */
  steps: { text: string; base: Choice[]; now: Choice[] | null }[];
  /** The first token at which the likeliest choices of base and reasoner differ; null where there is none. */
  parts: number | null;
  /** The reasoner is that after this step; after step 0 it is the base, and has no choices of its own. */
  step: number;
}

/** What computes, and how fast. */
export interface Pace {
  backend: 'webgpu' | 'wasm' | 'cpu';
  /** Adapter or backend, for people. */
  device: string;
  /** Estimated from a part of a step. */
  secondsPerStep: number;
}

export interface JudgedAnswer {
  verdict: Verdict;
  /** One or two sentences: what Python gives, or what could not be read. */
  detail: string;
}

export interface Tried {
  tries: Try[];
  /** Share of the tries that are right. */
  solveRate: number;
}

export interface Tries {
  base: Tried;
  /** The reasoner after `step`; null where it is the base still. */
  now: (Tried & { step: number }) | null;
  /** What the proposer of the task would have earned for it with the reasoner as it is, by the run's own rule. */
  proposerReward: number;
}

export type Gift =
  /** Under this name it is in the buffer from the next step on. */
  | { ok: true; id: string }
  /** `detail` is a plain sentence. */
  | { ok: false; detail: string };

/** What is answered to each kind of question. */
export interface Answers {
  writing: Written;
  tries: Tries;
  suite: PlayedTask[];
  inside: Inside;
  pace: Pace;
  answer: JudgedAnswer;
  gift: Gift;
}
export type Answer = Answers[Question['about']];
