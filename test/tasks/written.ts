import { DEFAULTS } from '../../src/config/hyperparameters.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { SPECS } from '../../src/tasks/index.ts';
import type { VerificationRules } from '../../src/tasks/kind.ts';
import type { Task, TaskKind } from '../../src/tasks/task.ts';
import { prepareProposal, type Verified, verifyAll } from '../../src/tasks/verification.ts';

/** A response of the proposer, as if it had been sampled. */
export interface Written {
  kind: TaskKind;
  references: readonly Task[];
  tokens: readonly number[];
  finished: boolean;
}

/** A finished deduction proposal without references, but for what `over` says. */
export function written(tokens: readonly number[], over: Partial<Written> = {}): Written {
  return { kind: 'deduction', references: [], tokens, finished: true, ...over };
}

/** What verification makes of responses, in order. */
export function verifyWritten(
  responses: readonly Written[],
  sandbox: Sandbox,
  over: Partial<VerificationRules> = {},
): Promise<Verified[]> {
  const { rejectTrivial, inductionExamples, maxSolveTokens } = DEFAULTS;
  const rules = {
    rejectTrivial,
    inductionExamples,
    maxSolveTokens,
    limits: null,
    contextLength: 256,
    ...over,
  };
  return verifyAll(
    responses.map(({ kind, tokens, references, finished }) => {
      const spec = SPECS[kind];
      const parsed = finished ? spec.parseProposal(tokens, references) : null;
      return { spec, references, proposal: prepareProposal(spec, { finished, parsed }, rules) };
    }),
    sandbox,
    rules,
  );
}
