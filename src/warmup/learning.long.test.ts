/**
 * That the warm-up teaches, not only that it runs: the page's own examples and training, on wasm, take `pico` from
 * random weights to held-out programs it answers far more often than any fixed answer would.
 */
import { expect, test } from 'vitest';
import { evaluate } from '../benchmark/evaluate.ts';
import { buildSuite } from '../benchmark/suites.ts';
import { levelOf } from '../language/level.ts';
import { Random } from '../random.ts';
import { SIZES } from '../reasoner/config.ts';
import { createReasoner } from '../reasoner/engine.ts';
import { NO_STATS, type Sandbox } from '../sandbox/sandbox.ts';
import { SPECS } from '../tasks/index.ts';
import type { WarmUpExample } from '../tasks/warmUp.ts';
import { CORPUS_DEFAULTS } from './corpus.ts';
import { warmUp } from './warmup.ts';

const TIER = 1;
const MARGIN = 0.15;
const SEED = 1;

const suite = buildSuite({
  level: 1,
  kind: 'deduction',
  tier: TIER,
  count: 500,
  seed: 1,
  inductionExamples: 8,
});

/** Chance: what the best constant answer gets right, the one that knows which output is commonest in the suite. */
const chance =
  Math.max(...suite.map(({ output }) => suite.filter((task) => task.output === output).length)) /
  suite.length;

/** Examples of deduction that fit a small context. */
function* deductions(random: Random): Generator<WarmUpExample> {
  const options = {
    level: levelOf(1),
    tiers: [1],
    thinkShare: 1,
    maxTokens: CORPUS_DEFAULTS.maxTokens,
    priorCotRate: CORPUS_DEFAULTS.priorCotRate,
  };
  for (;;) {
    const example = SPECS.deduction.warmUp.solve?.draw(random, options);
    if (example && example.prompt.length + example.response.length <= 64) yield example;
  }
}

/** Deductions are judged by their known output. */
const unused: Sandbox = {
  run: () => Promise.reject(new Error('Nothing must be run to judge a deduction.')),
  ready: async () => {},
  stats: () => NO_STATS,
  close: () => {},
};

test(
  `warm-up takes pico to ${100 * MARGIN} points above chance (${(100 * chance).toFixed(1)} %, the best constant answer) on held-out deduction`,
  async () => {
    const reasoner = await createReasoner({ config: SIZES.pico, device: 'wasm', seed: SEED });
    const random = new Random(SEED);
    // One kind and one tier, because there is only a minute. Every example thinks: each step of a thought is one
    // small fact, which is all that two layers can learn in that time. The prior CoT rate then has nothing to choose from.
    const examples = deductions(random.fork('examples'));
    const options = {
      updates: 6000,
      batchSize: 16,
      learningRate: 4e-3,
      lrWarmUpUpdates: 100,
      maxGradNorm: 1,
      beta2: 0.98,
    };
    await warmUp(reasoner, examples, random, options, async () => {});
    const { scores } = await evaluate(reasoner, unused, suite, { maxNewTokens: 64, forceThink: true });
    reasoner.dispose();
    const accuracy = scores.deduction?.[TIER] ?? 0;
    const said = `${accuracy.toFixed(3)} of ${suite.length} held-out deductions, chance ${chance.toFixed(3)}`;
    console.log(said);
    expect(accuracy, said).toBeGreaterThanOrEqual(chance + MARGIN);
  },
  20 * 60_000,
);
