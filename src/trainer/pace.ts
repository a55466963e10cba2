/** How fast this machine would take steps: measured by a small part of one, which trains nothing. */
import { tasksOf } from '../benchmark/shipped.ts';
import type { Config } from '../config/hyperparameters.ts';
import { Random } from '../random.ts';
import type { Pace } from '../run/visit.ts';
import { kindsOf } from '../selfplay/context.ts';
import { SPECS } from '../tasks/index.ts';
import type { Asked } from './asked.ts';

/** Held-out tasks that are tried by kind and tier: few enough to take a second or two, enough to fill a batch. */
const TASKS = 6;
const TIERS = 4;
/** Forward and backward pass of an update beside the forward pass alone, which is what can be measured without training. */
const UPDATE_PER_FORWARD = 3;
/** Share of the proposals of a kind that become tasks, as demo runs begin. */
const VALID_SHARE = 0.55;
/** What Python and the rest of a step take beside sampling and training. */
const REST = 1.1;

/**
 * Tries held-out tasks of the run's kinds, and reads the tries once more as training would. A step does the same with
 * {@link sequencesOf} sequences; the first tries, which warm the engine up, do not count.
 */
export async function measurePace({ reasoner, config }: Asked): Promise<Pace> {
  const { level, inductionExamples, maxSolveTokens, temperature } = config;
  const suite = { level, inductionExamples, maxSolveTokens, kinds: kindsOf(config) };
  const prompts = tasksOf({ ...suite, tiers: TIERS, tasks: TASKS }).map((task) =>
    SPECS[task.kind].solvePrompt(task),
  );
  const seed = new Random(config.seed).fork('pace').uint32();
  const options = { maxNewTokens: maxSolveTokens, temperature, seed };
  await reasoner.sample(prompts, options);
  const begun = performance.now();
  const rollouts = await reasoner.sample(prompts, options);
  const sampled = performance.now();
  const sequences = prompts.map((prompt, i) => ({ prompt, response: rollouts[i]!.tokens }));
  await reasoner.logprobs(sequences, temperature);
  const read = performance.now();
  const each = (sampled - begun + UPDATE_PER_FORWARD * (read - sampled)) / prompts.length;
  const { backend, device } = reasoner;
  return { backend, device, secondsPerStep: (REST * sequencesOf(config) * each) / 1000 };
}

/** Proposals and tries of a step, about: how many proposals become tasks is not known before. */
function sequencesOf(config: Config): number {
  const { proposalsPerKind, bufferTasksPerKind, attemptsPerTask, reuseAttempts } = config;
  const tasks = VALID_SHARE * proposalsPerKind + (reuseAttempts ? bufferTasksPerKind : 0);
  return kindsOf(config).length * (proposalsPerKind + tasks * attemptsPerTask);
}
