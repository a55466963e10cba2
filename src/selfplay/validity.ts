/** From a proposal's text to a verified task, or to the one reason why not (paper §3.3.3). */
import type { Config } from '../config/hyperparameters.ts';
import type { Rollout } from '../reasoner/reasoner.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { SPECS } from '../tasks/index.ts';
import type { Proposal, Refused } from '../tasks/kind.ts';
import type { Task, TaskKind } from '../tasks/task.ts';
import { readProposal, type Verified, verifyAll } from '../tasks/verification.ts';

export type { Validity } from '../tasks/kind.ts';
export { outcomeKey, verifyByHand as checkProgram } from '../tasks/verification.ts';
export type Examined = Verified;

/** One response of the proposer. */
export interface Draft {
  kind: TaskKind;
  references: readonly Task[];
  prompt: readonly number[];
  rollout: Rollout;
}

export type ValidityConfig = Pick<Config, 'rejectTrivial' | 'inductionExamples' | 'maxSolveTokens'>;

/** What is to be checked: a program and inputs that were read from a draft, or why they could not be. */
export interface Candidate extends Pick<Draft, 'kind' | 'references'> {
  proposal: Proposal | Refused;
}

/** Checks drafts, in order, with one batch of runs in the sandbox. */
export async function checkDrafts(
  drafts: readonly Draft[],
  sandbox: Sandbox,
  contextLength: number,
  config: ValidityConfig,
): Promise<Examined[]> {
  const rules = { ...config, contextLength };
  const candidates = drafts.map(({ kind, references, rollout }) => ({
    kind,
    references,
    proposal: readProposal(SPECS[kind], rollout, references, rules),
  }));
  return checkCandidates(candidates, sandbox, contextLength, config);
}

/** As {@link checkDrafts}, for what is read already. */
export async function checkCandidates(
  candidates: readonly Candidate[],
  sandbox: Sandbox,
  contextLength: number,
  config: ValidityConfig,
): Promise<Examined[]> {
  return verifyAll(
    candidates.map(({ kind, ...rest }) => ({ spec: SPECS[kind], ...rest })),
    sandbox,
    { ...config, contextLength },
  );
}
