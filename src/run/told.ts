/** What a page draws a run from, all of it. */
import type { Event } from './protocol.ts';

const TOLD: ReadonlySet<Event['type']> = new Set<Event['type']>([
  'engine',
  'warm-up',
  'base',
  'ladder',
  'stage',
  'tasks',
  'attempts',
  'verdicts',
  'hacks',
  'rejected',
  'step',
]);

/** Whether a run is drawn from this event later, too; the others (progress, faults, notices) are of the moment. */
export function isTold({ type }: Event): boolean {
  return TOLD.has(type);
}
