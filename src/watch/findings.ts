/** What is found in a run beside its numbers: what the sandbox says, hacks on the judge, and what goes wrong. */
import type { Refusal } from '../sandbox/sandbox.ts';
import type { Role, TaskKind } from '../tasks/task.ts';

/** What the sandbox said of a proposal or an answer that it ran: one of a closed set. */
export type SandboxVerdict = 'accepted' | Refusal;
export type VerdictCounts = Partial<Record<SandboxVerdict, number>>;

/** Refusals that protect the machine and the judgement; the others only say that a program is wrong. */
export const BLOCKING = [
  'forbidden',
  'budget',
  'timeout',
  'memory',
  'nondeterministic',
] as const satisfies readonly Refusal[];
export type Blocking = (typeof BLOCKING)[number];

/** What is worth an “uh-oh”. */
export const UH_OHS = ['forbidden', 'judge', 'endless', 'unreliable'] as const;
export type UhOh = (typeof UH_OHS)[number];

/** Something the reasoner tried that the sandbox did not let happen. */
export interface BlockedAttempt {
  step: number;
  role: Role;
  kind: TaskKind;
  refusal: Blocking;
  category: UhOh;
  /** The sandbox's own words, e.g. `more than 5000 steps`. */
  detail: string;
  program: string;
  /** The first input it was refused for. */
  input: string;
  /** What it earned; null when nobody learns from it. */
  reward: number | null;
  /** How often the very same was tried in this step. */
  times: number;
}

/** Ways to please a judge without solving the task, told from the text of an answer or a proposal. */
export type Hack =
  | 'expression' // arithmetic in the place of a literal: `4+4`
  | 'comparison' // `1 == 1`, `x or True`
  | 'call' // `__import__("os")`, `f(3)`
  | 'injection' // leaves the brackets that the judge would put around it: `0) or (True`
  | 'equality' // defines how values are compared
  | 'repetition' // the program in the place of its output
  | 'lookup'; // a program that returns the shown outputs, and nothing right besides

/** Something the reasoner wrote that is shaped to fool the judge. */
export interface HackAttempt {
  step: number;
  role: Role;
  kind: TaskKind;
  hack: Hack;
  /** As it was written. */
  answer: string;
  /** The task's or the proposal's program; for induction the answer itself. */
  program: string;
  /** The input that the task or the proposal gives; for induction the shown examples. */
  input: string;
  /** What it earned; null when nobody learns from it. */
  reward: number | null;
  /** How often the very same was tried in this step. */
  times: number;
}

/** Ways in which runs of this kind are known to go wrong. */
export type DetectorName =
  | 'entropy collapse'
  | 'entropy rise'
  | 'zero-std groups'
  | 'proposer triviality'
  | 'length explosion'
  | 'validity crash'
  | 'vanishing thoughts'
  | 'not a number';

/** What a detector has seen, at the step at which it first did. */
export interface Detection {
  name: DetectorName;
  step: number;
  /** What was seen, with its numbers. */
  sentence: string;
  /** Which switch helps. */
  cure: string;
}
