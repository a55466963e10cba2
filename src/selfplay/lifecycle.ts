/** What every run does around its steps, self-play and the supervised control alike. */
import type { UpdateReport } from '../reasoner/reasoner.ts';
import { type Context, newRecord, runPhase, type SelfPlayOptions } from './context.ts';
import { measureDrift } from './drift.ts';
import { takeGift } from './gift.ts';
import { HeldOut } from './heldOut.ts';
import type { StepRecord } from './records.ts';
import { restoreRun, saveRun } from './save.ts';
import { isEvaluationStep, isQuickEvaluationStep } from './schedule.ts';
import { plantSeed } from './seed.ts';

/**
 * Before the first step: freezes the base, says how it does, and plants what the run begins from: the user's programs,
 * one or several, or the built-in one. Where the base's scores are shipped with it these are told, and it is measured
 * between the steps. No weight changes.
 *
 * A run that is gone on with is put where it was instead; a base that it does not know, since another reasoner has taken
 * over, is measured then.
 */
export async function prepare(
  context: Context,
  { seedPrograms = null, shipped = null, from = null }: SelfPlayOptions,
): Promise<HeldOut> {
  const { reasoner, emit } = context;
  const heldOut = new HeldOut(context);
  reasoner.freezeBase();
  if (from) {
    await restoreRun(context, heldOut, from);
    if (heldOut.isBaseKnown) {
      await tellBase(context, heldOut, heldOut.isBaseMeasured ? 'measured' : 'shipped');
    } else await measureFirst(context, heldOut, from.state.step);
    return heldOut;
  }
  if (heldOut.adopt(shipped)) await tellBase(context, heldOut, 'shipped');
  else await measureFirst(context, heldOut, 0);
  await emit({ type: 'planted', planted: await plantSeed(context, seedPrograms) });
  return heldOut;
}

/** Measures the whole base after `step`, before the next one begins. */
async function measureFirst(context: Context, heldOut: HeldOut, step: number): Promise<void> {
  await runPhase(context, newRecord(context, step), 'evaluate', async () => {
    await heldOut.measureBase();
    await tellBase(context, heldOut, 'measured');
  });
}

/** Tells that a step of self-play begins; until the listener lets it, people may put tasks into the buffers. */
export async function beginStep(context: Context, step: number): Promise<void> {
  await context.emit({ type: 'step', step, take: (kind, valid) => takeGift(context, kind, valid, step - 1) });
}

/** Evaluates where it is due and completes the record. Returns whether there is anything to go on from. */
export async function endStep(context: Context, record: StepRecord, heldOut: HeldOut): Promise<boolean> {
  const { clock, reasoner, config } = context;
  const isSound = record.report !== null && unsoundNumbers(record.report).length === 0;
  if (isSound) record.drift = await clock.time(null, () => measureDrift(context, record));
  record.phaseSeconds = clock.phaseSeconds();
  if (isSound) await clock.time(null, () => measureBaseOn(context, record.step, heldOut));
  const isEvaluated = isEvaluationStep(record.step, config);
  if (isSound && record.step === 1 && !isEvaluated) {
    await clock.time(null, () => tellExamples(context, record.step, heldOut));
  }
  if (isSound && isEvaluated) {
    await runPhase(context, record, 'evaluate', async () => {
      record.heldOut = await heldOut.measure(record.step);
    });
  } else if (isSound && context.quickEvaluations && isQuickEvaluationStep(record.step, config)) {
    await runPhase(context, record, 'evaluate', async () => {
      record.heldOutQuick = await heldOut.measureFew();
    });
  }
  record.seconds = clock.total;
  record.memory = reasoner.memory();
  record.save = () => saveRun(context, heldOut, record.step);
  return isSound;
}

/** Measures the next slice of the base, after the last step all that is left, and tells when nothing is. */
async function measureBaseOn(context: Context, step: number, heldOut: HeldOut): Promise<void> {
  if (heldOut.isBaseMeasured) return;
  if (step === context.config.steps) await heldOut.measureBase();
  else await heldOut.measureSlice(step);
  if (heldOut.isBaseMeasured) await tellBase(context, heldOut, 'measured');
}

/** A handful of answers of the base: few enough to be asked beside a step, and too many to be asked before the first. */
async function tellExamples({ emit }: Context, step: number, heldOut: HeldOut): Promise<void> {
  const examples = await heldOut.examples();
  if (examples.length > 0) await emit({ type: 'examples', step, examples });
}

async function tellBase({ emit }: Context, heldOut: HeldOut, from: 'shipped' | 'measured'): Promise<void> {
  const { atOnce, forced } = heldOut.ofBase;
  await emit({ type: 'base', scores: atOnce.scores, forced: forced.scores, thinks: atOnce.thinks, from });
}

/** The numbers of an update that are not finite: then it has spoiled the weights. */
export function unsoundNumbers({
  loss,
  gradNorm,
  entropy,
}: Pick<UpdateReport, 'loss' | 'gradNorm' | 'entropy'>): string[] {
  const values = { loss, 'gradient norm': gradNorm, entropy };
  return Object.entries(values).flatMap(([name, value]) => (Number.isFinite(value) ? [] : [name]));
}
