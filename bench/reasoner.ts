/**
 * Sampling and training speed of the reasoner on one self-play step's worth of work: 62 prompts of 25–55
 * tokens, 8 attempts each of up to 60 tokens (27 on average), then one update on all of them.
 *
 *   npx tsx bench/reasoner.ts [--size nano] [--device wasm] [--steps 3] [--prompts 62]
 */
import { parseArgs } from 'node:util';
import { SPECIAL } from '../src/language/vocabulary.ts';
import { Random } from '../src/random.ts';
import { SIZES, type SizeName } from '../src/reasoner/config.ts';
import { createReasoner } from '../src/reasoner/engine.ts';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'nano' },
    device: { type: 'string', default: 'wasm' },
    steps: { type: 'string', default: '3' },
    prompts: { type: 'string', default: '62' },
  },
});
const COPIES = 8;
/** With so many tokens allowed, an untrained reasoner ends after as many on average. */
const ALLOWED = 30;

const config = SIZES[values.size as SizeName];
const device = values.device as 'webgpu' | 'wasm' | 'cpu';
const reasoner = await createReasoner({ config, device, seed: 1, onNotice: console.log });
const random = new Random(7);
const distinct = Array.from({ length: Number(values.prompts) }, () =>
  Array.from({ length: random.integer(25, 55) }, () => random.integer(17, config.vocabularySize - 1)),
);
const prompts = distinct.flatMap((prompt) => Array.from({ length: COPIES }, () => prompt));
const banned = Array.from({ length: config.vocabularySize }, (_, i) => i).filter(
  (token) => token !== SPECIAL.eos && (token < 100 || token >= 100 + ALLOWED - 1),
);
const seconds = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
  const start = performance.now();
  const result = await work();
  return [result, (performance.now() - start) / 1000];
};

console.log(`${values.size} on ${reasoner.device}, ${prompts.length} attempts a step`);
for (let step = 0; step < Number(values.steps); step++) {
  const [rollouts, sampling] = await seconds(() =>
    reasoner.sample(prompts, { maxNewTokens: 60, temperature: 1, seed: step, banned }),
  );
  const sequences = rollouts.map(({ tokens, logprobs }, i) => ({
    prompt: prompts[i] as number[],
    response: tokens,
    samplerLogprobs: logprobs,
    weight: random.unit() - 0.5,
  }));
  const [report, training] = await seconds(() =>
    reasoner.update(sequences, {
      learningRate: 1e-5,
      normalizer: 10000,
      clipNorm: 1,
      weightDecay: 0,
      beta1: 0.9,
      beta2: 0.98,
      temperature: 1,
    }),
  );
  const sequenceTokens = sequences.reduce(
    (sum, { prompt, response }) => sum + prompt.length + response.length,
    0,
  );
  console.log(
    `step ${step}: sampled ${report.tokens} tokens in ${sampling.toFixed(2)} s ` +
      `(${Math.round(report.tokens / sampling)}/s), trained on ${sequenceTokens} in ${training.toFixed(2)} s ` +
      `(${Math.round(sequenceTokens / training)}/s), useful ${(100 * report.usefulShare).toFixed(0)} %, ` +
      `${(reasoner.memory().bytes / 1e6).toFixed(0)} MB in ${reasoner.memory().tensors} tensors`,
  );
}
reasoner.dispose();
