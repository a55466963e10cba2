import { usePage, useRun } from '../context.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Readouts } from './Readouts.tsx';
import { Status } from './Status.tsx';
import './transport.css';

/** Time under the thumb: start, pause, one step, back to zero, slow motion; beside it what is happening. */
export function Transport({
  secondsPerStage,
  onSlowMotion,
}: {
  secondsPerStage: number;
  onSlowMotion: (secondsPerStage: number) => void;
}) {
  const { client, keeper, session } = usePage();
  const state = useRun((run) => run.state);
  const hasNotBegun = state === 'idle' || state === 'finished' || state === 'failed';
  const isGoing = !hasNotBegun && state !== 'paused';

  const start = (paused: boolean) => {
    const { preset, config, device, seedProgram } = session.getState();
    keeper.start({ preset, config, device, seedProgram }, { paused });
  };
  const toggle = () => {
    if (hasNotBegun) start(false);
    else if (isGoing) client.pause();
    else client.resume();
  };
  const step = () => {
    if (hasNotBegun) start(true);
    client.step();
  };
  const slowMotion = (seconds: number) => {
    onSlowMotion(seconds);
    client.slowMotion(seconds);
  };

  return (
    <section className="transport" aria-label="Run">
      <div className="transport-buttons">
        <button type="button" className="button button-primary transport-start" onClick={toggle}>
          <Icon name={isGoing ? 'pause' : 'play'} />
          {hasNotBegun ? (state === 'idle' ? 'Start' : 'Start again') : isGoing ? 'Pause' : 'Resume'}
        </button>
        <button type="button" className="button" onClick={step} disabled={isGoing}>
          <Icon name="step" />
          Step
        </button>
        <button type="button" className="button" onClick={client.reset} disabled={state === 'idle'}>
          <Icon name="reset" />
          Reset
        </button>
        <div className="slow">
          <button
            type="button"
            className="button button-toggle"
            aria-pressed={secondsPerStage > 0}
            onClick={() => slowMotion(secondsPerStage > 0 ? 0 : 4)}
            title="Stretches every step so that one task can be followed"
          >
            <Icon name="slow" />
            <span>
              Slow<span className="slow-more"> motion</span>
            </span>
          </button>
          {secondsPerStage > 0 && (
            <label className="slow-range">
              <span className="visually-hidden">Seconds a stage is shown</span>
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
        </div>
      </div>
      <Status />
      <Readouts />
    </section>
  );
}
