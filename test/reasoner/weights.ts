/** What the tests of this folder share. */
import { SPECIAL } from '../../src/language/vocabulary.ts';
import { Random } from '../../src/random.ts';
import type {
  Reasoner,
  ReasonerConfig,
  TrainingSequence,
  UpdateOptions,
} from '../../src/reasoner/reasoner.ts';
import { readSafetensors, type SafetensorsTensor, writeSafetensors } from '../../src/reasoner/safetensors.ts';
import type { ReferenceWeights } from './reference.ts';

/** Odd on purpose: nothing is a power of two but what must be even. */
export const ODD_CONFIG: ReasonerConfig = {
  vocabularySize: 23,
  layers: 2,
  width: 18,
  heads: 3,
  feedForward: 29,
  contextLength: 32,
  ropeTheta: 10000,
  rmsNormEpsilon: 1e-5,
  tiedHead: false,
};

export const PLAIN_UPDATE: UpdateOptions = {
  learningRate: 1e-3,
  normalizer: 7,
  maxGradNorm: 1,
  beta2: 0.98,
  temperature: 1,
};

/** The reasoner's weights in double precision. */
export async function referenceWeights(reasoner: Reasoner): Promise<ReferenceWeights> {
  const { tensors } = readSafetensors(await reasoner.save());
  return new Map([...tensors].map(([name, { values }]) => [name, Float64Array.from(values)]));
}

/** Weights far from their start, so that no term of a gradient is negligible. */
export async function shake(reasoner: Reasoner, seed: number, size = 0.3): Promise<void> {
  const random = new Random(seed);
  const { tensors } = readSafetensors(await reasoner.save());
  for (const { values } of tensors.values()) {
    for (let i = 0; i < values.length; i++)
      values[i] = (values[i] as number) + size * (2 * random.unit() - 1);
  }
  await reasoner.load(writeSafetensors(tensors));
}

/** Sequences of odd lengths; each prompt occurs `copies` times. */
export function oddSequences(
  config: ReasonerConfig,
  seed: number,
  promptLengths: readonly number[],
  copies: number,
): TrainingSequence[] {
  const random = new Random(seed);
  const token = () => random.integer(0, config.vocabularySize - 1);
  const lengths = [1, 5, 2, 7, 3, 11, 1, 13];
  return promptLengths.flatMap((length, p) => {
    const prompt = Array.from({ length }, token);
    return Array.from({ length: copies }, (_, c) => {
      const response = Array.from({ length: lengths[(p + c) % lengths.length] as number }, token);
      return { prompt, response, weight: 2 * random.unit() - 1 };
    });
  });
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = a.length === b.length ? 0 : Number.POSITIVE_INFINITY;
  for (let i = 0; i < a.length; i++)
    largest = Math.max(largest, Math.abs((a[i] as number) - (b[i] as number)));
  return largest;
}

/**
 * Changes a checkpoint so that the end token has nearly this logit at every position, whatever the tokens are: the
 * first number of the residual stream becomes the same large one everywhere, and the end token's row of the head
 * reads nothing else. Far below zero no response ends by itself. Throws an Error on a tied head.
 */
export function setEndLogit(tensors: ReadonlyMap<string, SafetensorsTensor>, logit: number): void {
  const [embedding, norm, head] = ['model.embed_tokens', 'model.norm', 'lm_head'].map(
    (name) => tensors.get(`${name}.weight`)?.values,
  );
  if (!embedding || !norm || !head) throw new Error('The checkpoint has no head of its own');
  const width = norm.length;
  for (let at = 0; at < embedding.length; at += width) embedding[at] = 100;
  norm[0] = 1;
  head.fill(0, SPECIAL.eos * width, (SPECIAL.eos + 1) * width);
  // The norm leaves √width of a stream that has one large number only.
  head[SPECIAL.eos * width] = logit / Math.sqrt(width);
}
