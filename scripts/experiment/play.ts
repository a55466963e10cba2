/** Self-play of one run, from loaded weights to the last step, and what is kept of it. */
import type { Config } from '../../src/config/hyperparameters.ts';
import type { BeforeAfter, CurvePoint } from '../../src/experiments/results.ts';
import { Random } from '../../src/random.ts';
import type { Reasoner } from '../../src/reasoner/reasoner.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { LoopEvent } from '../../src/selfplay/events.ts';
import { SelfPlay } from '../../src/selfplay/loop.ts';
import type { Detection, StepMetrics } from '../../src/selfplay/metrics.ts';
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
 * Runs all steps of `config`. A run whose numbers stop being finite ends there, as a result. Random numbers descend
 * from the seed as in the page, so the same run there gives the same numbers on the same backend.
 */
export async function playRun(
  { reasoner, sandbox, config }: { reasoner: Reasoner; sandbox: Sandbox; config: Config },
  onStep: (step: number, point: CurvePoint) => void,
): Promise<Played> {
  const random = new Random(config.seed);
  // The page draws the seed of the weights and the warm-up's stream first.
  random.uint32();
  random.fork();
  const guesses = new GuessCounter();
  const selfPlay = new SelfPlay({
    reasoner,
    sandbox,
    config,
    random: random.fork(),
    listener: (event) => guesses.hear(event),
  });
  const before = await answersOf(reasoner, sandbox, config);
  await selfPlay.prepare();
  const detections: Detection[] = [];
  while (selfPlay.steps < config.steps) {
    const metrics = await selfPlay.step();
    detections.push(...(metrics.detections ?? []));
    const { step, loss, gradNorm, entropy, klToBase } = metrics;
    if (![loss, gradNorm, entropy, klToBase].every(Number.isFinite)) {
      const diverged = `At step ${step} the numbers of the update were not finite.`;
      return { steps: step - 1, diverged, detections, examples: [] };
    }
    onStep(step, pointOf(metrics, guesses.take()));
  }
  const after = await answersOf(reasoner, sandbox, config);
  const examples = beforeAndAfter(before, after);
  return { steps: selfPlay.steps, diverged: null, detections, examples };
}

/** Counts abduction attempts, and those whose thought tries at least two inputs. */
class GuessCounter {
  private attempts = 0;
  private repeated = 0;

  hear(event: LoopEvent): void {
    if (event.type !== 'attempts') return;
    for (const { taskId, response } of event.attempts) {
      // Ids begin with the first letter of their kind.
      if (!taskId.startsWith('a')) continue;
      this.attempts++;
      const [thought = ''] = response.split('<ans>');
      if (thought.split('<out>').length > 2) this.repeated++;
    }
  }

  /** The share since the last call; undefined without attempts. */
  take(): number | undefined {
    const share = this.attempts > 0 ? this.repeated / this.attempts : undefined;
    this.attempts = 0;
    this.repeated = 0;
    return share;
  }
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
