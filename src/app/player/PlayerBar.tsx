import { useEffect } from 'react';
import { useStore } from 'zustand';
import { type Player, SECONDS_PER_STEP, SPEEDS } from '../../run/replay/player.ts';
import { isShippedRecording } from '../../run/replay/shipped.ts';
import { again, inSense, leftToRight, t } from '../../words/words.ts';
import { usePage } from '../context.tsx';
import { count } from '../format.ts';
import { differences } from '../runs/differences.ts';
import { Icon } from '../ui/Icon.tsx';
import { StageButtons } from './StageButtons.tsx';
import './player.css';

/** Time of a recording under the thumb: play, one step back or on, any step at once, how fast. */
export function PlayerBar({ player, secondsPerStage }: { player: Player; secondsPerStage: number }) {
  const { keeper } = usePage();
  const { step, steps, isPlaying, speed } = useStore(player.state);
  useEffect(() => player.slowMotion(secondsPerStage), [player, secondsPerStage]);
  return (
    <>
      <button
        type="button"
        className="button button-primary transport-start"
        onClick={() => player.toggle()}
        aria-keyshortcuts="Space"
        title={t('Space does the same; ? lists all keys')}
      >
        <Icon name={isPlaying ? 'pause' : 'play'} />
        {isPlaying ? t('Pause') : step === steps ? t('Play again') : inSense('Play', 'a recording')}
      </button>
      <StageButtons
        isByStages={secondsPerStage > 0}
        onBack={() => player.step(-1)}
        onOn={() => player.step(1)}
      />
      <label className="player-speed">
        <span className="visually-hidden">{t('Speed')}</span>
        <select
          value={speed}
          disabled={secondsPerStage > 0}
          title={
            secondsPerStage > 0
              ? t('Slow motion has its own pace')
              : t('At ×1 a step takes {seconds} seconds, whatever it took the machine that made it', {
                  seconds: SECONDS_PER_STEP,
                })
          }
          onChange={({ target }) =>
            player.setSpeed(SPEEDS.find((each) => each === Number(target.value)) ?? 1)
          }
        >
          {SPEEDS.map((each) => (
            <option key={each} value={each}>
              {leftToRight(`×${each}`)}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className="button"
        title={t('Takes the recording off the page')}
        aria-keyshortcuts="R"
        onClick={() => keeper.close()}
      >
        <Icon name="close" />
        {t('Close')}
      </button>
    </>
  );
}

/** What is played, and a slider over its steps. */
export function PlayerStatus({ player }: { player: Player }) {
  const { step, steps, isPlaying } = useStore(player.state);
  return (
    <div className="status">
      <p className="status-text">
        <span className="status-state" role="status">
          {isPlaying ? t('Playing') : step === steps ? t('The end') : t('Recording')}
        </span>
        <span className="muted">{t('{name}; nothing is computed here', { name: nameOf(player) })}</span>
      </p>
      <input
        className="player-seek"
        type="range"
        aria-label={t('Step of the recording')}
        aria-valuetext={t('Step {step} of {steps}', { step: count(step), steps: count(steps) })}
        min={0}
        max={steps}
        step={1}
        value={step}
        onChange={({ target }) => player.seek(Number(target.value))}
      />
    </div>
  );
}

/** Those that come with the page are called by what they are, in the reader's language; others as somebody called them. */
function nameOf({ recording, address }: Player): string {
  return address !== null && isShippedRecording(address)
    ? differences(recording.setup, ['steps'])
    : again(recording.name);
}
