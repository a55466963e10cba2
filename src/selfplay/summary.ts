import type { UpdateReport } from '../reasoner/reasoner.ts';
import { isThinking } from '../tasks/kind.ts';
import { ALL_KINDS, KINDS, type RoleKind, type Task, type TaskKind } from '../tasks/task.ts';
import type { AttemptGroup } from './attempts.ts';
import type { Checked, Lab } from './lab.ts';
import type { Rejection, StepMetrics } from './metrics.ts';
import { mean } from './rewards.ts';
import { learningRateAt } from './schedule.ts';
import type { Graded } from './update.ts';

/** What was done in a step. */
export interface StepWork {
  proposals: readonly Checked[];
  graded: readonly Graded[];
  added: readonly Task[];
  known: readonly Task[];
  /** Attempts that measured this step's proposals. */
  measured: readonly AttemptGroup[];
  /** Attempts that trained the solver. */
  trained: readonly AttemptGroup[];
  report: UpdateReport;
}

interface StepRecord extends StepWork {
  step: number;
  seconds: number;
  phaseSeconds: StepMetrics['phaseSeconds'];
}

/** The numbers of one step, as drawn and written. */
export function summarise(lab: Lab, record: StepRecord): StepMetrics {
  const { step, proposals, graded, measured, trained, report } = record;
  const reward: Partial<Record<RoleKind, number>> = {};
  const responseLength: Partial<Record<RoleKind, number>> = {};
  const solveRate: Partial<Record<TaskKind, number>> = {};
  const thinkShare: Partial<Record<TaskKind, number>> = {};
  for (const kind of lab.kinds) {
    const proposed = graded.filter(({ draft }) => draft.kind === kind);
    if (proposed.length > 0) {
      reward[`propose:${kind}`] = mean(proposed.map((p) => p.reward));
      responseLength[`propose:${kind}`] = mean(proposed.map((p) => p.draft.rollout.tokens.length));
    }
    const attempted = trained.filter(({ task }) => task.kind === kind);
    const rollouts = attempted.flatMap((group) => group.rollouts);
    if (rollouts.length > 0) {
      reward[`solve:${kind}`] = mean(attempted.flatMap(({ rewards }) => rewards));
      responseLength[`solve:${kind}`] = mean(rollouts.map(({ tokens }) => tokens.length));
      solveRate[kind] = mean(attempted.map((group) => group.solveRate));
      thinkShare[kind] = mean(rollouts.map(({ tokens }) => (isThinking(tokens) ? 1 : 0)));
    }
  }

  const rejections: Partial<Record<Rejection, number>> = {};
  for (const { validity } of proposals) {
    if (!validity.ok) rejections[validity.rejection] = (rejections[validity.rejection] ?? 0) + 1;
  }
  if (record.known.length > 0) rejections.known = record.known.length;
  const valid = proposals.filter(({ validity }) => validity.ok).length;
  const heldOut = rejections['held-out'] ?? 0;

  const learnability = new Array<number>(lab.config.attemptsPerTask + 1).fill(0);
  for (const { judged } of measured) {
    const correct = judged.filter(({ verdict }) => verdict === 'correct').length;
    learnability[correct] = (learnability[correct] ?? 0) + 1;
  }

  const kept = ALL_KINDS.filter((kind) => KINDS.includes(kind) || lab.config[kind]);
  const buffers = kept.map((kind) => lab.buffers[kind]);
  const attempts = new Set([...measured, ...trained]);
  const sampled = [
    // What another source wrote was not sampled.
    ...(lab.source ? [] : proposals),
    ...[...attempts].flatMap(({ rollouts }) => rollouts.map((rollout) => ({ rollout }))),
  ];
  return {
    step,
    seconds: record.seconds,
    reward,
    solveRate,
    learnability,
    proposals: proposals.length,
    validRate: proposals.length > heldOut ? valid / (proposals.length - heldOut) : 0,
    newTasks: record.added.length,
    ...(lab.config.composition > 0 ? { composed: proposals.filter(({ inner }) => inner).length } : {}),
    rejections,
    thinkShare,
    responseLength,
    bufferSize: buffers.reduce((sum, { size }) => sum + size, 0),
    bufferByKind: Object.fromEntries(kept.map((kind) => [kind, lab.buffers[kind].size])),
    behaviours: new Set(buffers.flatMap((buffer) => [...buffer.behaviours()])).size,
    loss: report.loss,
    gradNorm: report.gradNorm,
    entropy: report.entropy,
    klToBase: report.kl,
    // No ratio is clipped: a step makes one update.
    clipFraction: 0,
    zeroSignal: mean(trained.map(({ rewards }) => (rewards.every((r) => r === rewards[0]) ? 1 : 0))),
    learningRate: learningRateAt(step, lab.config),
    tokensSampled: sampled.reduce((sum, { rollout }) => sum + rollout.tokens.length, 0),
    tokensTrained: report.tokens,
    phaseSeconds: record.phaseSeconds,
    memory: lab.reasoner.memory(),
  };
}
