/** What the phases of the loop share. */
import type { ShippedOutcomes } from '../benchmark/shipped.ts';
import type { Config } from '../config/hyperparameters.ts';
import { levelOf } from '../language/level.ts';
import { Random } from '../random.ts';
import type { Reasoner, ReasonerConfig } from '../reasoner/reasoner.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { VerificationRules } from '../tasks/kind.ts';
import { ALL_KINDS, type TaskKind } from '../tasks/task.ts';
import { TOKENS, type Wording } from '../tasks/wording.ts';
import { TaskBuffer } from './buffer.ts';
import { Clock } from './clock.ts';
import type { Listener } from './events.ts';
import { createProposer, type Proposer } from './proposers.ts';
import type { Phase, StepRecord } from './records.ts';
import type { Buffers } from './references.ts';
import type { SavedRun } from './savedRun.ts';

export interface SelfPlayOptions {
  reasoner: Reasoner;
  sandbox: Sandbox;
  config: Config;
  listener: Listener;
  /** Programs that the run begins from in place of the built-in one. */
  seedPrograms?: string | null;
  /** Held-out outcomes that came with the base: they are told at once, and the base is measured between the steps. */
  shipped?: ShippedOutcomes | null;
  /** A run of this configuration, to go on from: the reasoner has the weights that it began from. */
  from?: SavedRun | null;
  /** Asks a few held-out tasks between the first evaluations, for somebody who looks on; it changes nothing else. */
  quickEvaluations?: boolean;
  /** How the reasoner is asked and read; the page's token layout when absent. */
  wording?: Wording;
}

export interface Context {
  readonly reasoner: Reasoner;
  readonly sandbox: Sandbox;
  readonly config: Config;
  /** The run's own generator: phases take named streams of it. */
  readonly random: Random;
  readonly emit: Listener;
  readonly proposer: Proposer;
  readonly buffers: Buffers;
  readonly clock: Clock;
  /** What the supervised control draws its examples with. */
  readonly examples: Random;
  /** The kinds that are switched on. */
  readonly kinds: readonly TaskKind[];
  readonly quickEvaluations: boolean;
  readonly wording: Wording;
  /** Tasks named so far, for their ids. */
  named: number;
}

export function createContext({
  reasoner,
  sandbox,
  config,
  listener,
  quickEvaluations = false,
  wording = TOKENS,
}: SelfPlayOptions): Context {
  const random = new Random(config.seed);
  const bufferOf = (kind: TaskKind) => [kind, new TaskBuffer(config, random.fork('buffer', kind))];
  const buffers = Object.fromEntries(ALL_KINDS.map(bufferOf)) as Buffers;
  return {
    reasoner,
    sandbox,
    config,
    random,
    emit: listener,
    proposer: createProposer({ reasoner, config, wording, emit: listener }),
    buffers,
    clock: new Clock(),
    examples: random.fork('examples'),
    kinds: kindsOf(config),
    quickEvaluations,
    wording,
    named: 0,
  };
}

/** What the run asks of proposals. */
export function rulesOf({
  config,
  reasoner,
  wording = TOKENS,
}: {
  config: Config;
  reasoner: { config: Pick<ReasonerConfig, 'contextLength'> };
  wording?: Wording;
}): VerificationRules {
  const { level, taskSource, rejectTrivial, inductionExamples, maxSolveTokens } = config;
  // What people wrote is as it is, and so is what is not of the level's language.
  const limits = taskSource === 'curated' || !wording.isOfLevel ? null : levelOf(level).limits;
  const { contextLength } = reasoner.config;
  return { rejectTrivial, limits, inductionExamples, maxSolveTokens, contextLength, tokenizer: wording };
}

/** The kinds that a configuration switches on. */
export function kindsOf(config: Config): TaskKind[] {
  return ALL_KINDS.filter((kind) => config[kind]);
}

/** The record of a step before anything has happened in it. */
export function newRecord({ buffers, clock, reasoner }: Context, step: number): StepRecord {
  return {
    step,
    conditions: [],
    proposals: [],
    groups: [],
    added: [],
    known: [],
    report: null,
    drift: {},
    heldOut: null,
    heldOutQuick: null,
    buffers,
    seconds: clock.total,
    phaseSeconds: clock.phaseSeconds(),
    memory: reasoner.memory(),
    save: null,
  };
}

/** Runs one phase of a step on the clock, and tells when it begins and when it ends. */
export async function runPhase(
  { emit, clock }: Context,
  record: StepRecord,
  phase: Phase,
  work: () => Promise<void>,
): Promise<void> {
  await emit({ type: 'phase', phase, at: 'begin', record });
  // Seeding and evaluation are no part of a step's time.
  await clock.time(phase === 'evaluate' || record.step === 0 ? null : phase, work);
  await emit({ type: 'phase', phase, at: 'end', record });
}
