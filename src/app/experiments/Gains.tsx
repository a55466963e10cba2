import type { Experiment } from '../../experiments/definitions.ts';
import type { ExperimentResult } from '../../experiments/results.ts';
import { gain, overall } from '../../experiments/summary.ts';
import { points } from '../format.ts';
import { armLabel } from './arms.ts';

interface Bar {
  label: string;
  /** Percentage points. */
  value: number;
  text: string;
}

/** The gain of every size beside the paper's gains: other models, other tasks, so each side by itself. */
export function Gains({ experiment, result }: { experiment: Experiment; result: ExperimentResult }) {
  const { paper } = experiment;
  if (!paper) return null;
  const ours = result.arms.flatMap((arm): Bar[] => {
    const found = gain(arm, overall);
    if (!found) return [];
    const spread = found.n > 1 ? ` ± ${Math.round(100 * found.deviation)}` : '';
    return [
      { label: armLabel(experiment, arm), value: 100 * found.mean, text: `${points(found.mean)}${spread}` },
    ];
  });
  const theirs = paper.rows.map(({ label, value }): Bar => ({ label, value, text: `+${value}` }));
  return (
    <section className="panel gains" aria-labelledby="gains-title">
      <div className="chart-title">
        <h3 id="gains-title">Gain by size, in points</h3>
      </div>
      <div className="gains-sides">
        <Bars title="Here: mean of the kinds, difficulty 2 to 4" bars={ours} />
        <Bars title={`Paper: ${paper.what}`} bars={theirs} />
      </div>
    </section>
  );
}

function Bars({ title, bars }: { title: string; bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map(({ value }) => Math.abs(value)));
  return (
    <div>
      <p className="muted">{title}</p>
      <dl className="gains-bars">
        {bars.map(({ label, value, text }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <span
                className="gains-bar"
                data-lost={value < 0}
                aria-hidden="true"
                style={{ width: `${(70 * Math.abs(value)) / most}%` }}
              />
              {text}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
