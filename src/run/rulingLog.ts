/** What the sandbox has said in this run: rulings counted by role, and the latest attempts that it blocked. */
import type { BlockedAttempt, Blocking, Ruling, RulingCounts } from '../selfplay/metrics.ts';
import type { Role } from '../tasks/task.ts';
import type { Event } from './protocol.ts';

/** Blocked attempts the page remembers; the totals know them all. */
const BLOCKED_KEPT = 200;

export interface RulingLog {
  counts: Record<Role, RulingCounts>;
  /** Attempts blocked in the whole run, by reason. */
  blockedTotals: Partial<Record<Blocking, number>>;
  /** Newest first. `number` counts from 1 and names an attempt for good. */
  blocked: readonly (BlockedAttempt & { number: number })[];
  /** Different attempts blocked so far. */
  numbered: number;
}

export const NO_RULINGS: RulingLog = {
  counts: { propose: {}, solve: {} },
  blockedTotals: {},
  blocked: [],
  numbered: 0,
};

export function addRulings(log: RulingLog, told: Extract<Event, { type: 'rulings' }>): RulingLog {
  const counts = { ...log.counts, [told.role]: summed(log.counts[told.role], told.counts) };
  if (told.blocked.length === 0) return { ...log, counts };
  const blockedTotals = { ...log.blockedTotals };
  for (const { refusal, times } of told.blocked) {
    blockedTotals[refusal] = (blockedTotals[refusal] ?? 0) + times;
  }
  const newest = told.blocked.map((attempt, i) => ({ ...attempt, number: log.numbered + i + 1 })).reverse();
  return {
    counts,
    blockedTotals,
    blocked: [...newest, ...log.blocked].slice(0, BLOCKED_KEPT),
    numbered: log.numbered + told.blocked.length,
  };
}

function summed(p: RulingCounts, q: RulingCounts): RulingCounts {
  const sums = { ...p };
  for (const [ruling, times] of Object.entries(q) as [Ruling, number][]) {
    sums[ruling] = (sums[ruling] ?? 0) + times;
  }
  return sums;
}
