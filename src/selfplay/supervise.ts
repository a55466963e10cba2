/**
 * The control without self-play: the warm-up goes on. What the base saw before the run is all that it sees, so a gain
 * of self-play beyond this one is not owed to more training alone.
 */
import type { TrainingSequence } from '../reasoner/reasoner.ts';
import { type CorpusExample, corpus, corpusOptions, sequenceOf } from '../warmup/corpus.ts';
import { createContext, newRecord, runPhase, type SelfPlayOptions } from './context.ts';
import { endStep, prepare } from './lifecycle.ts';
import type { StepRecord } from './records.ts';
import { applyUpdate, sizeOf } from './update.ts';

/**
 * Tokens of a step, prompts included. Equal compute: a step of the demo trains on some 41,000 tokens and samples them
 * for a third of that cost.
 */
export const SUPERVISED_TOKENS = 55_000;

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
    await context.emit({ type: 'step', step });
    context.clock.startStep();
    const record = newRecord(context, step);
    const batch = drawBatch(examples);
    await runPhase(context, record, 'update', async () => {
      record.report = await applyUpdate(context, batch, sizeOf(batch), step);
    });
    const isSound = await endStep(context, record, heldOut);
    yield record;
    if (!isSound) return;
  }
}

/** Examples of {@link SUPERVISED_TOKENS} tokens in all; the last one may exceed them. */
function drawBatch(examples: Iterator<CorpusExample>): TrainingSequence[] {
  const batch: TrainingSequence[] = [];
  for (let tokens = 0; tokens < SUPERVISED_TOKENS; ) {
    const sequence = sequenceOf(examples.next().value as CorpusExample);
    batch.push(sequence);
    tokens += sequence.prompt.length + sequence.response.length;
  }
  return batch;
}
