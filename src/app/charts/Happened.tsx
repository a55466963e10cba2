import { useRun } from '../context.tsx';
import { DETECTORS } from '../detectors.ts';

/** What the detectors saw in this run: the latest in a line, all of them on demand, newest first. */
export function Happened() {
  const detections = useRun((run) => run.detections);
  const latest = detections.at(-1);
  if (!latest) return null;
  return (
    <details className="happened">
      <summary>
        <span className="happened-title">What happened</span>
        <span className="happened-latest" role="status">
          step {latest.step}: <strong>{DETECTORS[latest.name].label}</strong> {latest.sentence}
        </span>
        {detections.length > 1 && <span className="happened-count">{detections.length} findings</span>}
      </summary>
      <ol
        aria-label="Findings"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
      >
        {[...detections].reverse().map(({ name, step, sentence, cure }) => (
          <li key={`${name} ${step}`}>
            <span className="happened-step">step {step}</span>
            <span>
              <strong>{DETECTORS[name].label}.</strong> {sentence} <span className="muted">{cure}</span>
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
