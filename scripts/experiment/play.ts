/** Self-play of one run, from loaded weights to the last step, and what is kept of it. */
import type { Config } from '../../src/config/hyperparameters.ts';
import type { BeforeAfter, CurvePoint } from '../../src/experiments/results.ts';
import { SPECIAL } from '../../src/language/tokenizer.ts';
import type { Reasoner } from '../../src/reasoner/reasoner.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { unsoundNumbers } from '../../src/selfplay/lifecycle.ts';
import { play } from '../../src/selfplay/play.ts';
import type { StepRecord } from '../../src/selfplay/records.ts';
import type { Detection, StepMetrics } from '../../src/watch/metrics.ts';
import { Watch } from '../../src/watch/watch.ts';
import { answersOf, beforeAndAfter } from './examples.ts';

export interface Played {
  /** Steps taken. */
  steps: number;
  /** Why it ended early, or null. */
  diverged: string | null;
  detections: Detection[];
  examples: BeforeAfter[];
}

/**
 * Runs all steps of `config`. A run whose numbers stop being finite ends there, as a result. The page plays
 * the same run: the same seed gives the same numbers there on the same backend.
 */
export async function playRun(
  { reasoner, sandbox, config }: { reasoner: Reasoner; sandbox: Sandbox; config: Config },
  onStep: (step: number, point: CurvePoint) => void,
): Promise<Played> {
  const before = await answersOf(reasoner, sandbox, config);
  const watch = new Watch(config);
  const detections: Detection[] = [];
  let steps = 0;
  for await (const record of play({ reasoner, sandbox, config, listener: () => {} })) {
    const metrics = watch.measure(record);
    detections.push(...(metrics.detections ?? []));
    if (record.report && unsoundNumbers(record.report).length > 0) {
      const diverged = `At step ${record.step} the numbers of the update were not finite.`;
      return { steps, diverged, detections, examples: [] };
    }
    onStep(record.step, pointOf(metrics, trialAndErrorOf(record)));
    steps = record.step;
  }
  const after = await answersOf(reasoner, sandbox, config);
  return { steps, diverged: null, detections, examples: beforeAndAfter(before, after) };
}

/** Share of abduction attempts whose thought tries at least two inputs; undefined without attempts. */
function trialAndErrorOf({ groups }: StepRecord): number | undefined {
  const attempts = groups.flatMap((group) => (group.task.kind === 'abduction' ? group.attempts : []));
  const repeated = attempts.filter(({ tokens }) => {
    const thought = tokens.slice(0, tokens.indexOf(SPECIAL.answer));
    return thought.filter((token) => token === SPECIAL.output).length > 1;
  });
  return attempts.length > 0 ? repeated.length / attempts.length : undefined;
}

function pointOf(metrics: StepMetrics, trialAndError: number | undefined): CurvePoint {
  const { step, seconds, reward, solveRate, thinkShare, responseLength, validRate, newTasks } = metrics;
  const { behaviours, entropy, klToBase, zeroSignal, loss, heldOut, heldOutThinks } = metrics;
  return rounded({
    ...{ step, seconds, reward, solveRate, thinkShare, responseLength, validRate, newTasks },
    ...{ behaviours, entropy, klToBase, zeroSignal, loss },
    ...(trialAndError === undefined ? {} : { trialAndError }),
    ...(heldOut ? { heldOut, heldOutThinks } : {}),
  });
}

/** Numbers to four digits after the point: more than a curve shows, and a quarter of the bytes. */
function rounded<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_, item: unknown) =>
      typeof item === 'number' ? Math.round(item * 10_000) / 10_000 : item,
    ),
  ) as T;
}
