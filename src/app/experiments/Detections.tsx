import type { Experiment } from '../../experiments/definitions.ts';
import type { ExperimentResult } from '../../experiments/results.ts';
import { again, t } from '../../words/words.ts';
import { DETECTORS } from '../detectors.ts';
import { foundIn } from './curves.ts';

/** What the detectors saw in the shipped runs, arm by arm. */
export function Detections({ experiment, result }: { experiment: Experiment; result: ExperimentResult }) {
  const found = foundIn(experiment, result);
  return (
    <section className="panel detections" aria-labelledby="detections-title">
      <div className="chart-title">
        <h3 id="detections-title">{t('What the detectors saw')}</h3>
      </div>
      {found.length === 0 ? (
        <p>{t('Nothing: none of the known ways to fail showed itself in these runs.')}</p>
      ) : (
        <ul>
          {found.map(({ run, detection: { name, step, sentence } }) => (
            <li key={`${run} ${name} ${step}`}>
              <strong>{again(DETECTORS[name].label)}</strong>{' '}
              <span className="muted">
                {t('{run}, step {step}:', { run: again(run), step: String(step) })}
              </span>{' '}
              {again(sentence)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
