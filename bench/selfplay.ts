/**
 * Sampling and training speed of the reasoner on one self-play step's worth of work: 62 prompts of 25–55
 * tokens, 8 attempts each of up to 60 tokens (27 on average), then one update on all of them.
 */
import { Random } from '../src/random.ts';
import type { BackendName } from '../src/reasoner/backends.ts';
import { SIZES, type SizeName } from '../src/reasoner/config.ts';
import { createReasoner } from '../src/reasoner/engine.ts';
import { readSafetensors, writeSafetensors } from '../src/reasoner/safetensors.ts';
import { setEndLogit } from '../test/reasoner/weights.ts';

export interface SelfPlayOptions {
  size: SizeName;
  device: BackendName;
  steps: number;
  prompts: number;
}

const COPIES = 8;
/** Logit of the end token over the others' that lets a response of 60 tokens at most end after 27 on average. */
const END_LOGIT = Math.log(288 / 30);

/** Runs the steps and tells of each of them. */
export async function runSelfPlay(options: SelfPlayOptions, say: (line: string) => void): Promise<void> {
  const config = SIZES[options.size];
  const reasoner = await createReasoner({ config, device: options.device, seed: 1, onNotice: say });
  const random = new Random(7);
  const distinct = Array.from({ length: options.prompts }, () =>
    Array.from({ length: random.integer(25, 55) }, () => random.integer(17, config.vocabularySize - 1)),
  );
  const prompts = distinct.flatMap((prompt) => Array.from({ length: COPIES }, () => prompt));
  const { tensors } = readSafetensors(await reasoner.save());
  setEndLogit(tensors, END_LOGIT);
  await reasoner.load(writeSafetensors(tensors));
  say(`${options.size} on ${reasoner.device}, ${prompts.length} attempts a step`);
  for (let step = 0; step < options.steps; step++) {
    const [rollouts, sampling] = await seconds(() =>
      reasoner.sample(prompts, { maxNewTokens: 60, temperature: 1, seed: step }),
    );
    const sequences = rollouts.map(({ tokens }, i) => ({
      prompt: prompts[i] as number[],
      response: tokens,
      weight: random.unit() - 0.5,
    }));
    const [report, training] = await seconds(() =>
      reasoner.update(sequences, {
        learningRate: 1e-5,
        normalizer: 10000,
        maxGradNorm: 1,
        beta2: 0.98,
        temperature: 1,
      }),
    );
    const sequenceTokens = sequences.reduce(
      (sum, { prompt, response }) => sum + prompt.length + response.length,
      0,
    );
    say(
      `step ${step}: sampled ${report.tokens} tokens in ${sampling.toFixed(2)} s ` +
        `(${Math.round(report.tokens / sampling)}/s), trained on ${sequenceTokens} in ${training.toFixed(2)} s ` +
        `(${Math.round(sequenceTokens / training)}/s), useful ${(100 * report.usefulShare).toFixed(0)} %, ` +
        `${(reasoner.memory().bytes / 1e6).toFixed(0)} MB in ${reasoner.memory().tensors} tensors`,
    );
  }
  reasoner.dispose();
}

async function seconds<T>(work: () => Promise<T>): Promise<[T, number]> {
  const start = performance.now();
  const result = await work();
  return [result, (performance.now() - start) / 1000];
}
