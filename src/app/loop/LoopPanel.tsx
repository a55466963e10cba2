import type { Config } from '../../config/hyperparameters.ts';
import { BASE_TEXT } from '../../language/level.ts';
import { SPECS } from '../../tasks/index.ts';
import { again, t } from '../../words/words.ts';
import { useBeginning } from '../beginning.ts';
import { useRun, useSession } from '../context.tsx';
import { WatchRecording } from '../player/WatchRecording.tsx';
import { LOOP_STAGES, type LoopStage, STAGE_TEXT, TAGLINE } from '../text.ts';
import { KindTag } from '../ui/Bits.tsx';
import { AttemptsCell } from './AttemptsCell.tsx';
import { BeforeStart } from './BeforeStart.tsx';
import { ProposeCell } from './ProposeCell.tsx';
import { ReturnRail } from './ReturnRail.tsx';
import { StageHead } from './StageHead.tsx';
import { useShownTask } from './useShownTask.ts';
import { VerifyCell } from './VerifyCell.tsx';
import { WarmUpCurve } from './WarmUpCurve.tsx';
import './loop.css';
import './attempts.css';
import './slow.css';
import './narrow.css';
import './short.css';
import './large.css';

/** The loop as a diagram: five stages, the one at work lit, and a real task of this step going through them. */
export function LoopPanel({ isSlow }: { isSlow: boolean }) {
  const state = useRun((run) => run.state);
  const stage = useRun((run) => run.stage);
  const { currentTask, step, isLive, again: shownAgain } = useShownTask(isSlow);
  const isWarmingUp = state === 'warming-up';
  // Between the steps of a paused run no stage is at work.
  const isBetween = useRun((run) => run.state === 'paused' && (run.metrics.last?.step ?? 0) === run.step);
  const atWork = stage === 'evaluate' || isBetween ? null : stage;
  const lit = shownAgain === null || shownAgain === 'evaluate' ? atWork : shownAgain;

  return (
    <section
      className="panel loop"
      aria-labelledby="loop-title"
      data-slow={isSlow}
      data-empty={currentTask === null}
    >
      <div className="loop-title">
        <h2 id="loop-title">{t('The loop')}</h2>
        <Caption isSlow={isSlow} lit={lit} step={step} isAgain={shownAgain !== null} />
        {currentTask && !isWarmingUp && (
          <p className="loop-kind">
            <KindTag kind={currentTask.kind} />{' '}
            <span className="muted">{again(SPECS[currentTask.kind].meaning)}</span>
          </p>
        )}
      </div>
      {isWarmingUp ? (
        <WarmUpCurve />
      ) : (
        <>
          <div className="loop-stages">
            {LOOP_STAGES.map((name) => (
              <StageHead
                key={name}
                stage={name}
                isLit={lit === name}
                attempts={
                  name === 'attempt'
                    ? ((currentTask?.attempts ?? currentTask?.responses)?.length ?? null)
                    : null
                }
              />
            ))}
            {currentTask ? (
              <>
                <ProposeCell currentTask={currentTask} isLit={isLive && lit === 'propose'} />
                <VerifyCell
                  currentTask={currentTask}
                  isLit={isLive && lit === 'verify'}
                  isWaiting={isLive && lit === 'propose'}
                />
                <AttemptsCell
                  currentTask={currentTask}
                  isLit={isLive && (lit === 'attempt' || lit === 'judge' || lit === 'update')}
                  stage={isLive ? lit : null}
                />
              </>
            ) : (
              <BeforeStart />
            )}
          </div>
          <ReturnRail />
        </>
      )}
    </section>
  );
}

/** In slow motion the words for the stage at work; else what kind of view this is. `step` is that of the task shown. */
function Caption({
  isSlow,
  lit,
  step,
  isAgain,
}: {
  isSlow: boolean;
  lit: LoopStage | null;
  step: number;
  /** What was shown before is shown again. */
  isAgain: boolean;
}) {
  const state = useRun((run) => run.state);
  const { programs } = useBeginning();
  const base = useSession(({ config }) => config.base);
  const ownBase = useSession((session) => session.ownBase);
  if (isSlow && lit) {
    return (
      <p className="loop-caption loop-caption-slow" role="status">
        {again(STAGE_TEXT[lit].now)}
        {isAgain && <span className="loop-again"> {t('Shown again; the run waits.')}</span>}
      </p>
    );
  }
  if (state === 'idle') {
    return (
      <p className="loop-caption">
        <span className="loop-what">{again(TAGLINE)} </span>
        {beginsWith(programs, ownBase?.name ?? null, base)} <WatchRecording />
      </p>
    );
  }
  if (state === 'loading')
    return <p className="loop-caption">{t('Python and the reasoner are being loaded.')}</p>;
  if (state === 'warming-up') {
    return (
      <p className="loop-caption">
        {t(
          'Before self-play the reasoner learns to read and write programs of the grammar. It is then frozen as the base.',
        )}
      </p>
    );
  }
  return (
    <p className="loop-caption">
      {step > 0 ? t('A task from step {step}', { step }) : t('The base fills its buffer; no update yet.')}
    </p>
  );
}

/** What a run begins from, in a sentence. */
function beginsWith(programs: number, ownBase: string | null, base: Config['base']): string {
  if (ownBase !== null)
    return t(
      'It begins with {programs, plural, =0 {no program} =1 {one program} other {# programs}} and a model that you brought in (the base “{base}”); from then on it makes its own tasks.',
      { programs, base: ownBase },
    );
  if (base === 'warm-up')
    return t(
      'It begins with {programs, plural, =0 {no program} =1 {one program} other {# programs}} and a model that first practises on computer-made exercises in this tab; from then on it makes its own tasks.',
      { programs },
    );
  return t(
    'It begins with {programs, plural, =0 {no program} =1 {one program} other {# programs}} and a model that has practised on computer-made exercises (the “base”): it {does}; from then on it makes its own tasks.',
    { programs, does: again(BASE_TEXT[base].does) },
  );
}
