/** The responses of a step, in the cells of TRR++: one for each role and kind. */
import type { Config } from '../../src/config/hyperparameters.ts';
import { kindsOf } from '../../src/selfplay/context.ts';
import type { StepRecord } from '../../src/selfplay/records.ts';
import type { RoleKind } from '../../src/tasks/task.ts';

/** One response that the reasoner learns from. */
interface Place {
  prompt: readonly number[];
  response: readonly number[];
  /** log π of the response's tokens, as they were sampled; null where nobody sampled them. */
  logprobs: readonly number[] | null;
  /** What it earned (paper, Eqs 4 to 6). */
  reward: number;
  /** λ · A, as the page's own update weighs it (Eqs 3 and 8). */
  weight: number;
}

export type Places = Partial<Record<RoleKind, Place[]>>;

/** The cells of a configuration, in the order in which the engine keeps them. */
export function cellsOf(config: Config): RoleKind[] {
  return (['propose', 'solve'] as const).flatMap((role) =>
    kindsOf(config).map((kind): RoleKind => `${role}:${kind}`),
  );
}

/** Most responses that a cell can have in a step: the solver's, where every proposal is a new task. */
export function placesPerCell(
  config: Pick<
    Config,
    | 'proposalsPerKind'
    | 'attemptsPerTask'
    | 'bufferTasksPerKind'
    | 'focusAttempts'
    | 'reuseAttempts'
    | 'solverAttempts'
  >,
): number {
  const { proposalsPerKind, attemptsPerTask, bufferTasksPerKind, focusAttempts } = config;
  const tasks = config.reuseAttempts ? proposalsPerKind + bufferTasksPerKind : proposalsPerKind;
  const attempts = (config.reuseAttempts ? attemptsPerTask : config.solverAttempts) + focusAttempts;
  return Math.max(2, proposalsPerKind, tasks * attempts);
}

/** What the update of a step learns from, after its rewards and advantages are known. */
export function placesOf({ proposals, groups }: StepRecord, config: Config): Places {
  const places: Places = {};
  const put = (cell: RoleKind, place: Place) => {
    places[cell] = [...(places[cell] ?? []), place];
  };
  if (config.trainProposer) {
    for (const { kind, prompt, tokens, logprobs, reward, advantage } of proposals) {
      if (reward === null || advantage === null) continue;
      put(`propose:${kind}`, {
        prompt,
        response: tokens,
        logprobs,
        reward,
        weight: config.proposerWeight * advantage,
      });
    }
  }
  for (const { task, trains, prompt, attempts } of groups) {
    if (!trains) continue;
    for (const { tokens, logprobs, reward, advantage } of attempts) {
      if (reward === null) continue;
      put(`solve:${task.kind}`, { prompt, response: tokens, logprobs, reward, weight: advantage ?? 0 });
    }
  }
  return places;
}
