/** What the sandbox has said in this run, counted by role, and the log of what the reasoner should not have tried. */

import type { Role } from '../tasks/task.ts';
import type { BlockedAttempt, Ruling, RulingCounts, TrickAttempt, UhOh } from '../watch/findings.ts';
import type { Event } from './protocol.ts';

/** Attempts the page remembers; the totals know them all. */
const ATTEMPTS_KEPT = 200;

/** Blocked by the sandbox, or refused by the judge as a trick. */
export type Attempted = BlockedAttempt | (TrickAttempt & { category: UhOh });
/** `number` counts from 1 and names an attempt for good. */
export type LoggedAttempt = Attempted & { number: number };

export interface RulingLog {
  counts: Record<Role, RulingCounts>;
  /** Attempts in the whole run, by category. */
  totals: Partial<Record<UhOh, number>>;
  /** Newest first. */
  attempts: readonly LoggedAttempt[];
  /** Different attempts so far. */
  numbered: number;
}

export const NO_RULINGS: RulingLog = {
  counts: { propose: {}, solve: {} },
  totals: {},
  attempts: [],
  numbered: 0,
};

export function addRulings(log: RulingLog, told: Extract<Event, { type: 'rulings' }>): RulingLog {
  const counts = { ...log.counts, [told.role]: summed(log.counts[told.role], told.counts) };
  return { ...withAttempts(log, told.blocked), counts };
}

export function addTricks(log: RulingLog, told: Extract<Event, { type: 'tricks' }>): RulingLog {
  return withAttempts(log, told.tricks.map(logged));
}

/** A trick in the log's terms. */
export function logged(trick: TrickAttempt): Attempted {
  return { ...trick, category: 'judge' };
}

function withAttempts(log: RulingLog, added: readonly Attempted[]): RulingLog {
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

function summed(p: RulingCounts, q: RulingCounts): RulingCounts {
  const sums = { ...p };
  for (const [ruling, times] of Object.entries(q) as [Ruling, number][]) {
    sums[ruling] = (sums[ruling] ?? 0) + times;
  }
  return sums;
}
