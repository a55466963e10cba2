import { useState } from 'react';
import type { StepMetrics } from '../../watch/metrics/table.ts';
import { hundredths } from '../format.ts';
import { Ladder } from '../ladder/Ladder.tsx';
import { useLadder } from '../ladder/useLadder.ts';
import { Segmented } from '../ui/Bits.tsx';
import { VerifierBoard } from '../verifier/VerifierBoard.tsx';
import { AxisChoice } from './AxisChoice.tsx';
import type { Axis } from './axis.ts';
import { CHARTS, type ChartDefinition } from './definitions.ts';
import { Happened } from './Happened.tsx';
import { HeldOutChart } from './HeldOutChart.tsx';
import { MetricChart } from './MetricChart.tsx';
import { RejectionBars } from './RejectionBars.tsx';
import './charts.css';
import './board.css';
import { again, msg, t } from '../../words/words.ts';

type Page = 'learning' | 'ladder' | 'policy' | 'machine' | 'verifier';

const PAGES: readonly { value: Page; text: string; title: string }[] = [
  { value: 'learning', text: msg('Learning'), title: msg('Rewards, held-out accuracy, validity, thinking') },
  {
    value: 'ladder',
    text: msg('Ladder'),
    title: msg('Held-out accuracy by length of the program, errors by cause'),
  },
  { value: 'policy', text: msg('Policy'), title: msg('Solve rate, zero-std groups, entropy, KL, gradient') },
  { value: 'machine', text: msg('Machine'), title: msg('Time, tokens, buffer, memory') },
  { value: 'verifier', text: msg('Verifier'), title: msg('Python: queue, verdicts, the uh-oh log') },
];

const chartsOn = (panel: ChartDefinition['panel']) => CHARTS.filter((chart) => chart.panel === panel);
const chartOf = (metric: keyof StepMetrics) => CHARTS.find(({ key }) => key === metric) as ChartDefinition;
const REWARD = chartOf('reward');
const VALID = chartOf('validRate');
const THINKING = chartOf('thinkShare');

/** The curves of the run, with one smoothing and one x axis for all of them. */
export function ChartBoard() {
  const ladder = useLadder();
  const [chosen, setPage] = useState<Page | null>(null);
  const isGone = chosen === 'ladder' && !ladder.isThere;
  const page = isGone || chosen === null ? (ladder.isThePoint ? 'ladder' : 'learning') : chosen;
  const [axis, setAxis] = useState<Axis>('steps');
  const [smoothing, setSmoothing] = useState(0.6);
  const common = { axis, smoothing };
  return (
    <section className="board" aria-label={t('Charts')}>
      <div className="board-bar">
        <Segmented
          label={t('Charts')}
          options={PAGES.filter(({ value }) => ladder.isThere || value !== 'ladder').map(
            ({ value, text, title }) => ({ value, text: again(text), title: again(title) }),
          )}
          value={page}
          onChange={setPage}
        />
        {page !== 'verifier' && (
          <>
            <label className="board-smoothing">
              {t('Smoothing')}
              <input
                type="range"
                min={0}
                max={0.98}
                step={0.02}
                value={smoothing}
                onChange={(change) => setSmoothing(Number(change.target.value))}
              />
              <span className="board-value">{hundredths(smoothing)}</span>
            </label>
            <AxisChoice value={axis} onChange={setAxis} />
          </>
        )}
      </div>
      <Happened />
      {page === 'learning' ? (
        <div className="board-grid board-learning">
          <MetricChart chart={REWARD} className="chart-wide" legend="side" {...common} />
          <HeldOutChart axis={axis} className="chart-wide" />
          <MetricChart chart={THINKING} className="chart-thinking" {...common} />
          <MetricChart
            chart={VALID}
            className="chart-valid"
            legend="side"
            {...common}
            aside={<RejectionBars />}
          />
          {chartsOn('learning')
            .filter((chart) => ![REWARD, VALID, THINKING].includes(chart))
            .map((chart) => (
              <MetricChart key={chart.key} chart={chart} {...common} />
            ))}
        </div>
      ) : page === 'ladder' ? (
        <div className="board-grid board-ladder">
          <Ladder axis={axis} />
          {chartsOn('ladder').map((chart) => (
            <MetricChart key={chart.key} chart={chart} {...common} />
          ))}
        </div>
      ) : page === 'verifier' ? (
        <VerifierBoard />
      ) : (
        <div className="board-grid">
          {chartsOn(page).map((chart) => (
            <MetricChart key={chart.key} chart={chart} {...common} />
          ))}
        </div>
      )}
    </section>
  );
}
