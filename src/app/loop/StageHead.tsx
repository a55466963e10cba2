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
  const { name, by } = STAGE_TEXT[stage];
  const seconds = useRun((run) => run.metrics.last?.phaseSeconds[stage]);
  return (
    <h3 className="stage-head" data-stage={stage} data-lit={isLit} aria-current={isLit ? 'step' : undefined}>
      <span className="stage-lamp" aria-hidden="true" />
      <span className="stage-name">
        {name}
        {stage === 'attempt' && <span className="stage-times"> × {attempts ?? 'n'}</span>}
      </span>
      <span className="stage-by">
        {by}
        {seconds !== undefined && (
          <span className="stage-seconds" title={`${name} took ${duration(seconds)} of the last step`}>
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
