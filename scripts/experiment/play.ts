/** Self-play of one run, from loaded weights to the last step, and what is kept of it. */
import type { Config } from '../../src/config/hyperparameters.ts';
import type { BeforeAfter } from '../../src/experiments/results.ts';
import type { Reasoner } from '../../src/reasoner/reasoner.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { unsoundNumbers } from '../../src/selfplay/lifecycle.ts';
import { play } from '../../src/selfplay/play.ts';
import type { Detection } from '../../src/watch/findings.ts';
import type { StepMetrics } from '../../src/watch/metrics/table.ts';
import { Watch } from '../../src/watch/watch.ts';
import { answersOf, beforeAndAfter } from './examples.ts';
import { KEEP_EVERY, type KeptPlay } from './unfinished.ts';

export interface Played {
  /** Steps taken. */
  steps: number;
  /** Why it ended early, or null. */
  diverged: string | null;
  detections: Detection[];
  examples: BeforeAfter[];
}

export interface PlayOptions {
  /** It has the weights of the base. */
  reasoner: Reasoner;
  sandbox: Sandbox;
  config: Config;
  /** To go on from; null at the beginning. */
  from: Pick<KeptPlay, 'run' | 'metrics'> | null;
  onStep(metrics: StepMetrics): void;
  /** Told every few steps what another process could go on from. */
  keep(play: Pick<KeptPlay, 'run' | 'metrics'>): void;
}

/**
 * Runs all steps of `config`. A run whose numbers stop being finite ends there, as a result. The page plays
 * the same run: the same seed gives the same numbers there on the same backend.
 */
export async function playRun({
  reasoner,
  sandbox,
  config,
  from,
  onStep,
  keep,
}: PlayOptions): Promise<Played> {
  const before = await answersOf(reasoner, sandbox, config);
  const watch = new Watch(config);
  const all: StepMetrics[] = [...(from?.metrics ?? [])];
  watch.recall(all);
  const detections = () => all.flatMap((metrics) => metrics.detections ?? []);
  let steps = all.at(-1)?.step ?? 0;
  for await (const record of play({ reasoner, sandbox, config, listener: () => {}, from: from?.run })) {
    const metrics = watch.measure(record);
    all.push(metrics);
    if (record.report && unsoundNumbers(record.report).length > 0) {
      const diverged = `At step ${record.step} the numbers of the update were not finite.`;
      return { steps, diverged, detections: detections(), examples: [] };
    }
    steps = record.step;
    onStep(metrics);
    if (steps % KEEP_EVERY === 0 && record.save) keep({ run: await record.save(), metrics: all });
  }
  const after = await answersOf(reasoner, sandbox, config);
  return { steps, diverged: null, detections: detections(), examples: beforeAndAfter(before, after) };
}
