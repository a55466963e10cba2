import type { Progress } from '../../run/protocol.ts';
import { useRun, useSession } from '../context.tsx';
import { count, timeLeft } from '../format.ts';
import { STATE_TEXT } from '../text.ts';

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
  const isEvaluating = useRun((run) => run.stage === 'evaluate');

  // Within a step the bar goes on telling of the steps.
  const isOfStep = state === 'running' && progress !== null && OF_STEP.has(progress.what);
  const isStepping = state === 'running' || state === 'paused' || state === 'finished';
  const share =
    progress && !isOfStep
      ? progress.total > 0
        ? Math.min(1, progress.done / progress.total)
        : null
      : isStepping && steps > 0
        ? Math.min(1, step / steps)
        : 0;
  const left = progress?.secondsLeft == null ? '' : timeLeft(progress.secondsLeft);
  const detail = progress
    ? [progress.label === STATE_TEXT[state] ? '' : counted(progress), isOfStep ? '' : left]
        .filter(Boolean)
        .join(' · ')
    : isEvaluating
      ? 'Evaluating on held-out tasks'
      : state === 'running' && secondsPerStep !== null
        ? timeLeft(secondsPerStep * (steps - step))
        : state === 'idle' && prepared.length === 3
          ? `Python, the engine and the ${base} are loaded; nothing leaves this machine.`
          : DETAIL[state];

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

/** Works that are a part of every step. */
const OF_STEP: ReadonlySet<Progress['what']> = new Set(['propose', 'attempt', 'evaluation']);

/** What is counted in answers says how many; bytes and workers are for the bar alone. */
function counted({ what, label, done, total }: Progress): string {
  return OF_STEP.has(what) ? `${label}, ${count(done)} of ${count(total)}` : label;
}

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
