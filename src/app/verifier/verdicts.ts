/** Verdicts in the order in which they are shown. */

import type { Role } from '../../tasks/task.ts';
import type { SandboxVerdict, VerdictCounts } from '../../watch/findings.ts';
import { SANDBOX_VERDICT_TEXT } from '../text.ts';

export interface VerdictRow {
  verdict: SandboxVerdict;
  propose: number;
  solve: number;
  total: number;
}

/** Accepted first, then every refusal there is, most frequent first. */
export function verdictRows(counts: Record<Role, VerdictCounts>): {
  accepted: VerdictRow;
  refused: VerdictRow[];
} {
  const row = (verdict: SandboxVerdict): VerdictRow => {
    const propose = counts.propose[verdict] ?? 0;
    const solve = counts.solve[verdict] ?? 0;
    return { verdict, propose, solve, total: propose + solve };
  };
  const refused = (Object.keys(SANDBOX_VERDICT_TEXT) as SandboxVerdict[])
    .filter((verdict) => verdict !== 'accepted')
    .map(row);
  return { accepted: row('accepted'), refused: refused.sort((p, q) => q.total - p.total) };
}
