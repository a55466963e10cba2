/** The task that is shown while a step goes on. Which one it is depends on the step's records alone. */
import type { AttemptGroup, Phase, Proposal, StepRecord } from '../selfplay/records.ts';
import type { Task, TaskKind } from '../tasks/task.ts';
import { TOKENS, type Wording } from '../tasks/wording.ts';
import type { CurrentTask } from './events.ts';

/**
 * What is shown when `phase` begins or ends; null when there is nothing to show. `chosen` is the proposal to follow
 * where the whole step is known already: nothing is shown of it that belongs to a later phase.
 */
export function currentTask(
  record: StepRecord,
  phase: Phase,
  at: 'begin' | 'end',
  kinds: readonly TaskKind[],
  chosen: Proposal | null = null,
  wording: Wording = TOKENS,
): CurrentTask | null {
  if (phase === 'evaluate') return null;
  if (phase === 'propose' && at === 'begin') {
    return chosen
      ? { kind: chosen.kind, references: programsOf(chosen.references) }
      : ofCondition(record, kinds);
  }
  if (record.step === 0) return null;
  const written = chosen ?? pickProposal(record, kinds);
  if (phase === 'propose' || (phase === 'verify' && at === 'begin'))
    return written && asWritten(written, wording);
  if (phase === 'verify') return written && asVerified(written, wording);
  const carried = written?.task ? written : record.proposals.find(({ task }) => task);
  if (!carried?.task) return null;
  const shown = ofTask(carried.task, carried);
  const group = record.groups.find(({ proposal }) => proposal === carried);
  if (!group || (phase === 'attempt' && at === 'begin')) return shown;
  const isJudged = group.solveRate !== null && (phase === 'update' || (phase === 'judge' && at === 'end'));
  if (isJudged) return asJudged(shown, group, wording);
  return { ...shown, responses: responsesOf(group, wording) };
}

/**
 * The proposal of a judged step that has most to show: one that was solved sometimes, so that some attempts are pushed
 * up and others down; of the kind whose turn it is where there is one. Null where every task was solved always or never.
 */
export function tellingProposal(record: StepRecord, kinds: readonly TaskKind[]): Proposal | null {
  const sometimes = record.groups.flatMap(({ proposal, solveRate }) =>
    proposal && solveRate !== null && solveRate > 0 && solveRate < 1 ? [proposal] : [],
  );
  return sometimes.find(({ kind }) => kind === shownKind(record, kinds)) ?? sometimes[0] ?? null;
}

/** Kinds take turns, so that a class sees all of them. */
function shownKind({ step }: StepRecord, kinds: readonly TaskKind[]): TaskKind | undefined {
  return kinds[step % kinds.length];
}

function ofCondition(record: StepRecord, kinds: readonly TaskKind[]): CurrentTask | null {
  const { conditions, step } = record;
  const kind = step === 0 ? conditions[0]?.kind : shownKind(record, kinds);
  if (!kind) return null;
  return {
    kind,
    references: programsOf(conditions.find((condition) => condition.kind === kind)?.references),
  };
}

/** The first of the kind that can be read, so that most of the time it becomes a task. */
function pickProposal(record: StepRecord, kinds: readonly TaskKind[]): Proposal | null {
  const { proposals } = record;
  const ofKind = proposals.filter(({ kind }) => kind === shownKind(record, kinds));
  return ofKind.find(({ parsed }) => parsed) ?? ofKind[0] ?? proposals[0] ?? null;
}

function asWritten({ kind, references, parsed, tokens }: Proposal, wording: Wording): CurrentTask {
  return {
    kind,
    references: programsOf(references),
    // A proposal that cannot be read is shown as it was written.
    program: parsed?.program ?? wording.render(tokens),
    input: parsed?.inputs[0],
  };
}

function asVerified(proposal: Proposal, wording: Wording): CurrentTask {
  const { verdict } = proposal;
  if (!verdict) return asWritten(proposal, wording);
  if (!verdict.ok) return { ...asWritten(proposal, wording), rejection: verdict.rejection };
  // A composed program is no longer the one that was written.
  const { program, input, output } = verdict.triplet;
  return { ...asWritten(proposal, wording), program, input, output };
}

function ofTask({ kind, program, input, output }: Task, { references }: Proposal): CurrentTask {
  return { kind, references: programsOf(references), program, input, output };
}

function responsesOf({ attempts }: AttemptGroup, wording: Wording): string[] {
  return attempts.map(({ tokens }) => wording.render(tokens));
}

function asJudged(shown: CurrentTask, group: AttemptGroup, wording: Wording): CurrentTask {
  const { attempts, solveRate, proposal } = group;
  return {
    ...shown,
    responses: responsesOf(group, wording),
    attempts: attempts.flatMap(({ tokens, judged, reward }) =>
      judged && reward !== null
        ? {
            response: wording.render(tokens),
            answer: judged.solution?.answer ?? null,
            thinks: wording.isThinking(tokens),
            verdict: judged.verdict,
            reward,
          }
        : [],
    ),
    solveRate: solveRate ?? undefined,
    proposerReward: proposal?.reward ?? undefined,
  };
}

function programsOf(references: readonly Task[] = []): string[] {
  return references.map(({ program }) => program);
}
