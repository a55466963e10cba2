/**
 * The control without self-play: the warm-up goes on. What the base saw before the run is all that it sees, so a gain
 * of self-play beyond this one is not owed to more training alone.
 */
import type { Config } from '../config/hyperparameters.ts';
import type { TrainingSequence } from '../reasoner/reasoner.ts';
import { type CorpusExample, corpus, corpusOptions, sequenceOf } from '../warmup/corpus.ts';
import { createContext, kindsOf, newRecord, runPhase, type SelfPlayOptions } from './context.ts';
import { endStep, prepare } from './lifecycle.ts';
import type { StepRecord } from './records.ts';
import { applyUpdate, sizeOf } from './update.ts';

/**
 * Tokens by attempt of a step of self-play, prompts included: it trains on three quarters of that, and samples for what
 * training on the rest costs.
 */
const TOKENS_PER_ATTEMPT = 95;
/** Share of tasks that are attempted further. */
const FOCUSED = 0.4;

/** Tokens of a step: equal compute. */
export function supervisedTokens(config: Config): number {
  const { proposalsPerKind, bufferTasksPerKind, attemptsPerTask, focusAttempts } = config;
  const tasks = kindsOf(config).length * (proposalsPerKind + bufferTasksPerKind);
  return Math.round(TOKENS_PER_ATTEMPT * tasks * (attemptsPerTask + FOCUSED * focusAttempts));
}

/**
 * Does what {@link selfPlay} does, but every step is an update on fresh examples: nothing is proposed, sampled or
 * attempted.
 */
export async function* supervise(options: SelfPlayOptions): AsyncGenerator<StepRecord, void> {
  const context = createContext(options);
  const { config, reasoner } = context;
  const examples = corpus(context.examples, corpusOptions(config, reasoner.config.contextLength));
  const heldOut = await prepare(context, options);
  for (let step = 1 + (options.from?.state.step ?? 0); step <= config.steps; step++) {
    await context.emit({ type: 'step', step, take: null });
    context.clock.startStep();
    const record = newRecord(context, step);
    const batch = drawBatch(examples, supervisedTokens(config));
    await runPhase(context, record, 'update', async () => {
      record.report = await applyUpdate(context, batch, sizeOf(batch), step);
    });
    const isSound = await endStep(context, record, heldOut);
    yield record;
    if (!isSound) return;
  }
}

/** Examples of so many tokens in all; the last one may exceed them. */
function drawBatch(examples: Iterator<CorpusExample>, most: number): TrainingSequence[] {
  const batch: TrainingSequence[] = [];
  for (let tokens = 0; tokens < most; ) {
    const sequence = sequenceOf(examples.next().value as CorpusExample);
    batch.push(sequence);
    tokens += sequence.prompt.length + sequence.response.length;
  }
  return batch;
}
