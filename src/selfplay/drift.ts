import type { Role } from '../tasks/task.ts';
import type { Context } from './context.ts';
import type { StepRecord } from './records.ts';

/** Responses of each role on which the drift is measured: enough for a curve, a thirtieth of a step's work. */
const SAMPLE = 16;

/**
 * KL(π ‖ base) of both roles after a step's update, in nats a token, on a sample of its own responses: every so many of
 * them, so that all kinds are among them. It is measured whether or not a role has a KL coefficient. A role without
 * responses is absent: nothing was measured.
 */
export async function measureDrift(
  { reasoner, config }: Context,
  { proposals, groups }: StepRecord,
): Promise<Partial<Record<Role, number>>> {
  const responses: Record<Role, { prompt: readonly number[]; response: readonly number[] }[]> = {
    propose: proposals.flatMap(({ prompt, tokens, logprobs }) =>
      logprobs && tokens.length > 0 ? [{ prompt, response: tokens }] : [],
    ),
    solve: groups.flatMap(({ prompt, attempts }) =>
      attempts.flatMap(({ tokens }) => (tokens.length > 0 ? [{ prompt, response: tokens }] : [])),
    ),
  };
  const drift: Partial<Record<Role, number>> = {};
  for (const role of ['propose', 'solve'] as const) {
    const sample = everySoMany(responses[role]);
    if (sample.length > 0) drift[role] = await reasoner.klToBase(sample, config.temperature);
  }
  return drift;
}

/** {@link SAMPLE} items at even distances, or all where there are fewer. */
function everySoMany<T>(items: readonly T[]): T[] {
  const count = Math.min(SAMPLE, items.length);
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)] as T);
}
