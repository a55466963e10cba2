/** Self-play of one run, from loaded weights to the last step, and what is kept of it. */
import type { Config } from '../../src/config/hyperparameters.ts';
import type { BeforeAfter } from '../../src/experiments/results.ts';
import type { Reasoner } from '../../src/reasoner/reasoner.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { unsoundNumbers } from '../../src/selfplay/lifecycle.ts';
import { play } from '../../src/selfplay/play.ts';
import type { Detection } from '../../src/watch/findings.ts';
import { curvePoint } from '../../src/watch/metrics/files.ts';
import type { CurvePoint } from '../../src/watch/metrics/table.ts';
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
    onStep(record.step, curvePoint(metrics));
    steps = record.step;
  }
  const after = await answersOf(reasoner, sandbox, config);
  return { steps, diverged: null, detections, examples: beforeAndAfter(before, after) };
}
