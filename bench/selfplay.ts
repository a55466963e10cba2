/**
 * Sampling and training speed of the reasoner on one self-play step's worth of work: 62 prompts of 25–55
 * tokens, 8 attempts each of up to 60 tokens (27 on average), then one update on all of them.
 */
import { VOCABULARY_SIZE } from '../src/language/vocabulary.ts';
import { Random } from '../src/random.ts';
import type { BackendName } from '../src/reasoner/backends.ts';
import { SIZES, type SizeName } from '../src/reasoner/config.ts';
import { createReasoner } from '../src/reasoner/engine.ts';
import type {
  Reasoner,
  ReasonerConfig,
  Rollout,
  TrainingSequence,
  UpdateReport,
} from '../src/reasoner/reasoner.ts';
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
const END_LOGIT = Math.log(VOCABULARY_SIZE / 30);

/** Prompts of a step: so many different ones, each as often as the lab attempts a task. */
export function stepPrompts(config: ReasonerConfig, distinct: number): number[][] {
  const random = new Random(7);
  const prompts = Array.from({ length: distinct }, () =>
    Array.from({ length: random.integer(25, 55) }, () => random.integer(17, config.vocabularySize - 1)),
  );
  return prompts.flatMap((prompt) => Array.from({ length: COPIES }, () => prompt));
}

/** Makes responses end as those of a step do: after 27 tokens on average. */
export function endLikeAttempts(reasoner: Reasoner): Promise<void> {
  return setEnd(reasoner, END_LOGIT);
}

/** Makes responses as long as they may be. */
export function neverEnd(reasoner: Reasoner): Promise<void> {
  return setEnd(reasoner, -100);
}

async function setEnd(reasoner: Reasoner, logit: number): Promise<void> {
  const { tensors } = readSafetensors(await reasoner.save());
  setEndLogit(tensors, logit);
  await reasoner.load(writeSafetensors(tensors));
}

/** The attempts of a step. */
export function sampleStep(
  reasoner: Reasoner,
  prompts: readonly number[][],
  step: number,
): Promise<Rollout[]> {
  return reasoner.sample(prompts, { maxNewTokens: 60, temperature: 1, seed: step });
}

/** The sequences that a step trains on. */
export function stepSequences(
  prompts: readonly number[][],
  rollouts: readonly Rollout[],
  step: number,
): TrainingSequence[] {
  const random = new Random(100 + step);
  return rollouts.map(({ tokens }, i) => ({
    prompt: prompts[i]!,
    response: tokens,
    weight: random.unit() - 0.5,
  }));
}

/** The update of a step. */
export function trainStep(reasoner: Reasoner, sequences: readonly TrainingSequence[]): Promise<UpdateReport> {
  return reasoner.update(sequences, {
    learningRate: 1e-5,
    normalizer: 10000,
    maxGradNorm: 1,
    beta2: 0.98,
    temperature: 1,
  });
}

export const tokensOf = (sequences: readonly TrainingSequence[]): number =>
  sequences.reduce((sum, { prompt, response }) => sum + prompt.length + response.length, 0);

/** Runs the steps and tells of each of them. */
export async function runSelfPlay(options: SelfPlayOptions, say: (line: string) => void): Promise<void> {
  const config = SIZES[options.size];
  const reasoner = await createReasoner({ config, device: options.device, seed: 1, onNotice: say });
  const prompts = stepPrompts(config, options.prompts);
  await endLikeAttempts(reasoner);
  say(`${options.size} on ${reasoner.device}, ${prompts.length} attempts a step`);
  for (let step = 0; step < options.steps; step++) {
    const [rollouts, sampling] = await seconds(() => sampleStep(reasoner, prompts, step));
    const sequences = stepSequences(prompts, rollouts, step);
    const [report, training] = await seconds(() => trainStep(reasoner, sequences));
    const sequenceTokens = tokensOf(sequences);
    say(
      `step ${step}: sampled ${report.tokens} tokens in ${sampling.toFixed(2)} s ` +
        `(${Math.round(report.tokens / sampling)}/s), trained on ${sequenceTokens} in ${training.toFixed(2)} s ` +
        `(${Math.round(sequenceTokens / training)}/s), useful ${(100 * report.usefulShare).toFixed(0)} %, ` +
        `${(reasoner.memory().bytes / 1e6).toFixed(0)} MB in ${reasoner.memory().tensors} tensors`,
    );
  }
  reasoner.dispose();
}

/** What came of the work, and how long it took. */
export async function seconds<T>(work: () => Promise<T>): Promise<[T, number]> {
  const start = performance.now();
  const result = await work();
  return [result, (performance.now() - start) / 1000];
}
