/** Held-out outcomes of a base, task by task: what the page shows of it at once (`src/benchmark/shipped.ts`). */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from '../../src/benchmark/answers.ts';
import { type HeldOutRequest, shippedOutcomes, tasksOf } from '../../src/benchmark/shipped.ts';
import { presetConfig } from '../../src/config/presets.ts';
import type { BaseVariant, LevelId } from '../../src/language/level.ts';
import { SIZES, type SizeName } from '../../src/reasoner/config.ts';
import { createNodeSandbox } from '../../src/sandbox/node.ts';
import { ALL_KINDS } from '../../src/tasks/task.ts';
import { openEngine } from '../common/engine.ts';

/** By kind and tier: more than most runs ask. */
const TASKS = 100;

/** The preset whose runs begin from a base: how it is asked, they ask. */
export function presetOf(variant: BaseVariant): 'demo' | 'climb' {
  return variant === 'shipped' ? 'demo' : 'climb';
}

/** Measures the base that lies in `folder` and writes `held-out.json` beside it. */
export async function writeHeldOut(
  folder: string,
  { size, level, variant }: { size: SizeName; level: LevelId; variant: BaseVariant },
): Promise<void> {
  const safetensors = readFileSync(join(folder, 'model.safetensors'));
  const sha256 = createHash('sha256').update(safetensors).digest('hex');
  const { inductionExamples, maxSolveTokens, evaluationTiers } = presetConfig(presetOf(variant));
  const request: HeldOutRequest = {
    level,
    inductionExamples,
    maxSolveTokens,
    kinds: ALL_KINDS,
    tiers: Math.max(6, evaluationTiers),
    tasks: TASKS,
  };
  const reasoner = await openEngine({ config: SIZES[size], device: 'wasm', seed: 1 });
  await reasoner.load(safetensors);
  const sandbox = await createNodeSandbox();
  const tasks = tasksOf(request);
  const asking = { maxNewTokens: maxSolveTokens };
  const atOnce = await ask(reasoner, sandbox, tasks, asking);
  const forced = await ask(reasoner, sandbox, tasks, { ...asking, forceThink: true });
  reasoner.dispose();
  sandbox.close();
  const shipped = shippedOutcomes(sha256, request, atOnce, forced);
  writeFileSync(join(folder, 'held-out.json'), `${JSON.stringify(shipped, null, 1)}\n`);
}
