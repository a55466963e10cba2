/** The warm-up of a shipped base, on all cores with our own engine. */
import { performance } from 'node:perf_hooks';
import { CONTEXT_LENGTH } from '../../src/config/contextLength.ts';
import type { LevelId } from '../../src/language/level.ts';
import { Random } from '../../src/random.ts';
import { SIZES, type SizeName } from '../../src/reasoner/config.ts';
import type { Reasoner } from '../../src/reasoner/reasoner.ts';
import { CORPUS_DEFAULTS, corpus } from '../../src/warmup/corpus.ts';
import { drawBatches, LOSS_TOKENS } from '../../src/warmup/warmup.ts';
import { openEngine } from '../common/engine.ts';

/**
 * Sequences of an update. So small a reasoner learns far more of many small updates than of few large ones
 * (docs/negative-results.md); fewer would no longer pay for the optimizer's own time.
 */
export const BATCH = 16;
export const PEAK_RATE = 2.4e-3;
/** Peak of what goes on from another base, as a share: it should learn more and keep the rest. */
const GOING_ON = 1 / 3;
/** Peak of a further stage of the same base, which is to learn as much again. */
const FURTHER_STAGE = 2 / 3;
const RAMP_UPDATES = 200;
const FINAL_RATE = 0.05;
const UPDATE = { maxGradNorm: 1, beta2: 0.98, temperature: 1, optimizer: 'muon' } as const;

export interface Recipe {
  size: SizeName;
  level: LevelId;
  seed: number;
  /** Prompt and response tokens of each stage. */
  tokens: readonly number[];
  priorCotRate: number;
  /** Sequences of an update. */
  batch: number;
  /** Peak of the learning rate, from random weights. */
  rate: number;
  /** Shares of tiers, from the first; longer programs are never shown. */
  tiers: readonly number[];
  /** Weights of the base that it goes on from, as safetensors; null to begin from random ones. */
  from: Uint8Array | null;
}

/** A stage of a recipe: so many tokens, and the weights that it goes on from. */
export interface Stage extends Omit<Recipe, 'tokens'> {
  /** From 0. */
  index: number;
  tokens: number;
}

export interface Trained {
  reasoner: Reasoner;
  tokens: number;
  updates: number;
  /** Mean per response token, of the latest updates, in nats. */
  loss: number;
  minutes: number;
}

/** Trains a stage of a base with Muon: a linear ramp, then a cosine over the tokens to a twentieth. */
export async function train(
  stage: Stage,
  onProgress: (done: Omit<Trained, 'reasoner'>) => void,
): Promise<Trained> {
  const {
    size,
    level,
    seed,
    index,
    tokens: budget,
    priorCotRate,
    tiers,
    batch: sequences,
    rate,
    from,
  } = stage;
  const ofRun = new Random(seed);
  const random = index === 0 ? ofRun : ofRun.fork(`stage ${index + 1}`);
  const reasoner = await openEngine({
    config: SIZES[size],
    device: 'wasm',
    seed: random.fork('weights').uint32(),
  });
  if (from) await reasoner.load(from);
  const peak = rate * (index > 0 ? FURTHER_STAGE : from ? GOING_ON : 1);
  const contextLength = CONTEXT_LENGTH[size];
  const examples = corpus(random.fork('examples'), {
    ...CORPUS_DEFAULTS,
    level,
    priorCotRate,
    tiers,
    contextLength,
  });
  const order = random.fork('batches');
  const started = performance.now();
  const done = { tokens: 0, updates: 0, loss: 0, minutes: 0 };
  let pool: ReturnType<typeof drawBatches> = [];
  while (done.tokens < budget) {
    if (pool.length === 0) pool = drawBatches(examples, order, sequences);
    const batch = pool.pop()!;
    const ramp = Math.min(1, (done.updates + 1) / RAMP_UPDATES);
    const cosine = 0.5 * (1 + Math.cos(Math.PI * Math.min(1, done.tokens / budget)));
    const learningRate = peak * ramp * (FINAL_RATE + (1 - FINAL_RATE) * cosine);
    const report = await reasoner.update(batch, {
      ...UPDATE,
      learningRate,
      normalizer: batch.length * LOSS_TOKENS,
    });
    if (!Number.isFinite(report.loss))
      throw new Error(`The loss of update ${done.updates + 1} is not a number.`);
    for (const { prompt, response } of batch) done.tokens += prompt.length + response.length;
    done.updates++;
    const loss = (report.loss * batch.length * LOSS_TOKENS) / report.tokens;
    done.loss = done.loss === 0 ? loss : 0.98 * done.loss + 0.02 * loss;
    done.minutes = (performance.now() - started) / 60_000;
    onProgress(done);
  }
  return { reasoner, ...done };
}
