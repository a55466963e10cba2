import type { SuiteScores } from '../benchmark/scores.ts';
import type { Refusal } from '../sandbox/sandbox.ts';
import type { TimedPhase } from '../selfplay/records.ts';
import type { Rejection } from '../tasks/kind.ts';
import type { Role, RoleKind, TaskKind } from '../tasks/task.ts';

/** What the sandbox said of a proposal or an answer that it ran: one of a closed set. */
export type Ruling = 'accepted' | Refusal;
export type RulingCounts = Partial<Record<Ruling, number>>;

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
export type Trick =
  | 'expression' // arithmetic in the place of a literal: `4+4`
  | 'comparison' // `1 == 1`, `x or True`
  | 'call' // `__import__("os")`, `f(3)`
  | 'injection' // leaves the brackets that the judge would put around it: `0) or (True`
  | 'equality' // defines how values are compared
  | 'repetition' // the program in the place of its output
  | 'lookup'; // a program that returns the shown outputs, and nothing right besides

/** Something the reasoner wrote that is shaped to fool the judge. */
export interface TrickAttempt {
  step: number;
  role: Role;
  kind: TaskKind;
  trick: Trick;
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

/** One self-play step, as written to metrics.jsonl and drawn by the page. */
export interface StepMetrics {
  step: number;
  /** Seconds since the run began, pauses excluded. */
  seconds: number;
  /** Mean reward per role and kind; absent where nothing was sampled. */
  reward: Partial<Record<RoleKind, number>>;
  /** Mean success of attempts per kind. */
  solveRate: Partial<Record<TaskKind, number>>;
  /** Tasks by number of correct attempts of n: learnability[k] = tasks solved k times. */
  learnability: number[];
  proposals: number;
  /** Share of proposals that are valid tasks (known ones included; held-out ones count on neither side). */
  validRate: number;
  /** Valid proposals that entered the buffer. */
  newTasks: number;
  /** Proposals that were composed with an earlier program, where composition is on. */
  composed?: number;
  rejections: Partial<Record<Rejection, number>>;
  /** Share of attempts that think, per kind. */
  thinkShare: Partial<Record<TaskKind, number>>;
  /** Mean response length in tokens, per role and kind. */
  responseLength: Partial<Record<RoleKind, number>>;
  bufferSize: number;
  /** Of the paper's three kinds, and of error deduction where it is on. */
  bufferByKind: Partial<Record<TaskKind, number>>;
  /** Distinct behaviours in the buffer. */
  behaviours: number;
  loss: number;
  gradNorm: number;
  entropy: number;
  /** KL to the frozen base by role, in nats a token, on a sample of the step's responses; absent where not measured. */
  klToBase: Partial<Record<Role, number>>;
  /** Share of task groups whose attempts all got the same reward (no signal). */
  zeroSignal: number;
  learningRate: number;
  tokensSampled: number;
  tokensTrained: number;
  /** Seconds per phase of this step. */
  phaseSeconds: Readonly<Record<TimedPhase, number>>;
  memory: { tensors: number; bytes: number };
  /** On evaluation steps. */
  heldOut?: SuiteScores;
  /** The frozen base's scores, on evaluation steps: answered at once (greedy) … */
  base?: SuiteScores;
  /** … and forced to think (what elicitation alone gives). */
  baseForced?: SuiteScores;
  /** Share of greedy held-out solutions that think, per kind. */
  heldOutThinks?: Partial<Record<TaskKind, number>>;
  /** pass@k on the same suites, when evaluated. */
  heldOutPassK?: { k: number; scores: SuiteScores };
  /** On steps at which a detector fired. */
  detections?: Detection[];
}

/** Ways in which runs of this kind are known to go wrong. */
export type DetectorName =
  | 'entropy collapse'
  | 'entropy rise'
  | 'zero signal'
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
