import { useState } from 'react';
import { canTurn } from '../../run/lookBack.ts';
import { setupOf } from '../../run/session.ts';
import { isResting } from '../../run/store.ts';
import { again, t } from '../../words/words.ts';
import { usePage, useRun, useShelf } from '../context.tsx';
import { Rich } from '../language/Rich.tsx';
import { leaveRun } from '../leaving/useLeaving.ts';
import { PlayerBar, PlayerStatus } from '../player/PlayerBar.tsx';
import { StageButtons } from '../player/StageButtons.tsx';
import { ShortcutsDialog } from '../shortcuts/ShortcutsDialog.tsx';
import { useShortcuts } from '../shortcuts/useShortcuts.ts';
import { Icon } from '../ui/Icon.tsx';
import { Readouts } from './Readouts.tsx';
import { Status } from './Status.tsx';
import { Told } from './Told.tsx';
import './transport.css';

/** What the skip link leads to. */
export const TRANSPORT_ID = 'run-controls';

/** Time under the thumb: start, pause, one step, back to zero, slow motion; beside it what is happening. */
export function Transport({
  secondsPerStage,
  onSlowMotion,
}: {
  secondsPerStage: number;
  onSlowMotion: (secondsPerStage: number) => void;
}) {
  const { client, keeper, session } = usePage();
  const [refusal, setRefusal] = useState('');
  const startRefusal = useShelf((shelf) => shelf.refusal);
  const state = useRun((run) => run.state);
  const hasNotBegun = isResting({ state });
  const isGoing = !hasNotBegun && state !== 'paused';
  const shown = useShelf((shelf) => shelf.shown);
  const player = useShelf((shelf) => shelf.player);
  const isReadOnly = shown?.isElsewhere === true;

  const start = (options: { paused: boolean; isOneStep?: boolean }) =>
    leaveRun(keeper, () => {
      void keeper.start(setupOf(session.getState()), { paused: options.paused }).then((isStarted) => {
        if (isStarted && options.isOneStep) client.step();
      });
    });
  /** Takes the shown run up here first; where that cannot be, the page says why. */
  const goOn = async (then: () => void) => {
    const { current, shown: onlyShown } = keeper.shelf.getState();
    try {
      if (onlyShown !== null && current !== null) await keeper.goOn(current);
      then();
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error));
    }
  };
  const toggle = () => {
    setRefusal('');
    if (hasNotBegun) start({ paused: false });
    else if (isGoing) client.pause();
    else void goOn(client.resume);
  };
  const step = () => {
    setRefusal('');
    if (hasNotBegun) start({ paused: true, isOneStep: true });
    else void goOn(client.step);
  };
  const close = () => {
    setRefusal('');
    leaveRun(keeper, () => keeper.close());
  };
  const slowMotion = (seconds: number) => {
    onSlowMotion(seconds);
    client.slowMotion(seconds);
  };

  const canGo = !isReadOnly || hasNotBegun;
  const canStep = canGo && !isGoing;
  const canClose = state !== 'idle';
  // A step at full speed shows no stages to go back to.
  const isByStages = secondsPerStage > 0 && canClose;
  const canTurnBack = useRun(({ lookBack }) => canTurn(lookBack, -1));
  const canTurnOn = useRun(({ lookBack }) => canTurn(lookBack, 1));
  const back = isByStages && canTurnBack ? () => client.lookBack(-1) : null;
  const on = isByStages && canTurnOn ? () => client.lookBack(1) : null;
  useShortcuts(
    player
      ? {
          pause: () => player.toggle(),
          step: () => player.step(1),
          back: () => player.step(-1),
          on: () => player.step(1),
          reset: () => keeper.close(),
        }
      : {
          pause: canGo ? toggle : null,
          step: canStep ? step : null,
          back,
          on,
          reset: canClose ? close : null,
        },
  );

  return (
    <section className="transport" aria-label={t('Run')} id={TRANSPORT_ID} tabIndex={-1}>
      <div className="transport-buttons">
        {player ? (
          <PlayerBar player={player} secondsPerStage={secondsPerStage} />
        ) : (
          <>
            <button
              type="button"
              className="button button-primary transport-start"
              onClick={toggle}
              disabled={!canGo}
              aria-keyshortcuts="Space"
              title={t('Space does the same; ? lists all keys')}
            >
              <Icon name={isGoing ? 'pause' : 'play'} />
              {hasNotBegun
                ? state === 'idle'
                  ? t('Start')
                  : t('Start again')
                : isGoing
                  ? t('Pause')
                  : t('Resume')}
            </button>
            <button type="button" className="button" onClick={step} disabled={!canStep} aria-keyshortcuts="S">
              <Icon name="step" />
              {t('Step')}
            </button>
            <button
              type="button"
              className="button"
              onClick={close}
              disabled={!canClose}
              aria-keyshortcuts="R"
              title={t('Takes the run off the page; it stays under Runs')}
            >
              <Icon name={shown ? 'close' : 'reset'} />
              {shown ? t('Close') : t('Reset')}
            </button>
          </>
        )}
        <div className="slow">
          <button
            type="button"
            className="button button-toggle"
            aria-pressed={secondsPerStage > 0}
            onClick={() => slowMotion(secondsPerStage > 0 ? 0 : 4)}
            title={t('Stretches every step so that one task can be followed')}
          >
            <Icon name="slow" />
            <span>
              <Rich text="Slow<more> motion</more>" parts={{ more: <span className="slow-more" /> }} />
            </span>
          </button>
          {secondsPerStage > 0 && (
            <label className="slow-range">
              <span className="visually-hidden">{t('Seconds a stage is shown')}</span>
              <input
                type="range"
                min={1}
                max={12}
                step={1}
                value={secondsPerStage}
                onChange={(change) => slowMotion(Number(change.target.value))}
              />
              <span aria-hidden="true">{secondsPerStage} s</span>
            </label>
          )}
          {isByStages && !player && <StageButtons isByStages onBack={back} onOn={on} />}
        </div>
      </div>
      {player ? <PlayerStatus player={player} /> : <Status />}
      <Readouts />
      <Told />
      <ShortcutsDialog />
      {(refusal || startRefusal) && (
        <p className="transport-refusal" role="alert">
          {again(refusal || startRefusal)}
        </p>
      )}
    </section>
  );
}
