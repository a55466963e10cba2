import type { Experiment } from '../../experiments/definitions.ts';
import type { ExperimentResult } from '../../experiments/results.ts';
import { armLabel } from './arms.ts';

/** What the detectors saw in the shipped runs, arm by arm. */
export function Detections({ experiment, result }: { experiment: Experiment; result: ExperimentResult }) {
  const seen = result.arms.flatMap((arm) =>
    arm.seeds.flatMap(({ seed, detections }) =>
      detections.map((detection) => ({ ...detection, seed, label: armLabel(experiment, arm) })),
    ),
  );
  return (
    <section className="panel detections" aria-labelledby="detections-title">
      <div className="chart-title">
        <h3 id="detections-title">What the detectors saw</h3>
      </div>
      {seen.length === 0 ? (
        <p>Nothing: none of the known ways to fail showed itself in these runs.</p>
      ) : (
        <ul>
          {seen.map(({ label, seed, name, step, sentence }) => (
            <li key={`${label} ${seed} ${name} ${step}`}>
              <strong>{name}</strong>{' '}
              <span className="muted">
                {label}, seed {seed}, step {step}:
              </span>{' '}
              {sentence}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
