/**
 * The control without self-play: the warm-up goes on. What the base saw before the run is all that it sees, so a gain
 * of self-play beyond this one is not owed to more training alone.
 */
import type { Config } from '../config/hyperparameters.ts';
import type { TrainingSequence, UpdateReport } from '../reasoner/reasoner.ts';
import { type CorpusExample, corpus, corpusOptions, sequenceOf } from '../warmup/corpus.ts';
import {
  type Context,
  createContext,
  kindsOf,
  newRecord,
  runPhase,
  type SelfPlayOptions,
} from './context.ts';
import { endStep, prepare } from './lifecycle.ts';
import type { StepRecord } from './records.ts';
import { mean } from './rewards.ts';
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
 * Does what {@link selfPlay} does, but every step learns from fresh examples: nothing is proposed, sampled or attempted.
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
      record.report = await learn(context, batch, step);
    });
    const isSound = await endStep(context, record, heldOut);
    yield record;
    if (!isSound) return;
  }
}

/**
 * Update after update on parts of the batch, as large as those of the warm-up. All examples are right, so a part says
 * almost as much as the whole; one update on all of them would teach a fraction of it, and no ceiling would be one.
 * Reported is the mean over the updates, and of tokens the sum.
 */
async function learn(
  context: Pick<Context, 'config' | 'reasoner'>,
  batch: readonly TrainingSequence[],
  step: number,
): Promise<UpdateReport> {
  const { warmUpBatch } = context.config;
  const reports: UpdateReport[] = [];
  for (let at = 0; at < batch.length; at += warmUpBatch) {
    const part = batch.slice(at, at + warmUpBatch);
    reports.push(await applyUpdate(context, part, sizeOf(part), step));
  }
  const meanOf = (key: keyof UpdateReport) => mean(reports.map((report) => report[key]));
  return {
    loss: meanOf('loss'),
    gradNorm: meanOf('gradNorm'),
    entropy: meanOf('entropy'),
    kl: meanOf('kl'),
    tokens: reports.reduce((sum, { tokens }) => sum + tokens, 0),
    usefulShare: meanOf('usefulShare'),
  };
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
