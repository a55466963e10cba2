/** A finished step as metrics look at it: its record, and what several of them ask of it. */
import type { Config } from '../../config/hyperparameters.ts';
import { kindsOf } from '../../selfplay/context.ts';
import type { Attempt, AttemptGroup, Proposal, StepRecord } from '../../selfplay/records.ts';
import { ALL_KINDS, KINDS, type TaskKind } from '../../tasks/task.ts';
import type { Wording } from '../../tasks/wording.ts';

export interface StepView extends StepRecord {
  readonly report: NonNullable<StepRecord['report']>;
  readonly config: Config;
  /** In which the reasoner was asked. */
  readonly wording: Wording;
  /** Kinds of the run. */
  readonly kinds: readonly TaskKind[];
  /** Kinds whose buffers are counted: the paper's three, used or not, and error deduction where it is on. */
  readonly bufferKinds: readonly TaskKind[];
  /** Proposals that somebody learns from. */
  readonly rewarded: readonly Proposal[];
  /** Groups that the solver is trained on, and those that measure a proposal. */
  readonly trained: readonly AttemptGroup[];
  readonly measured: readonly AttemptGroup[];
  /** Attempts at a kind's tasks that the solver is trained on. */
  readonly attemptsAt: (kind: TaskKind) => readonly Attempt[];
  /** The same, of proposals. */
  readonly proposalsOf: (kind: TaskKind) => readonly Proposal[];
}

/** Throws when the step was not updated: it is not finished then. */
export function viewOf(record: StepRecord, config: Config, wording: Wording): StepView {
  const { report, proposals, groups } = record;
  if (!report) throw new Error(`Step ${record.step} has no update yet.`);
  const rewarded = proposals.filter(({ reward }) => reward !== null);
  const trained = groups.filter(({ trains }) => trains);
  return {
    ...record,
    report,
    config,
    wording,
    kinds: kindsOf(config),
    bufferKinds: ALL_KINDS.filter((kind) => KINDS.includes(kind) || config[kind]),
    rewarded,
    trained,
    measured: groups.filter(({ proposal }) => proposal !== null),
    attemptsAt: (kind) => trained.flatMap(({ task, attempts }) => (task.kind === kind ? attempts : [])),
    proposalsOf: (kind) => rewarded.filter((proposal) => proposal.kind === kind),
  };
}
