/** The numbers of one step, from its record. */

import type { Config } from '../config/hyperparameters.ts';
import { kindsOf } from '../selfplay/context.ts';
import type { StepRecord } from '../selfplay/records.ts';
import { mean } from '../selfplay/rewards.ts';
import { learningRateAt } from '../selfplay/schedule.ts';
import type { Rejection } from '../tasks/kind.ts';
import { isThinking } from '../tasks/kind.ts';
import { ALL_KINDS, KINDS, type RoleKind, type TaskKind } from '../tasks/task.ts';
import type { StepMetrics } from './metrics.ts';

/** A finished step as it is drawn and written. Throws when it was not updated: it is not finished then. */
export function summarise(record: StepRecord, config: Config): StepMetrics {
  const { step, proposals, groups, report, added, known } = record;
  if (!report) throw new Error(`Step ${step} has no update yet.`);
  const rewarded = proposals.filter(({ reward }) => reward !== null);
  const measured = groups.filter(({ proposal }) => proposal !== null);
  const trained = groups.filter(({ trains }) => trains);

  const reward: Partial<Record<RoleKind, number>> = {};
  const responseLength: Partial<Record<RoleKind, number>> = {};
  const solveRate: Partial<Record<TaskKind, number>> = {};
  const thinkShare: Partial<Record<TaskKind, number>> = {};
  for (const kind of kindsOf(config)) {
    const proposed = rewarded.filter((proposal) => proposal.kind === kind);
    if (proposed.length > 0) {
      reward[`propose:${kind}`] = mean(proposed.map((proposal) => proposal.reward ?? 0));
      responseLength[`propose:${kind}`] = mean(proposed.map(({ tokens }) => tokens.length));
    }
    const ofKind = trained.filter(({ task }) => task.kind === kind);
    const attempts = ofKind.flatMap((group) => group.attempts);
    if (attempts.length > 0) {
      reward[`solve:${kind}`] = mean(attempts.map((attempt) => attempt.reward ?? 0));
      responseLength[`solve:${kind}`] = mean(attempts.map(({ tokens }) => tokens.length));
      solveRate[kind] = mean(ofKind.map((group) => group.solveRate ?? 0));
      thinkShare[kind] = mean(attempts.map(({ tokens }) => (isThinking(tokens) ? 1 : 0)));
    }
  }

  const rejections: Partial<Record<Rejection, number>> = {};
  for (const { verdict } of proposals) {
    if (verdict && !verdict.ok) rejections[verdict.rejection] = (rejections[verdict.rejection] ?? 0) + 1;
  }
  if (known.length > 0) rejections.known = known.length;
  const valid = proposals.filter(({ verdict }) => verdict?.ok).length;
  const heldOut = rejections['held-out'] ?? 0;

  const learnability = new Array<number>(config.attemptsPerTask + 1).fill(0);
  for (const { attempts } of measured) {
    const correct = attempts.filter(({ judged }) => judged?.verdict === 'correct').length;
    learnability[correct] = (learnability[correct] ?? 0) + 1;
  }

  const kept = ALL_KINDS.filter((kind) => KINDS.includes(kind) || config[kind]);
  const buffers = kept.map((kind) => record.buffers[kind]);
  // What a control wrote was not sampled.
  const sampled = [
    ...proposals.filter(({ logprobs }) => logprobs),
    ...groups.flatMap(({ attempts }) => attempts),
  ];
  return {
    step,
    seconds: record.seconds,
    reward,
    solveRate,
    learnability,
    proposals: proposals.length,
    validRate: proposals.length > heldOut ? valid / (proposals.length - heldOut) : 0,
    newTasks: added.length,
    ...(config.composition > 0 ? { composed: proposals.filter(({ inner }) => inner).length } : {}),
    rejections,
    thinkShare,
    responseLength,
    bufferSize: buffers.reduce((sum, { size }) => sum + size, 0),
    bufferByKind: Object.fromEntries(kept.map((kind) => [kind, record.buffers[kind].size])),
    behaviours: new Set(buffers.flatMap((buffer) => [...buffer.behaviours()])).size,
    loss: report.loss,
    gradNorm: report.gradNorm,
    entropy: report.entropy,
    klToBase: record.drift,
    zeroSignal: mean(
      trained.map(({ attempts }) => (attempts.every((a) => a.reward === attempts[0]?.reward) ? 1 : 0)),
    ),
    learningRate: learningRateAt(step, config),
    tokensSampled: sampled.reduce((sum, { tokens }) => sum + tokens.length, 0),
    tokensTrained: report.tokens,
    phaseSeconds: record.phaseSeconds,
    memory: record.memory,
    ...heldOutOf(record),
  };
}

/** The evaluation's part of a step's metrics. */
function heldOutOf({ heldOut }: StepRecord): Partial<StepMetrics> {
  if (!heldOut) return {};
  const { scores, thinks, base, baseForced, passK } = heldOut;
  return {
    heldOut: scores,
    heldOutThinks: thinks,
    base,
    baseForced,
    ...(passK ? { heldOutPassK: passK } : {}),
  };
}
