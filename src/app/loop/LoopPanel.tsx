import { SPECS } from '../../tasks/index.ts';
import { useBeginning } from '../beginning.ts';
import { useRun, useSession } from '../context.tsx';
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

/** The loop as a diagram: five stages, the one at work lit, and a real task of this step going through them. */
export function LoopPanel({ isSlow }: { isSlow: boolean }) {
  const state = useRun((run) => run.state);
  const stage = useRun((run) => run.stage);
  const { currentTask, step, isLive } = useShownTask(isSlow);
  const isWarmingUp = state === 'warming-up';
  const lit = stage === 'evaluate' ? null : stage;

  return (
    <section
      className="panel loop"
      aria-labelledby="loop-title"
      data-slow={isSlow}
      data-empty={currentTask === null}
    >
      <div className="loop-title">
        <h2 id="loop-title">The loop</h2>
        <Caption isSlow={isSlow} lit={lit} step={step} />
        {currentTask && !isWarmingUp && (
          <p className="loop-kind">
            <KindTag kind={currentTask.kind} />{' '}
            <span className="muted">{SPECS[currentTask.kind].meaning}</span>
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
function Caption({ isSlow, lit, step }: { isSlow: boolean; lit: LoopStage | null; step: number }) {
  const state = useRun((run) => run.state);
  const { programs } = useBeginning();
  const base = useSession(({ config }) => config.base);
  if (isSlow && lit) {
    return (
      <p className="loop-caption loop-caption-slow" role="status">
        {STAGE_TEXT[lit].now}
      </p>
    );
  }
  if (state === 'idle') {
    const seeds = ['no program', 'one program'][programs] ?? `${programs} programs`;
    const practised =
      base === 'shipped'
        ? 'has practised on computer-made exercises (the “base”)'
        : 'first practises on computer-made exercises in this tab';
    return (
      <p className="loop-caption">
        <span className="loop-what">{TAGLINE} </span>
        It begins with {seeds} and a model that {practised}. From then on it makes its own tasks.
      </p>
    );
  }
  if (state === 'loading') return <p className="loop-caption">Python and the reasoner are being loaded.</p>;
  if (state === 'warming-up') {
    return (
      <p className="loop-caption">
        Before self-play the reasoner learns to read and write programs of the grammar. It is then frozen as
        the base.
      </p>
    );
  }
  return (
    <p className="loop-caption">
      {step > 0 ? `A task from step ${step}` : 'The base fills its buffer; no update yet.'}
    </p>
  );
}
