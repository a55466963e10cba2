import type { Config } from '../config/hyperparameters.ts';
import type { Random } from '../random.ts';
import { DivergedError, type Reasoner, type TrainingSequence } from '../reasoner/reasoner.ts';
import { sequenceOf } from './corpus.ts';

/** One supervised example; the loss is on the response only. */
interface Example {
  prompt: readonly number[];
  response: readonly number[];
  /** Weight of the loss of the first response token, which sets how often the base chooses to think. */
  firstWeight: number;
}

export interface WarmUpOptions {
  /** Gradient steps. */
  updates: number;
  /** Sequences per gradient step. */
  batchSize: number;
  /** Peak learning rate: reached by a linear ramp, left by a cosine down to a twentieth. */
  learningRate: number;
  /** Updates of the ramp; shortened to a tenth of a short warm-up. */
  lrWarmUpUpdates: number;
  maxGradNorm: number;
  beta2: number;
}

/** What a run's configuration says of its warm-up. */
export function warmUpOptions(config: Readonly<Config>): WarmUpOptions {
  return {
    updates: config.warmUpUpdates,
    batchSize: config.warmUpBatch,
    learningRate: config.warmUpRate,
    lrWarmUpUpdates: config.lrWarmUpUpdates,
    maxGradNorm: config.maxGradNorm,
    beta2: config.beta2,
  };
}

export interface WarmUpReport {
  /** Updates done, of `updates`. */
  update: number;
  updates: number;
  /** Mean loss per response token of this update, in nats. */
  loss: number;
  /** Tokens of all sequences so far, prompts included. */
  tokens: number;
}

/**
 * The loss of a batch is its sum over (sequences · this), not its mean per token: batches hold sequences of
 * nearly one length, so a mean per token would weigh a token of a short answer far above one of a long thought.
 */
export const LOSS_TOKENS = 24;

/** Batches drawn together and cut by length: enough that a batch holds sequences of nearly one length. */
const BATCHES_PER_POOL = 16;

/** Learning rate of update `update` (0-based): linear ramp, then cosine to 5 % of the peak. */
export function warmUpLearningRate(update: number, options: WarmUpOptions): number {
  const ramp = Math.min(options.lrWarmUpUpdates, Math.max(1, Math.floor(options.updates / 10)));
  if (update < ramp) return (options.learningRate * (update + 1)) / ramp;
  const progress = (update - ramp) / Math.max(1, options.updates - ramp);
  return options.learningRate * (0.05 + 0.95 * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress))));
}

/**
 * Supervised next-token training of `reasoner` on `examples`, the stand-in for the pretrained base that
 * Absolute Zero starts from. `afterUpdate` is awaited after every update: it may show the report, wait
 * while the run is paused, or throw to end the warm-up. Throws when the loss is no longer a number.
 */
export async function warmUp(
  reasoner: Reasoner,
  examples: Iterator<Example>,
  random: Random,
  options: WarmUpOptions,
  afterUpdate: (report: WarmUpReport) => Promise<void>,
): Promise<void> {
  let tokens = 0;
  let pool: TrainingSequence[][] = [];
  for (let update = 0; update < options.updates; update++) {
    if (pool.length === 0) pool = drawBatches(examples, random, options.batchSize);
    const batch = pool.pop()!;
    const report = await reasoner.update(batch, {
      learningRate: warmUpLearningRate(update, options),
      normalizer: batch.length * LOSS_TOKENS,
      maxGradNorm: options.maxGradNorm,
      beta2: options.beta2,
      temperature: 1,
    });
    const loss = (report.loss * batch.length * LOSS_TOKENS) / totalWeight(batch);
    if (!Number.isFinite(loss))
      throw new DivergedError(`The loss of warm-up update ${update + 1} is not a number.`);
    for (const { prompt, response } of batch) tokens += prompt.length + response.length;
    await afterUpdate({ update: update + 1, updates: options.updates, loss, tokens });
  }
}

/** A pool of batches in random order, each of sequences of like length (less padding, less work). */
export function drawBatches(
  examples: Iterator<Example>,
  random: Random,
  batchSize: number,
): TrainingSequence[][] {
  const sequences: TrainingSequence[] = [];
  while (sequences.length < BATCHES_PER_POOL * batchSize) {
    const { value, done } = examples.next();
    if (done) throw new RangeError('The warm-up ran out of examples.');
    sequences.push(sequenceOf(value));
  }
  const length = ({ prompt, response }: TrainingSequence) => prompt.length + response.length;
  sequences.sort((a, b) => length(a) - length(b));
  const batches = Array.from({ length: BATCHES_PER_POOL }, (_, i) =>
    sequences.slice(i * batchSize, (i + 1) * batchSize),
  );
  return random.shuffle(batches);
}

function totalWeight(batch: readonly TrainingSequence[]): number {
  let total = 0;
  for (const { weight } of batch) for (const w of weight as readonly number[]) total += w;
  return total;
}
