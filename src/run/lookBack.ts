/**
 * The stages of a step that were shown, and which of them is shown again: a run that goes on here cannot be drawn from
 * its beginning, as a recording is, so what slow motion has shown of the step is kept. Nothing is computed for it.
 */
import type { CurrentTask, Phase } from '../watch/events.ts';

/** What the diagram of the loop showed when a stage began or ended. */
export interface ShownStage {
  stage: Phase;
  currentTask: CurrentTask | null;
}

export interface LookBack {
  /** The step that the stages are of. */
  step: number;
  /** In the order in which they were shown, the last one now. */
  stages: readonly ShownStage[];
  /** Which of them is shown again; null where it is the run as it is. */
  at: number | null;
}

export const NOTHING_SHOWN: LookBack = { step: 0, stages: [], at: null };

/** With what is shown now. A stage of another step begins anew, also for who looks back: there is no more to see. */
export function withStage(lookBack: LookBack, step: number, shown: ShownStage): LookBack {
  // Seeding has no order of stages, and evaluation no place in the diagram.
  if (step === 0 || shown.stage === 'evaluate') return lookBack;
  if (step !== lookBack.step) return { step, stages: [shown], at: null };
  return { ...lookBack, stages: [...lookBack.stages, shown] };
}

/** One stage back or on; where there is none, as it was. Beyond the last but one is the run as it is. */
export function turned(lookBack: LookBack, direction: -1 | 1): LookBack {
  const last = lookBack.stages.length - 1;
  const to = (lookBack.at ?? last) + direction;
  if (to < 0 || to > last) return lookBack;
  return { ...lookBack, at: to === last ? null : to };
}

/** Whether there is a stage in a direction. */
export function canTurn(lookBack: LookBack, direction: -1 | 1): boolean {
  return turned(lookBack, direction) !== lookBack;
}

/** The stage that is shown again; null where it is the run as it is. */
export function lookedAt({ stages, at }: LookBack): ShownStage | null {
  return at === null ? null : (stages[at] ?? null);
}
