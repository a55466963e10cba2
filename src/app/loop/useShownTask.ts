import { useEffect, useRef, useState } from 'react';
import { lookedAt } from '../../run/lookBack.ts';
import type { CurrentTask, Phase } from '../../watch/events.ts';
import { useRun } from '../context.tsx';
import { usePace } from '../player/usePace.ts';

/** Steps shorter than this (seconds) are too quick to follow stage by stage. */
const FOLLOWABLE = 4;
/** Milliseconds a task stays in sight before the next one takes its place. */
const HOLD = 2400;

/**
 * The task to show. In slow motion and on slow machines: the task in currentTask, growing stage by stage. At full
 * speed that would only flicker, so whole judged tasks are shown and held long enough to be read.
 */
export function useShownTask(isSlow: boolean): {
  currentTask: CurrentTask | null;
  step: number;
  isLive: boolean;
  /** The stage that is shown again in slow motion; null where it is the run as it is. */
  again: Phase | null;
} {
  const live = useRun((run) => run.currentTask);
  const judged = useRun((run) => run.judged);
  const phases = useRun((run) => run.metrics.last?.phaseSeconds);
  const state = useRun((run) => run.state);
  const pace = usePace();
  const measured = phases ? Object.values(phases).reduce((sum, seconds) => sum + seconds, 0) : Infinity;
  const stepSeconds = pace ?? measured;
  const isLive = isSlow || judged === null || (state !== 'paused' && stepSeconds >= FOLLOWABLE);

  const step = useRun((run) => run.step);
  const [held, setHeld] = useState<{ step: number; currentTask: CurrentTask } | null>(null);
  const shownAt = useRef(0);
  const isAtRest = state === 'paused' || state === 'finished';
  useEffect(() => {
    if (judged === null) {
      shownAt.current = 0;
      setHeld(null);
      return;
    }
    // At rest nothing else comes in its place, and what stands there must be of this very step.
    const wait = isAtRest ? 0 : Math.max(0, shownAt.current + HOLD - performance.now());
    const timer = setTimeout(() => {
      shownAt.current = performance.now();
      setHeld(judged);
    }, wait);
    return () => clearTimeout(timer);
  }, [judged, isAtRest]);

  const again = useRun((run) => lookedAt(run.lookBack));
  if (isSlow && again !== null)
    return { currentTask: again.currentTask, step, isLive: true, again: again.stage };
  return isLive || held === null
    ? { currentTask: live, step, isLive, again: null }
    : { ...held, isLive, again: null };
}
