/** What every run does around its steps, self-play and the supervised control alike. */
import type { UpdateReport } from '../reasoner/reasoner.ts';
import { type Context, newRecord, runPhase } from './context.ts';
import { measureDrift } from './drift.ts';
import { HeldOut } from './heldOut.ts';
import type { StepRecord } from './records.ts';
import { isEvaluationStep } from './schedule.ts';
import { plantSeed } from './seed.ts';

/**
 * Before the first step: freezes and measures the base, and plants what the run begins from: the user's programs, one
 * or several, or the built-in one. No weight changes.
 */
export async function prepare(context: Context, seedPrograms: string | null): Promise<HeldOut> {
  const { reasoner, emit } = context;
  const heldOut = new HeldOut(context);
  reasoner.freezeBase();
  await runPhase(context, newRecord(context, 0), 'evaluate', async () => {
    const { atOnce, forced } = await heldOut.measureBase();
    await emit({ type: 'base', scores: atOnce.scores, forced: forced.scores, thinks: atOnce.thinks });
  });
  await emit({ type: 'planted', planted: await plantSeed(context, seedPrograms) });
  return heldOut;
}

/** Evaluates where it is due and completes the record. Returns whether there is anything to go on from. */
export async function endStep(context: Context, record: StepRecord, heldOut: HeldOut): Promise<boolean> {
  const { clock, reasoner, config } = context;
  const isSound = record.report !== null && unsoundNumbers(record.report).length === 0;
  if (isSound) record.drift = await clock.time(null, () => measureDrift(context, record));
  record.phaseSeconds = clock.phaseSeconds();
  if (isSound && isEvaluationStep(record.step, config)) {
    await runPhase(context, record, 'evaluate', async () => {
      record.heldOut = await heldOut.measure(record.step);
    });
  }
  record.seconds = clock.total;
  record.memory = reasoner.memory();
  return isSound;
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
