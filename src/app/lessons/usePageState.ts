/** The page as exercises that ask for something to be done see it. */
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Phase } from '../../watch/events.ts';
import { useHere, useRun, useSession, useShelf } from '../context.tsx';
import { useWriting } from '../play/useWriting.ts';
import type { PageState } from './lesson.ts';

/** Where no recording is on the page. */
const NOTHING_PLAYS = createStore(() => ({ isPlaying: false }));

/** What is on the page, and what was on it while `isSet`; null before. */
export function usePageState(isSet: boolean): PageState | null {
  const { view, task } = useHere((here) => here);
  const step = useRun((run) => run.step);
  const stage = useRun((run) => run.stage);
  const state = useRun((run) => run.state);
  const player = useShelf((shelf) => shelf.player);
  const isPlaying = useStore(
    player?.state ?? NOTHING_PLAYS,
    (playing: { isPlaying: boolean }) => playing.isPlaying,
  );
  const written = useWritten();
  const preset = useSession((session) => session.preset);
  const config = useSession((session) => session.config);
  const seen = useSeen(isSet, step, stage, task);
  if (!isSet) return null;
  const isGoingOn = player ? isPlaying : state === 'running';
  return { view, task, step, stage, isGoingOn, seen, written, preset, config };
}

type Seen = PageState['seen'];

function useSeen(isSet: boolean, step: number, stage: Phase | null, task: string | null): Seen {
  const nothing: Seen = { steps: new Set(), stages: new Set(), tasks: new Set() };
  const kept = useRef(nothing);
  const [seen, setSeen] = useState(nothing);
  useEffect(() => {
    if (!isSet) {
      kept.current = { steps: new Set(), stages: new Set(), tasks: new Set() };
      return;
    }
    const { steps, stages, tasks } = kept.current;
    kept.current = {
      steps: new Set(steps).add(step),
      stages: stage ? new Set(stages).add(stage) : stages,
      tasks: task ? new Set(tasks).add(task) : tasks,
    };
    setSeen(kept.current);
  }, [isSet, step, stage, task]);
  return seen;
}

/** What became of the task that somebody wrote in Play. */
function useWritten(): PageState['written'] {
  const progress = useWriting((writing) => writing.progress);
  switch (progress.at) {
    case 'refused':
      return { isTask: false };
    case 'trying':
      return { isTask: true, solveRate: null };
    case 'tried':
      return { isTask: true, solveRate: (progress.tries.now ?? progress.tries.base).solveRate };
    case 'failed':
      return progress.task && { isTask: true, solveRate: null };
    default:
      return null;
  }
}
