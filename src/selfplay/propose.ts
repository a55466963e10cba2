/** PROPOSE draws what the proposals of a step are conditioned on; `proposers.ts` says who writes them. */
import type { Random } from '../random.ts';
import { SPECS } from '../tasks/index.ts';
import type { TaskKind } from '../tasks/task.ts';
import type { Context } from './context.ts';
import type { Condition } from './records.ts';
import { drawReferences } from './references.ts';

/**
 * Conditions for so many proposals of each kind as are configured, with as many references as `wanted` says for each;
 * none of a kind that needs a reference while there is none yet.
 */
export function drawConditions(
  { config, reasoner, buffers, proposer, wording }: Context,
  kinds: readonly TaskKind[],
  wanted: () => number,
  random: Random,
): Condition[] {
  const room = {
    weighting: config.referenceWeighting,
    maxPromptTokens: Math.max(1, reasoner.config.contextLength - config.maxProposeTokens),
    specs: wording.specs,
  };
  return kinds.flatMap((kind) => {
    const ofKind = random.fork(kind);
    const conditions = Array.from({ length: config.proposalsPerKind }, () => ({
      kind,
      references: drawReferences(kind, proposer.readsReferences ? wanted() : 0, buffers, room, ofKind),
    }));
    const least = SPECS[kind].fixedReferences ?? 0;
    return conditions.filter(({ references }) => references.length >= least);
  });
}
