import { t } from '../../words/words.ts';
import { Icon } from '../ui/Icon.tsx';
import './player.css';

/**
 * One back and one on, of a recording or of what slow motion has shown of a run's step; null for what cannot be. The
 * arrow keys do the same.
 */
export function StageButtons({
  isByStages,
  onBack,
  onOn,
}: {
  isByStages: boolean;
  onBack: (() => void) | null;
  onOn: (() => void) | null;
}) {
  const back = isByStages ? t('One stage back') : t('One step back');
  const on = isByStages ? t('One stage on') : t('One step on');
  // A step has the sign of the button that takes one.
  const icon = isByStages ? 'right' : 'step';
  return (
    <>
      <button
        type="button"
        className="button player-step"
        aria-label={back}
        title={back}
        aria-keyshortcuts="ArrowLeft"
        disabled={onBack === null}
        onClick={onBack ?? undefined}
      >
        <span className="player-back">
          <Icon name={icon} />
        </span>
      </button>
      <button
        type="button"
        className="button player-step"
        aria-label={on}
        title={on}
        aria-keyshortcuts="ArrowRight"
        disabled={onOn === null}
        onClick={onOn ?? undefined}
      >
        <Icon name={icon} />
      </button>
    </>
  );
}
