/**
 * The control without self-play: the warm-up goes on. What the base saw before the run is all that it sees, so a gain
 * of self-play beyond this one is not owed to more training alone.
 */
import type { Random } from '../random.ts';
import type { TrainingSequence } from '../reasoner/reasoner.ts';
import { type CorpusExample, corpus, corpusOptions, sequenceOf } from '../warmup/corpus.ts';
import type { Lab } from './lab.ts';
import type { StepWork } from './summary.ts';
import { applyUpdate, sizeOf } from './update.ts';

/** An endless stream of examples like those that the base was made from. */
export function supervisedExamples({ config, reasoner }: Pick<Lab, 'config' | 'reasoner'>, random: Random) {
  return corpus(random, corpusOptions(config, reasoner.config.contextLength));
}

/**
 * Tokens of a supervised step, prompts included. Equal compute: a step of the demo trains on some 41,000 tokens and
 * samples them for a third of that cost.
 */
export const SUPERVISED_TOKENS = 55_000;

/**
 * One step: an update on examples of {@link SUPERVISED_TOKENS} tokens in all, prompts included (the last one may exceed
 * them). Nothing is sampled, proposed or attempted.
 */
export async function superviseStep(
  lab: Lab,
  examples: Iterator<CorpusExample>,
  step: number,
): Promise<StepWork> {
  const batch: TrainingSequence[] = [];
  for (let tokens = 0; tokens < SUPERVISED_TOKENS; ) {
    const sequence = sequenceOf(examples.next().value as CorpusExample);
    batch.push(sequence);
    tokens += sequence.prompt.length + sequence.response.length;
  }
  await lab.listener({ type: 'stage', step, stage: 'update', hand: null });
  const report = await lab.clock.time('update', () => applyUpdate(lab, batch, sizeOf(batch), step));
  return { proposals: [], graded: [], added: [], known: [], measured: [], trained: [], report };
}
