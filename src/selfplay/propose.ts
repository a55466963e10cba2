/** PROPOSE: what the proposals of a step are conditioned on. Who writes them is in `proposers.ts`. */
import type { Random } from '../random.ts';
import { SPECS } from '../tasks/index.ts';
import type { TaskKind } from '../tasks/task.ts';
import type { Context } from './context.ts';
import type { Condition } from './records.ts';
import { drawReferences } from './references.ts';

/**
 * Conditions for `count` proposals of a kind, each with as many references as `references` says; none when the kind
 * needs a reference and there is none yet.
 */
export function drawConditions(
  { config, reasoner, buffers, proposer }: Context,
  kind: TaskKind,
  count: number,
  references: () => number,
  random: Random,
): Condition[] {
  const room = {
    weighting: config.referenceWeighting,
    maxPromptTokens: Math.max(1, reasoner.config.contextLength - config.maxProposeTokens),
  };
  const conditions = Array.from({ length: count }, () => ({
    kind,
    references: drawReferences(kind, proposer.readsReferences ? references() : 0, buffers, room, random),
  }));
  const least = SPECS[kind].fixedReferences ?? 0;
  return conditions.filter(({ references: drawn }) => drawn.length >= least);
}
