import { useEffect, useState } from 'react';
import type { Progress } from '../../run/protocol.ts';
import type { Phase } from '../../watch/events.ts';
import { useRun, useSession } from '../context.tsx';
import { count, timeLeft } from '../format.ts';
import { LOOP_STAGES, STAGE_TEXT, STATE_TEXT } from '../text.ts';

/** One line that always says what is happening, and a bar where it is known how far. */
export function Status() {
  const state = useRun((run) => run.state);
  const progress = useRun((run) => run.progress);
  const step = useRun((run) => run.step);
  const steps = useRun((run) => run.config?.steps ?? 0);
  const secondsPerStep = useRun(({ metrics: { last } }) =>
    last && last.step > 0 ? last.seconds / last.step : null,
  );
  const prepared = useRun((run) => run.prepared);
  const base = useSession(({ config }) =>
    config.base === 'shipped' ? `${config.size} base` : 'fresh weights',
  );
  const stage = useRun((run) => run.stage);
  const isEvaluating = stage === 'evaluate';

  // Within a step the bar goes on telling of the steps.
  const isOfStep = state === 'running' && progress !== null && OF_STEP.has(progress.what);
  const isStepping = state === 'running' || state === 'paused' || state === 'finished';
  // Before Start the bar is empty: what is loaded ahead is for the words alone.
  const share =
    progress && !isOfStep && state !== 'idle'
      ? progress.total > 0
        ? Math.min(1, progress.done / progress.total)
        : null
      : isStepping && steps > 0
        ? Math.min(1, step / steps)
        : 0;
  const left = progress?.secondsLeft == null ? '' : timeLeft(progress.secondsLeft);
  const doing = progress
    ? counted(progress)
    : isEvaluating
      ? 'Evaluating on held-out tasks'
      : state === 'running'
        ? ''
        : state === 'idle' && prepared.length === 3
          ? `Python and the ${base} are loaded`
          : DETAIL[state];
  const isGoing = progress !== null || state === 'running' || state === 'loading' || state === 'seeding';
  const seconds = useStill(`${state} ${stage} ${step} ${doing}`, isGoing && state !== 'idle');
  const wait = seconds === 0 ? '' : `${seconds} s`;
  const atWork = state === 'running' && stage && wait ? STAGE_NAME[stage] : '';
  const stepsLeft =
    state === 'running' && secondsPerStep !== null && timeLeft(secondsPerStep * (steps - step));
  const detail = [
    [progress?.label === STATE_TEXT[state] ? '' : doing || atWork, wait].filter(Boolean).join(', '),
    isOfStep || !progress ? stepsLeft : left,
  ]
    .filter(Boolean)
    .join(' · ');

  return (
    <div className="status">
      <p className="status-text">
        <span className="status-state" role="status">
          {STATE_TEXT[state]}
        </span>
        <span className="muted">{detail}</span>
      </p>
      <div
        className="bar"
        role="progressbar"
        aria-label={progress?.label ?? 'Steps of the run'}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === null ? undefined : Math.round(share * 100)}
        data-unknown={share === null}
      >
        <span style={{ width: share === null ? undefined : `${share * 100}%` }} />
      </div>
    </div>
  );
}

/**
 * Whole seconds for which `doing` has been the same while it goes on: so that a page on which nothing else moves still
 * shows that something happens.
 */
function useStill(doing: string, isGoing: boolean): number {
  const [still, setStill] = useState({ doing, seconds: 0 });
  useEffect(() => {
    if (!isGoing) return;
    const began = performance.now();
    const tick = () => setStill({ doing, seconds: Math.round((performance.now() - began) / 1000) });
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [doing, isGoing]);
  return isGoing && still.doing === doing ? still.seconds : 0;
}

/** Works that are a part of every step. */
const OF_STEP: ReadonlySet<Progress['what']> = new Set(['propose', 'attempt', 'evaluation']);

/** What is counted in answers says how many; bytes and workers are for the bar alone. */
function counted({ what, label, done, total }: Progress): string {
  return OF_STEP.has(what) ? `${label}, ${count(done)} of ${count(total)}` : label;
}

const STAGE_NAME: Partial<Record<Phase, string>> = Object.fromEntries(
  LOOP_STAGES.map((stage) => [stage, STAGE_TEXT[stage].name]),
);

const DETAIL: Record<string, string> = {
  idle: 'Press Start: it takes a few seconds, and nothing leaves this machine.',
  loading: 'Loading Python and the reasoner',
  'warming-up': 'Supervised practice on programs from the grammar',
  seeding: 'The reasoner fills its buffer',
  running: '',
  paused: 'Press Resume to go on or Step for one step',
  finished: 'Every step of this run is done',
  failed: 'See below for what happened',
};
