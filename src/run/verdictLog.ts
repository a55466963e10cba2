/** What the sandbox has said in this run, counted by role, and the log of what the reasoner should not have tried. */

import type { Role } from '../tasks/task.ts';
import type { BlockedAttempt, HackAttempt, SandboxVerdict, UhOh, VerdictCounts } from '../watch/findings.ts';
import type { Event } from './protocol.ts';

/** Attempts the page remembers; the totals know them all. */
const ATTEMPTS_KEPT = 200;

/** Blocked by the sandbox, or refused by the judge as a hack. */
export type Attempted = BlockedAttempt | (HackAttempt & { category: UhOh });
/** `number` counts from 1 and names an attempt for good. */
export type LoggedAttempt = Attempted & { number: number };

export interface VerdictLog {
  counts: Record<Role, VerdictCounts>;
  /** Attempts in the whole run, by category. */
  totals: Partial<Record<UhOh, number>>;
  /** Newest first. */
  attempts: readonly LoggedAttempt[];
  /** Different attempts so far. */
  numbered: number;
}

export const NO_VERDICTS: VerdictLog = {
  counts: { propose: {}, solve: {} },
  totals: {},
  attempts: [],
  numbered: 0,
};

export function addVerdicts(log: VerdictLog, told: Extract<Event, { type: 'verdicts' }>): VerdictLog {
  const counts = { ...log.counts, [told.role]: summed(log.counts[told.role], told.counts) };
  return { ...withAttempts(log, told.blocked), counts };
}

export function addHacks(log: VerdictLog, told: Extract<Event, { type: 'hacks' }>): VerdictLog {
  return withAttempts(log, told.hacks.map(logged));
}

/** A hack in the log's terms. */
export function logged(hack: HackAttempt): Attempted {
  return { ...hack, category: 'judge' };
}

function withAttempts(log: VerdictLog, added: readonly Attempted[]): VerdictLog {
  if (added.length === 0) return log;
  const totals = { ...log.totals };
  for (const { category, times } of added) totals[category] = (totals[category] ?? 0) + times;
  const newest = added.map((attempt, i) => ({ ...attempt, number: log.numbered + i + 1 })).reverse();
  return {
    ...log,
    totals,
    attempts: [...newest, ...log.attempts].slice(0, ATTEMPTS_KEPT),
    numbered: log.numbered + added.length,
  };
}

function summed(p: VerdictCounts, q: VerdictCounts): VerdictCounts {
  const sums = { ...p };
  for (const [verdict, times] of Object.entries(q) as [SandboxVerdict, number][]) {
    sums[verdict] = (sums[verdict] ?? 0) + times;
  }
  return sums;
}
