import { again, t } from '../../words/words.ts';
import { useRun } from '../context.tsx';
import { duration } from '../format.ts';
import { type LoopStage, STAGE_TEXT } from '../text.ts';

/** Name of a stage, who does it, how long it took in the last step, and its lamp. */
export function StageHead({
  stage,
  isLit,
  attempts,
}: {
  stage: LoopStage;
  isLit: boolean;
  attempts: number | null;
}) {
  const { by } = STAGE_TEXT[stage];
  const name = again(STAGE_TEXT[stage].name);
  const seconds = useRun((run) => run.metrics.last?.phaseSeconds[stage]);
  return (
    <h3 className="stage-head" data-stage={stage} data-lit={isLit} aria-current={isLit ? 'step' : undefined}>
      <span className="stage-lamp" aria-hidden="true" />
      <span className="stage-name">
        {name}
        {stage === 'attempt' && <span className="stage-times"> × {attempts ?? 'n'}</span>}
      </span>
      <span className="stage-by">
        {again(by)}
        {seconds !== undefined && (
          <span
            className="stage-seconds"
            title={t('{stage} took {time} of the last step', { stage: name, time: duration(seconds) })}
          >
            {duration(seconds)}
          </span>
        )}
      </span>
      <svg
        className="stage-arrow"
        width="9"
        height="12"
        viewBox="0 0 9 12"
        aria-hidden="true"
        focusable="false"
      >
        <path d="M1.5 1.5 7 6l-5.5 4.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      </svg>
    </h3>
  );
}
