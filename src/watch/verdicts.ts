/** What the sandbox said of the reasoner's programs and inputs, counted, and what it did not let happen. */
import type { Outcome } from '../sandbox/sandbox.ts';
import type { Execution } from '../tasks/kind.ts';
import type { Role, TaskKind } from '../tasks/task.ts';
import type { WatchEvent } from './events.ts';
import { BLOCKING, type BlockedAttempt, type Blocking, type VerdictCounts } from './findings.ts';
import { categoryOf } from './rewardHacking.ts';

type Refused = Extract<Outcome, { ok: false }>;

/** One verdict a response that was run: a response with several inputs is refused when one of them is. */
export function verdictsOf(
  step: number,
  role: Role,
  responses: readonly { kind: TaskKind; execution: Execution | null; reward?: number | null }[],
): Extract<WatchEvent, { type: 'verdicts' }> {
  const counts: VerdictCounts = {};
  const blocked = new Map<string, BlockedAttempt>();
  for (const { kind, execution, reward = null } of responses) {
    if (!execution || execution.outcomes.length === 0) continue;
    const at = decisive(execution.outcomes);
    const outcome = execution.outcomes[at];
    const verdict = outcome && !outcome.ok ? outcome.refusal : 'accepted';
    counts[verdict] = (counts[verdict] ?? 0) + 1;
    if (!outcome || outcome.ok || !isBlocking(outcome)) continue;
    const { refusal, detail } = outcome;
    const { program } = execution;
    const input = execution.inputs[at] ?? '';
    const same = JSON.stringify([kind, program, input]);
    const before = blocked.get(same);
    if (before) before.times++;
    else {
      const category = categoryOf(refusal, program);
      blocked.set(same, { step, role, kind, refusal, category, detail, program, input, reward, times: 1 });
    }
  }
  return { type: 'verdicts', step, role, counts, blocked: [...blocked.values()] };
}

/** Which outcome speaks for all: the first that was blocked, else the first that was refused; −1 if none was. */
function decisive(outcomes: readonly Outcome[]): number {
  const first = outcomes.findIndex((outcome) => !outcome.ok && isBlocking(outcome));
  return first >= 0 ? first : outcomes.findIndex((outcome) => !outcome.ok);
}

function isBlocking(outcome: Refused): outcome is Refused & { refusal: Blocking } {
  return (BLOCKING as readonly string[]).includes(outcome.refusal);
}
