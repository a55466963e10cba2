import { again, t } from '../../words/words.ts';
import { useRun } from '../context.tsx';
import { DETECTORS } from '../detectors.ts';
import { count } from '../format.ts';
import { Rich } from '../language/Rich.tsx';

/** What the detectors saw in this run: the latest in a line, all of them on demand, newest first. */
export function Happened() {
  const detections = useRun((run) => run.detections);
  const latest = detections.at(-1);
  if (!latest) return null;
  return (
    <details className="happened">
      <summary>
        <span className="happened-title">{t('What happened')}</span>
        <span className="happened-latest" role="status">
          <Rich
            text="step {step}: <b>{label}</b> {sentence}"
            parts={{ b: <strong /> }}
            values={{
              step: latest.step,
              label: again(DETECTORS[latest.name].label),
              sentence: again(latest.sentence),
            }}
          />
        </span>
        {detections.length > 1 && (
          <span className="happened-count">{t('{n} findings', { n: count(detections.length) })}</span>
        )}
      </summary>
      <ol
        aria-label={t('Findings')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
      >
        {[...detections].reverse().map(({ name, step, sentence, cure }) => (
          <li key={`${name} ${step}`}>
            <span className="happened-step">{t('step {step}', { step })}</span>
            <span>
              <strong>{again(DETECTORS[name].label)}.</strong> {again(sentence)}{' '}
              <span className="muted">{again(cure)}</span>
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
