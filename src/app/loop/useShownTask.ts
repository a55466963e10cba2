import { useEffect, useRef, useState } from 'react';
import type { CurrentTask } from '../../watch/events.ts';
import { useRun } from '../context.tsx';

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
} {
  const live = useRun((run) => run.currentTask);
  const judged = useRun((run) => run.judged);
  const phases = useRun((run) => run.metrics.last?.phaseSeconds);
  const state = useRun((run) => run.state);
  const stepSeconds = phases ? Object.values(phases).reduce((sum, seconds) => sum + seconds, 0) : Infinity;
  const isLive = isSlow || judged === null || (state !== 'paused' && stepSeconds >= FOLLOWABLE);

  const step = useRun((run) => run.step);
  const [held, setHeld] = useState<{ step: number; currentTask: CurrentTask } | null>(null);
  const shownAt = useRef(0);
  useEffect(() => {
    if (judged === null) {
      shownAt.current = 0;
      setHeld(null);
      return;
    }
    const wait = Math.max(0, shownAt.current + HOLD - performance.now());
    const timer = setTimeout(() => {
      shownAt.current = performance.now();
      setHeld(judged);
    }, wait);
    return () => clearTimeout(timer);
  }, [judged]);

  return isLive || held === null ? { currentTask: live, step, isLive } : { ...held, isLive };
}
