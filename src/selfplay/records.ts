/**
 * The records that travel through a step of self-play: one for each response of the proposer, one for each response of
 * the solver, and the step that holds them. Every phase of the loop fills in its own fields, once; until then they are
 * null.
 */
import type { Answered } from '../benchmark/answers.ts';
import type { SuiteScores } from '../benchmark/scores.ts';
import type { BenchmarkTask } from '../benchmark/suites.ts';
import type { UpdateReport } from '../reasoner/reasoner.ts';
import type { Judged } from '../tasks/judging.ts';
import type { Execution, ParsedProposal, Validity } from '../tasks/kind.ts';
import type { Role, Task, TaskKind } from '../tasks/task.ts';
import type { Buffers } from './references.ts';
import type { SavedRun } from './savedRun.ts';

/** What one proposal is conditioned on. */
export interface Condition {
  readonly kind: TaskKind;
  /** Tasks of the buffer that the proposer is shown. */
  readonly references: readonly Task[];
}

/** One response of the proposer, and what becomes of it. */
export interface Proposal extends Condition {
  /** Empty where a control wrote it, and nobody was asked. */
  readonly prompt: readonly number[];
  readonly tokens: readonly number[];
  /** The log-probabilities of the sampled tokens; null where nobody sampled them. */
  readonly logprobs: readonly number[] | null;
  /** False when it was cut at its longest length. */
  readonly finished: boolean;
  /** Its program and inputs; null when they cannot be read. */
  readonly parsed: ParsedProposal | null;
  /** VERIFY: that it is a valid task, or the one reason why not. */
  verdict: Validity | null;
  /** VERIFY: what was run of it, as it was written; null when nothing was. */
  execution: Execution | null;
  /** COMPOSE: the earlier task whose program now comes before its own. */
  inner: Task | null;
  /** VERIFY: the task that it became, or the buffer's own where that holds the text already. */
  task: Task | null;
  /** REWARD: what it earned (Eqs 4 and 6); null where nobody learns from it. */
  reward: number | null;
  /** REWARD: how it compares with its baseline (Eq 8). */
  advantage: number | null;
}

/** One response of the solver, and what becomes of it. */
export interface Attempt {
  readonly tokens: readonly number[];
  readonly logprobs: readonly number[];
  /** False when it was cut at its longest length. */
  readonly finished: boolean;
  /** JUDGE: the answer, the verdict on it and what was run for that. */
  judged: Judged | null;
  /** REWARD: what it earned (Eqs 5 and 6). */
  reward: number | null;
  /** REWARD: how it compares with its baseline (Eq 8); null where the attempt only measures its task. */
  advantage: number | null;
}

/** All attempts at one task in one step. */
export interface AttemptGroup {
  readonly task: Task;
  /** The proposal that they measure; null for the solver's practice. */
  readonly proposal: Proposal | null;
  /** Whether the solver is trained on them. */
  readonly trains: boolean;
  readonly prompt: readonly number[];
  readonly attempts: readonly Attempt[];
  /** JUDGE: mean success, the s̄ of Eq 4. */
  solveRate: number | null;
}

/** What one evaluation says, beside the frozen base. */
export interface HeldOutScores {
  scores: SuiteScores;
  /** Share of greedy solutions that think, per kind. */
  thinks: Partial<Record<TaskKind, number>>;
  /** The frozen base: as it chooses to answer (greedy), and forced to think (what elicitation alone gives). */
  base: SuiteScores;
  baseForced: SuiteScores;
  /** pass@k on the same suites, where it is asked for. */
  passK: { k: number; scores: SuiteScores } | null;
  /** The tasks and what the reasoner answered to each. */
  tasks: readonly BenchmarkTask[];
  answered: readonly Answered[];
  /** A few of them to be shown. */
  examples: readonly HeldOutExample[];
}

/** What a few of the held-out tasks say between two evaluations. */
export interface QuickScores {
  /** Tasks by kind and tier. */
  tasks: number;
  scores: SuiteScores;
  /** Share of greedy solutions that think, per kind. */
  thinks: Partial<Record<TaskKind, number>>;
}

/** A held-out task with the answer of the reasoner, null before it was asked, and that of the base forced to think. */
export interface HeldOutExample {
  task: BenchmarkTask;
  now: Answered | null;
  base: Answered;
}

/** All that happened in one step, or in one round of seeding (step 0). */
export interface StepRecord {
  readonly step: number;
  conditions: readonly Condition[];
  proposals: readonly Proposal[];
  groups: readonly AttemptGroup[];
  /** REMEMBER: tasks that entered a buffer, and those that did not since it holds the like. */
  added: readonly Task[];
  known: readonly Task[];
  /** UPDATE: what the optimizer reports; null before the update. */
  report: UpdateReport | null;
  /** UPDATE: KL to the frozen base after it, in nats a token; a role without responses is absent. */
  drift: Readonly<Partial<Record<Role, number>>>;
  /** EVALUATE: null in a step in which no evaluation was due. */
  heldOut: HeldOutScores | null;
  /** The same for a quick evaluation. */
  heldOutQuick: QuickScores | null;
  /** The run's own buffers, as they are now. */
  readonly buffers: Buffers;
  /** Seconds since the run began, and of each phase of this step; pauses do not count. */
  seconds: number;
  phaseSeconds: Readonly<Record<TimedPhase, number>>;
  /** What the reasoner occupies at the end of the step. */
  memory: { tensors: number; bytes: number };
  /** The run as it is after this step; to be asked before the next one begins. Null until the step has ended. */
  save: (() => Promise<SavedRun>) | null;
}

/** The phases that make up a step. */
export const TIMED_PHASES = ['propose', 'verify', 'attempt', 'judge', 'update'] as const;
export type TimedPhase = (typeof TIMED_PHASES)[number];
export type Phase = TimedPhase | 'evaluate';
