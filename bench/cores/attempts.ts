/**
 * What attempts at a task share: bases that are shipped try held-out tasks several times, and what begins alike is computed
 * once, in sampling and in the update.
 */
import { readFileSync } from 'node:fs';
import { buildSuite, SUITE_SEED } from '../../src/benchmark/suites.ts';
import { packSequences } from '../../src/reasoner/batch.ts';
import { fromHuggingFace } from '../../src/reasoner/checkpoint.ts';
import { SIZES } from '../../src/reasoner/config.ts';
import { spawnInline } from '../../src/reasoner/pool/inline.ts';
import { readSafetensors } from '../../src/reasoner/safetensors.ts';
import { WasmCore } from '../../src/reasoner/wasm/core.ts';
import { SPECS } from '../../src/tasks/index.ts';
import { seconds } from '../selfplay.ts';
import { ratios, type Spread } from '../statistics.ts';

/** Bases of size `small`, and the tiers of the tasks that they try: some that each is sure of, and some that it is not. */
const BASES = { small: [1, 2, 3, 4], 'small-short': [3, 4, 5, 6] } as const;
const TASKS_PER_TIER = 12;
export const ATTEMPTS = 16;
const MAX_TOKENS = 320;

export interface AttemptFigures {
  base: string;
  /** Of all responses. */
  tokens: number;
  /** Distinct beginnings of the responses to a prompt: what is computed of them. */
  computed: number;
  /** How many times as long an update takes that computes each response by itself. */
  faster: Spread;
}

/** Measures each base, its update `rounds` times with shared beginnings and without in turn. */
export async function measureAttempts(rounds: number): Promise<AttemptFigures[]> {
  const all: AttemptFigures[] = [];
  for (const [base, tiers] of Object.entries(BASES)) all.push(await measureBase(base, tiers, rounds));
  return all;
}

async function measureBase(base: string, tiers: readonly number[], rounds: number): Promise<AttemptFigures> {
  const config = SIZES.small;
  const file = new Uint8Array(readFileSync(`public/bases/${base}/model.safetensors`));
  const values = fromHuggingFace(config, readSafetensors(file).tensors);
  const core = await WasmCore.create(config, spawnInline, 1, values);
  const prompts = tiers
    .flatMap((tier) =>
      buildSuite({
        level: 1,
        kind: 'deduction',
        tier,
        count: TASKS_PER_TIER,
        seed: SUITE_SEED,
        inductionExamples: 8,
      }),
    )
    .flatMap((task) => {
      const prompt = SPECS.deduction.solvePrompt(task);
      return Array.from({ length: ATTEMPTS }, () => prompt);
    });
  const rollouts = await core.sample(prompts, { maxNewTokens: MAX_TOKENS, temperature: 1, seed: 1 });
  const sequences = rollouts.map(({ tokens }, i) => ({
    prompt: prompts[i]!,
    response: tokens,
    weight: i % 2 ? 1 : -1,
  }));
  // So small a rate leaves the weights as they are, for the rounds to do the same.
  const options = { learningRate: 1e-12, normalizer: 10_000, maxGradNorm: 1, beta2: 0.98, temperature: 1 };
  const times = { forked: [] as number[], whole: [] as number[] };
  // The first round compiles and fills memories, and is left out.
  for (let round = -1; round < rounds; round++) {
    for (const forks of round % 2 ? [true, false] : [false, true]) {
      const batches = packSequences(sequences, { ...core.packing, forks });
      const [, taken] = await seconds(() => core.update(batches, options));
      if (round >= 0) times[forks ? 'forked' : 'whole'].push(taken);
    }
  }
  core.dispose();
  const beginnings = packSequences(sequences, { ...core.packing, tokenBudget: 1e9 });
  return {
    base,
    tokens: rollouts.reduce((sum, { tokens }) => sum + tokens.length, 0),
    computed: beginnings.reduce((sum, { layout }) => sum + layout.tokens - layout.prefixTokens, 0),
    faster: ratios(times.whole, times.forked)!,
  };
}
