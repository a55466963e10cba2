/** What exercises reveal, read from the recordings and experiments that come with the page. */
import type { SuiteScores } from '../../benchmark/scores.ts';
import type { Column } from '../../run/columns.ts';
import { MetricColumns } from '../../run/columns.ts';
import type { Recording } from '../../run/replay/file.ts';
import { fetchRecording, type ShippedRecording } from '../../run/replay/shipped.ts';
import type { Attempt } from '../../tasks/task.ts';
import { tierMean } from '../charts/heldOut.ts';
import { armCurves, type Curve } from '../experiments/curves.ts';
import { measureNamed } from '../experiments/measures.ts';
import { fetchResult } from '../experiments/results.ts';
import type { CountExercise, CurveExercise, CurveTruth } from './lesson.ts';

const recordings = new Map<ShippedRecording, Promise<Recording>>();

/** Fetched once; a failure may pass. Rejects with a plain sentence. */
function recordingNamed(name: ShippedRecording): Promise<Recording> {
  const known = recordings.get(name);
  if (known) return known;
  const fetched = fetchRecording(name);
  recordings.set(name, fetched);
  fetched.catch(() => recordings.delete(name));
  return fetched;
}

/** The attempts that are counted, where it is a recording that has them. Rejects with a plain sentence. */
export async function attemptsCounted({ truth, of }: CountExercise): Promise<Attempt[]> {
  if ('given' in truth) return [];
  return attemptsIn(await recordingNamed(truth.recording), truth).slice(0, of);
}

/** Attempts at a task in one step of a recording. */
export function attemptsIn({ events }: Recording, at: { step: number; task: string }): Attempt[] {
  return events
    .flatMap((event) => (event.type === 'attempts' ? event.attempts : []))
    .filter(({ taskId, step }) => taskId === at.task && step === at.step);
}

/** The true curve, wherever it was measured. Rejects with a plain sentence. */
export async function trueCurve({ at, truth }: CurveExercise): Promise<Curve> {
  switch (truth.from) {
    case 'given':
      return { x: at, values: [...truth.values] };
    case 'experiment': {
      const { arms } = await fetchResult(truth.experiment, 1);
      const arm = arms.find(({ arm: name }) => name === truth.arm);
      if (!arm) throw new Error(`The experiment ${truth.experiment} has no arm ${truth.arm}.`);
      return armCurves(arm, measureNamed(truth.measure)).mean;
    }
    default:
      return curveIn(await recordingNamed(truth.name), truth);
  }
}

/** A curve of a recording: a metric of every step, or held-out accuracy with the base's at step 0. */
export function curveIn(
  { events }: Recording,
  truth: Extract<CurveTruth, { from: 'recording' | 'held-out' }>,
): Curve {
  const steps = events.flatMap((event) => (event.type === 'step' ? [event.metrics] : []));
  if (truth.from === 'recording') {
    const columns = new MetricColumns();
    for (const metrics of steps) columns.append(metrics);
    return { x: columns.steps, values: columns.get(truth.column) };
  }
  const base = events.find((event) => event.type === 'base');
  const score = (scores: SuiteScores | undefined) => tierMean(scores, truth.kind, truth.tiers.map(String));
  const measured = steps.filter(({ heldOut }) => heldOut !== undefined);
  return {
    x: [0, ...measured.map(({ step }) => step)],
    values: [score(base?.scores), ...measured.map(({ heldOut }) => score(heldOut))],
  };
}

/** Its values at some steps: between two measurements on the line through them, null outside of all. */
export function valuesAt({ x, values }: Curve, at: readonly number[]): Column {
  const known = x.flatMap((step, index) => {
    const value = values[index];
    return value == null ? [] : [{ step, value }];
  });
  return at.map((step) => {
    const next = known.findIndex((point) => point.step >= step);
    const [before, after] = [known[next - 1], known[next]];
    if (!after) return null;
    if (after.step === step) return after.value;
    if (!before) return null;
    return before.value + ((after.value - before.value) * (step - before.step)) / (after.step - before.step);
  });
}
