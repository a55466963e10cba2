/** Held-out scores of a base, for its card: answered as it chooses (greedy) and forced to think. */

import { evaluate } from '../../src/benchmark/evaluate.ts';
import { buildSuite } from '../../src/benchmark/suites.ts';
import { presetConfig } from '../../src/config/presets.ts';
import type { BaseVariant, LevelId } from '../../src/language/level.ts';
import { SIZES, type SizeName } from '../../src/reasoner/config.ts';
import { createNodeSandbox } from '../../src/sandbox/node.ts';
import { KINDS } from '../../src/tasks/task.ts';
import type { BaseScores } from '../common/card.ts';
import { openEngine } from '../common/engine.ts';
import { presetOf } from './heldOut.ts';

/** Scores the checkpoint on the held-out suites with the page's own engine (wasm) and judge. */
export async function scoreBase(
  { size, level, variant }: { size: SizeName; level: LevelId; variant: BaseVariant },
  safetensors: Uint8Array,
  tasksPerTier: number,
): Promise<BaseScores> {
  const reasoner = await openEngine({ config: SIZES[size], device: 'wasm', seed: 1 });
  await reasoner.load(safetensors);
  const sandbox = await createNodeSandbox();
  await sandbox.ready();
  const { inductionExamples, maxSolveTokens: maxNewTokens } = presetConfig(presetOf(variant));
  const tiers = [1, 2, 3, 4, 5, 6];
  const tasks = KINDS.flatMap((kind) =>
    tiers.flatMap((tier) =>
      buildSuite({
        level,
        kind,
        tier,
        count: tasksPerTier,
        seed: 1,
        inductionExamples,
      }),
    ),
  );
  const atOnce = await evaluate(reasoner, sandbox, tasks, { maxNewTokens });
  const sampled = await evaluate(reasoner, sandbox, tasks, {
    maxNewTokens,
    samples: { k: 1, n: 1, temperature: 1, seed: 1 },
  });
  const forced = await evaluate(reasoner, sandbox, tasks, { maxNewTokens, forceThink: true });
  reasoner.dispose();
  sandbox.close();
  return {
    tasksPerTier,
    tiers,
    atOnce: atOnce.scores,
    thinks: atOnce.thinks,
    priorCotRate: sampled.thinks,
    forcedToThink: forced.scores,
  };
}
