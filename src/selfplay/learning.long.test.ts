/**
 * That it learns, not only that it runs: self-play from the shipped `nano` base, on wasm, judged by CPython.
 * The thresholds are the promise of the preset, not what one run happened to give (see docs/results.md).
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { presetConfig } from '../config/presets.ts';
import { Random } from '../random.ts';
import { SIZES } from '../reasoner/config.ts';
import { createReasoner } from '../reasoner/engine.ts';
import { createNodeSandbox } from '../sandbox/node.ts';
import { SelfPlay } from './loop.ts';
import type { SuiteScores } from './metrics.ts';

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
    const selfPlay = new SelfPlay({
      reasoner,
      sandbox,
      config,
      random: new Random(config.seed),
      listener: () => {},
    });
    await selfPlay.prepare();
    let gain = 0;
    let thinks = { before: 0, now: 0 };
    for (let step = 1; step <= STEPS; step++) {
      const metrics = await selfPlay.step();
      const share = metrics.thinkShare.deduction ?? 0;
      thinks = { before: step === 1 ? share : thinks.before, now: share };
      if (!metrics.heldOut || !metrics.base) continue;
      gain = deduction(metrics.heldOut) - deduction(metrics.base);
      console.log(`step ${step}: deduction +${(100 * gain).toFixed(1)} points, thinks ${share.toFixed(2)}`);
      // Reached: more steps would only cost time.
      if (gain >= 0.1 && share > thinks.before + 0.2) break;
    }
    reasoner.dispose();
    sandbox.close();
    expect(gain).toBeGreaterThanOrEqual(0.1);
    expect(thinks.now).toBeGreaterThan(thinks.before + 0.2);
  },
  15 * 60_000,
);
