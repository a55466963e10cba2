/**
 * That it learns, not only that it runs: self-play from the shipped `nano` base, on wasm, judged by CPython.
 * The thresholds are the promise of the preset, not what one run happened to give (see docs/results.md).
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { SuiteScores } from '../benchmark/scores.ts';
import { presetConfig } from '../config/presets.ts';
import { SIZES } from '../reasoner/config.ts';
import { createReasoner } from '../reasoner/engine.ts';
import { createNodeSandbox } from '../sandbox/node.ts';
import { Watch } from '../watch/watch.ts';
import { play } from './play.ts';

const STEPS = 40;

/** Mean held-out deduction at tiers 2 to 4. */
function deduction(scores: SuiteScores): number {
  return [2, 3, 4].reduce((sum, tier) => sum + (scores.deduction?.[tier] ?? 0), 0) / 3;
}

test(
  `at most ${STEPS} steps of demo-nano make the reasoner think and raise held-out deduction by 10 points`,
  async () => {
    const config = {
      ...presetConfig('demo-nano'),
      evaluationTasks: 100,
      evaluationTiers: 4,
      evaluateEvery: 10,
      passK: 0,
    };
    const reasoner = await createReasoner({ config: SIZES.nano, device: 'wasm', seed: config.seed });
    await reasoner.load(new Uint8Array(readFileSync('public/bases/nano/model.safetensors')));
    const sandbox = await createNodeSandbox();
    await sandbox.ready();
    let gain = 0;
    let thinks = { before: 0, now: 0 };
    const watch = new Watch(config);
    for await (const record of play({ reasoner, sandbox, config, listener: () => {} })) {
      const { step } = record;
      const metrics = watch.measure(record);
      const share = metrics.thinkShare.deduction ?? 0;
      thinks = { before: step === 1 ? share : thinks.before, now: share };
      if (!metrics.heldOut || !metrics.base) continue;
      gain = deduction(metrics.heldOut) - deduction(metrics.base);
      console.log(`step ${step}: deduction +${(100 * gain).toFixed(1)} points, thinks ${share.toFixed(2)}`);
      // Reached: more steps would only cost time.
      if (step >= STEPS || (gain >= 0.1 && share > thinks.before + 0.2)) break;
    }
    reasoner.dispose();
    sandbox.close();
    expect(gain).toBeGreaterThanOrEqual(0.1);
    expect(thinks.now).toBeGreaterThan(thinks.before + 0.2);
  },
  15 * 60_000,
);
