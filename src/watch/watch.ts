/**
 * Watches a run of self-play for those who look on: from the loop's raw records to what the page shows, what the files
 * keep and what the detectors find. Nothing here changes the run.
 */
import type { Config } from '../config/hyperparameters.ts';
import { kindsOf } from '../selfplay/context.ts';
import type { LoopEvent } from '../selfplay/events.ts';
import type { Proposal, StepRecord } from '../selfplay/records.ts';
import { proposerReward } from '../selfplay/rewards.ts';
import type { TaskKind } from '../tasks/task.ts';
import { TOKENS, type Wording } from '../tasks/wording.ts';
import { recordAttempts } from './attempts.ts';
import { currentTask, tellingProposal } from './currentTask.ts';
import { Detectors } from './detectors.ts';
import type { WatchEvent } from './events.ts';
import { ladderExamples } from './ladder.ts';
import { METRICS, type StepMetrics } from './metrics/table.ts';
import { countHacks, hackOfAnswer, hackOfProposal } from './rewardHacking.ts';
import { summarise } from './summary.ts';
import { verdictsOf } from './verdicts.ts';

export class Watch {
  private readonly kinds: readonly TaskKind[];
  private readonly detectors = new Detectors();
  /** What {@link retell} followed, for the rest of its step. */
  private followed: { step: number; proposal: Proposal | null } = { step: 0, proposal: null };

  /** `wording`: the one in which the run's reasoner is asked. */
  constructor(
    private readonly config: Config,
    private readonly wording: Wording = TOKENS,
  ) {
    this.kinds = kindsOf(config);
  }

  /** Returns what is shown of an event of the loop, in order. Events that only steer the run show nothing. */
  hear(event: LoopEvent): WatchEvent[] {
    switch (event.type) {
      case 'base':
      case 'tasks':
        return [event];
      case 'examples':
        return [{ type: 'ladder', step: event.step, examples: ladderExamples(event) }];
      case 'phase':
        return [...this.findings(event), ...this.stage(event)];
      case 'planted':
      case 'seeded':
      case 'step':
      case 'progress':
        return [];
    }
  }

  /** The numbers of a finished step, with what the detectors find in them. To be called once a step, in order. */
  measure(record: StepRecord): StepMetrics {
    const metrics = summarise(record, this.config, METRICS, this.wording);
    const detections = this.detectors.take(metrics);
    return detections.length > 0 ? { ...metrics, detections } : metrics;
  }

  /** Remembers the steps of a run that is gone on with, in order, as they were measured then. */
  recall(steps: readonly StepMetrics[]): void {
    for (const metrics of steps) this.detectors.take(metrics);
  }

  /**
   * The stages of a step that has just been judged, from its beginning: for slow motion, which follows a task that was
   * solved sometimes, and which one that is only the verdicts tell.
   */
  retell(record: StepRecord): WatchEvent[] {
    const proposal = tellingProposal(record, this.kinds);
    this.followed = { step: record.step, proposal };
    return (['propose', 'verify', 'attempt', 'judge'] as const).flatMap((phase) =>
      (['begin', 'end'] as const).flatMap((at) => this.stage({ type: 'phase', phase, at, record })),
    );
  }

  private stage({ record, phase, at }: PhaseEvent): WatchEvent[] {
    // Seeding is quick and many rounds long: its phases are lit, but nothing is followed through them.
    const isTold = record.step === 0 ? at === 'begin' : phase !== 'evaluate' || at === 'begin';
    if (!isTold) return [];
    const chosen = this.followed.step === record.step ? this.followed.proposal : null;
    const shown = currentTask(record, phase, at, this.kinds, chosen, this.wording);
    return [{ type: 'stage', step: record.step, stage: phase, currentTask: shown }];
  }

  private findings({ record, phase, at }: PhaseEvent): WatchEvent[] {
    if (at === 'begin') return [];
    if (phase === 'verify') return this.ofProposals(record);
    if (phase === 'judge') return this.ofAnswers(record);
    if (phase === 'evaluate' && record.heldOut) {
      return [{ type: 'ladder', step: record.step, examples: ladderExamples(record.heldOut) }];
    }
    return [];
  }

  private ofProposals({ step, proposals }: StepRecord): WatchEvent[] {
    // A refused proposal earns this, unless nobody learns from it: in seeding, and where a control writes proposals.
    const learns = step > 0 && proposals.every(({ logprobs }) => logprobs);
    const reward = learns ? proposerReward(null, this.config) : null;
    const hacks = countHacks(
      step,
      'propose',
      proposals.map(({ kind, tokens, references, verdict }) => {
        const isUnreadable = verdict && !verdict.ok && verdict.rejection === 'format';
        const told = isUnreadable ? hackOfProposal(kind, tokens, references, this.wording) : null;
        return { kind, told, reward };
      }),
    );
    return [
      verdictsOf(
        step,
        'propose',
        proposals.map(({ kind, execution }) => ({ kind, execution, reward })),
      ),
      ...(hacks.length > 0 ? [{ type: 'hacks', step, role: 'propose', hacks } as const] : []),
      ...proposals.flatMap(({ kind, tokens, verdict }): WatchEvent[] => {
        if (!verdict || verdict.ok) return [];
        const { rejection, detail } = verdict;
        return [{ type: 'rejected', step, kind, rejection, text: this.wording.render(tokens), detail }];
      }),
    ];
  }

  private ofAnswers(record: StepRecord): WatchEvent[] {
    const { step, groups } = record;
    const answers = groups.flatMap(({ task, attempts }) =>
      attempts.flatMap(({ tokens, judged, reward }) => (judged ? [{ task, tokens, judged, reward }] : [])),
    );
    const hacks = countHacks(
      step,
      'solve',
      answers.map(({ task, tokens, judged, reward }) => ({
        kind: task.kind,
        told: hackOfAnswer(task, tokens, judged, this.wording),
        reward,
      })),
    );
    return [
      verdictsOf(
        step,
        'solve',
        answers.map(({ task, judged, reward }) => ({ kind: task.kind, execution: judged.execution, reward })),
      ),
      ...(hacks.length > 0 ? [{ type: 'hacks', step, role: 'solve', hacks } as const] : []),
      { type: 'attempts', attempts: recordAttempts(record, this.wording) },
    ];
  }
}

type PhaseEvent = Extract<LoopEvent, { type: 'phase' }>;
