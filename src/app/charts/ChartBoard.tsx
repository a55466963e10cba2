import { useState } from 'react';
import type { StepMetrics } from '../../watch/metrics/table.ts';
import { Ladder } from '../ladder/Ladder.tsx';
import { useLadder } from '../ladder/useLadder.ts';
import { Segmented } from '../ui/Bits.tsx';
import { VerifierBoard } from '../verifier/VerifierBoard.tsx';
import { CHARTS, type ChartDefinition } from './definitions.ts';
import { Happened } from './Happened.tsx';
import { HeldOutChart } from './HeldOutChart.tsx';
import { MetricChart } from './MetricChart.tsx';
import { RejectionBars } from './RejectionBars.tsx';
import type { Axis } from './useColumns.ts';
import './charts.css';

type Page = 'learning' | 'ladder' | 'policy' | 'machine' | 'verifier';

const PAGES: readonly { value: Page; text: string; title: string }[] = [
  { value: 'learning', text: 'Learning', title: 'Rewards, held-out accuracy, validity, thinking' },
  { value: 'ladder', text: 'Ladder', title: 'Held-out accuracy by length of the program, errors by cause' },
  { value: 'policy', text: 'Policy', title: 'Solve rate, zero-std groups, entropy, KL, gradient' },
  { value: 'machine', text: 'Machine', title: 'Time, tokens, buffer, memory' },
  { value: 'verifier', text: 'Verifier', title: 'Python: queue, verdicts, the uh-oh log' },
];

const chartsOn = (panel: ChartDefinition['panel']) => CHARTS.filter((chart) => chart.panel === panel);
const chartOf = (metric: keyof StepMetrics) => CHARTS.find(({ key }) => key === metric) as ChartDefinition;
const REWARD = chartOf('reward');
const VALID = chartOf('validRate');

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
    <section className="board" aria-label="Charts">
      <div className="board-bar">
        <Segmented
          label="Charts"
          options={PAGES.filter(({ value }) => ladder.isThere || value !== 'ladder')}
          value={page}
          onChange={setPage}
        />
        {page !== 'verifier' && (
          <>
            <label className="board-smoothing">
              Smoothing
              <input
                type="range"
                min={0}
                max={0.98}
                step={0.02}
                value={smoothing}
                onChange={(change) => setSmoothing(Number(change.target.value))}
              />
              <span className="board-value">{smoothing.toFixed(2)}</span>
            </label>
            <Segmented
              label="Horizontal axis"
              value={axis}
              onChange={setAxis}
              options={[
                { value: 'steps', text: 'steps' },
                { value: 'minutes', text: 'minutes' },
              ]}
            />
          </>
        )}
      </div>
      <Happened />
      {page === 'learning' ? (
        <div className="board-grid board-learning">
          <MetricChart chart={REWARD} className="chart-wide" legend="side" {...common} />
          <HeldOutChart axis={axis} className="chart-wide" />
          <MetricChart
            chart={VALID}
            className="chart-valid"
            legend="side"
            {...common}
            aside={<RejectionBars />}
          />
          {chartsOn('learning')
            .filter((chart) => chart !== REWARD && chart !== VALID)
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
