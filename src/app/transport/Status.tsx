import { useEffect, useState } from 'react';
import { BASE_TEXT } from '../../language/level.ts';
import { PREPARED_PARTS, type Progress, type RunState } from '../../run/protocol.ts';
import type { Phase } from '../../watch/events.ts';
import { again, msg, t } from '../../words/words.ts';
import { useRun, useSession, useShelf } from '../context.tsx';
import { count, timeLeft } from '../format.ts';
import { LOOP_STAGES, STAGE_TEXT, STATE_TEXT } from '../text.ts';

/** One line that always says what is happening, and a bar where it is known how far. */
export function Status() {
  const state = useRun((run) => run.state);
  const progress = useRun((run) => run.progress);
  const step = useRun((run) => run.step);
  const steps = useRun((run) => run.config?.steps ?? 0);
  const secondsPerStep = useRun(({ metrics: { columns } }) => recentPace(columns.seconds));
  const prepared = useRun((run) => run.prepared);
  const loaded = useSession(({ config: { base, size }, ownBase }) =>
    ownBase
      ? t('Python and the engine are loaded')
      : base === 'warm-up'
        ? t('Python and the fresh weights are loaded')
        : t('Python and the {size} base are loaded; it {does}', {
            size: again(size),
            does: again(BASE_TEXT[base].does),
          }),
  );
  const isReadOnly = useShelf((shelf) => shelf.shown?.isElsewhere === true);
  const stage = useRun((run) => run.stage);
  const isEvaluating = state === 'running' && stage === 'evaluate';

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
      ? t('Evaluating on held-out tasks')
      : state === 'running'
        ? ''
        : state === 'idle' && prepared.length === PREPARED_PARTS.length
          ? loaded
          : isReadOnly
            ? t('Read-only: another tab has it')
            : again(DETAIL[state]);
  const isGoing = progress !== null || state === 'running' || state === 'loading' || state === 'seeding';
  const seconds = useStill(`${state} ${stage} ${step} ${doing}`, isGoing && state !== 'idle');
  const wait = seconds === 0 ? '' : `${seconds} s`;
  const atWork = again((state === 'running' && stage && wait && STAGE_NAME[stage]) || '');
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
          {again(STATE_TEXT[state])}
        </span>
        <span className="muted">{detail}</span>
      </p>
      <div
        className="bar"
        role="progressbar"
        aria-label={progress ? again(progress.label) : t('Steps of the run')}
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

/** Steps that tell how long the next ones take: the first one of a run also measures and compiles. */
const RECENT_STEPS = 8;

/** Seconds a step, of the latest ones; null before there are two. `seconds` is when each step had ended. */
function recentPace(seconds: readonly number[]): number | null {
  const from = Math.max(0, seconds.length - 1 - RECENT_STEPS);
  const steps = seconds.length - 1 - from;
  return steps > 0 ? ((seconds.at(-1) as number) - (seconds[from] as number)) / steps : null;
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
  const work = again(label);
  return OF_STEP.has(what)
    ? t('{work}, {done} of {total}', { work, done: count(done), total: count(total) })
    : work;
}

const STAGE_NAME: Partial<Record<Phase, string>> = Object.fromEntries(
  LOOP_STAGES.map((stage) => [stage, STAGE_TEXT[stage].name]),
);

const DETAIL: Record<RunState, string> = {
  idle: msg('Press Start. Nothing leaves this machine.'),
  loading: msg('Loading Python and the reasoner'),
  'warming-up': msg('Supervised practice on programs from the grammar'),
  seeding: msg('The reasoner fills its buffer'),
  running: '',
  paused: msg('Press Resume to go on or Step for one step'),
  finished: msg('Every step of this run is done'),
  failed: msg('See below for what happened'),
};
