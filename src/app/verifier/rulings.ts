/** Rulings in the order in which they are shown. */

import type { Role } from '../../tasks/task.ts';
import type { Ruling, RulingCounts } from '../../watch/findings.ts';
import { RULING_TEXT } from '../text.ts';

export interface RulingRow {
  ruling: Ruling;
  propose: number;
  solve: number;
  total: number;
}

/** Accepted first, then every refusal there is, most frequent first. */
export function rulingRows(counts: Record<Role, RulingCounts>): {
  accepted: RulingRow;
  refused: RulingRow[];
} {
  const row = (ruling: Ruling): RulingRow => {
    const propose = counts.propose[ruling] ?? 0;
    const solve = counts.solve[ruling] ?? 0;
    return { ruling, propose, solve, total: propose + solve };
  };
  const refused = (Object.keys(RULING_TEXT) as Ruling[]).filter((ruling) => ruling !== 'accepted').map(row);
  return { accepted: row('accepted'), refused: refused.sort((p, q) => q.total - p.total) };
}
