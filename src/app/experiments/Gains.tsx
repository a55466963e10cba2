import type { Experiment } from '../../experiments/definitions.ts';
import type { ExperimentResult } from '../../experiments/results.ts';
import { figuresOf, gain } from '../../experiments/summary.ts';
import { again, leftToRight, t } from '../../words/words.ts';
import { points, tenths, withError } from '../format.ts';
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
  const { main, mainText } = figuresOf(result);
  const ours = result.arms.flatMap((arm): Bar[] => {
    const found = gain(arm, main);
    if (!found) return [];
    return [
      {
        label: again(armLabel(experiment, arm)),
        value: 100 * found.mean,
        text:
          found.n > 1 ? withError(points(found.mean), Math.round(100 * found.deviation)) : points(found.mean),
      },
    ];
  });
  const theirs = paper.rows.map(
    ({ label, value }): Bar => ({ label: again(label), value, text: leftToRight(`+${tenths(value)}`) }),
  );
  return (
    <section className="panel gains" aria-labelledby="gains-title">
      <div className="chart-title">
        <h3 id="gains-title">{t('Gain by size, in points')}</h3>
      </div>
      <div className="gains-sides">
        <Bars title={t('Here: {figure}', { figure: again(mainText) })} bars={ours} />
        <Bars title={t('Paper: {figure}', { figure: again(paper.what) })} bars={theirs} />
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
