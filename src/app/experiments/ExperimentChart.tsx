import { useMemo, useState } from 'react';
import type { Experiment } from '../../experiments/definitions.ts';
import type { ExperimentResult } from '../../experiments/results.ts';
import { Legend } from '../charts/Legend.tsx';
import { type Line, Plot } from '../charts/Plot.tsx';
import { useRun } from '../context.tsx';
import { armLabel } from './arms.ts';
import { alignCurves, armCurves, type Curve, liveCurve } from './curves.ts';
import { MEASURES, type Measure, measureNamed } from './measures.ts';

interface Drawn {
  line: Line;
  curve: Curve;
  /** Label of the line that it belongs to and is hidden with. */
  follows: string | null;
}

/** The curves of every arm, with what this tab's own run does drawn over them. */
export function ExperimentChart({
  experiment,
  result,
}: {
  experiment: Experiment;
  result: ExperimentResult;
}) {
  const [measureId, setMeasureId] = useState(MEASURES[0]?.id ?? '');
  const measure = measureNamed(measureId);
  const { revision, columns } = useRun((run) => run.metrics);
  const base = useRun((run) => run.base);
  const live = useMemo(() => {
    void revision;
    return liveCurve(columns, (base && measure.ofScores?.(base.scores)) ?? null, measure);
  }, [revision, columns, base, measure]);
  const hasLive = live.values.length > 0;
  const drawn = useMemo(() => drawnLines(experiment, result, measure), [experiment, result, measure]);
  const all = useMemo(
    () => (hasLive ? [...drawn, { line: LIVE, curve: live, follows: null }] : drawn),
    [drawn, hasLive, live],
  );
  const lines = useMemo(
    () => (hasLive ? [...drawn.map(({ line }) => line), LIVE] : drawn.map(({ line }) => line)),
    [drawn, hasLive],
  );
  const { x, columns: aligned } = useMemo(() => alignCurves(all.map(({ curve }) => curve)), [all]);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [cursor, setCursor] = useState<number | null>(null);

  const hiddenLines = useMemo(
    () => new Set(all.flatMap(({ line, follows }, i) => (hidden.has(follows ?? line.label) ? [i] : []))),
    [all, hidden],
  );
  const named = all.flatMap((one, i) => (one.follows === null ? [{ ...one, at: i }] : []));
  const at = cursor !== null && cursor < x.length ? cursor : null;
  const write = (value: number | null) => (value === null ? null : measure.format(value));

  return (
    <section className="panel chart experiment-chart" aria-labelledby="curves-title">
      <div className="chart-title">
        <h3 id="curves-title">Curves</h3>
        <p title={measure.meaning}>{at === null ? measure.meaning : `step ${x[at]}`}</p>
        <select
          className="experiment-measure"
          aria-label="What is drawn"
          value={measure.id}
          onChange={(change) => setMeasureId(change.target.value)}
        >
          {MEASURES.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div className="chart-body">
        <div className="chart-plot">
          <Plot
            lines={lines}
            x={x}
            columns={aligned}
            smoothing={0}
            hidden={hiddenLines}
            yRange={measure.yRange}
            xSpan={Math.max(1, result.budget.steps)}
            formatY={measure.format}
            label={measure.name}
            wordsAt={(i) =>
              [
                `step ${x[i]}`,
                ...named.map(
                  ({ line, at: column }) =>
                    `${line.label} ${write(latest(aligned[column] ?? [], i)) ?? 'none'}`,
                ),
              ].join(', ')
            }
            onCursor={setCursor}
          />
          {x.length === 0 && (
            <p className="chart-waits">
              <span>None of these runs measured it.</span>
            </p>
          )}
        </div>
        <div className="chart-side">
          <Legend
            lines={named.map(({ line }) => line)}
            values={named.map(({ at: column }) => write(latest(aligned[column] ?? [], at)))}
            hidden={new Set(named.flatMap(({ line }, i) => (hidden.has(line.label) ? [i] : [])))}
            onToggle={(i) => {
              const label = named[i]?.line.label ?? '';
              const next = new Set(hidden);
              if (!next.delete(label)) next.add(label);
              setHidden(next);
            }}
          />
          <p className="experiment-key">Thick: mean of the seeds. Thin: lowest and highest seed.</p>
        </div>
      </div>
    </section>
  );
}

const LIVE: Line = { label: 'this tab', colour: '--ink', dash: [5, 3], width: 2.2, isExact: true };

function drawnLines(experiment: Experiment, result: ExperimentResult, measure: Measure): Drawn[] {
  const drawn: Drawn[] = [];
  for (const [i, arm] of result.arms.entries()) {
    const { mean, low, high } = armCurves(arm, measure);
    if (mean.values.length === 0) continue;
    const colour = `--arm-${1 + (i % 8)}`;
    const label = armLabel(experiment, arm);
    drawn.push({
      line: { label, colour, width: 2.2, isSparse: measure.isSparse, isExact: true },
      curve: mean,
      follows: null,
    });
    if (arm.seeds.length < 2) continue;
    for (const [name, curve] of [
      ['lowest', low],
      ['highest', high],
    ] as const) {
      drawn.push({
        line: { label: `${label}, ${name}`, colour, width: 0.7, isExact: true },
        curve,
        follows: label,
      });
    }
  }
  if (!measure.ofScores) return drawn;
  const sizes = [...new Set(result.arms.map(({ size }) => size))];
  const span = Math.max(1, result.budget.steps);
  for (const size of sizes) {
    const arm = result.arms.find((one) => one.size === size);
    if (!arm) continue;
    const suffix = sizes.length > 1 ? `, ${size}` : '';
    const flat = (value: number | null): Curve =>
      value === null ? { steps: [], values: [] } : { steps: [0, span], values: [value, value] };
    const [start, forced] = [measure.ofScores(arm.start.heldOut), measure.ofScores(arm.forced.heldOut)];
    drawn.push(
      {
        line: { label: `base${suffix}`, colour: '--ink-2', dash: [2, 3], isExact: true },
        curve: flat(start),
        follows: null,
      },
      {
        line: {
          label: `base forced to think${suffix}`,
          short: `forced${suffix}`,
          colour: '--ink-2',
          dash: [9, 4],
          isExact: true,
        },
        curve: flat(forced),
        follows: null,
      },
    );
  }
  return drawn.filter(({ curve, follows }) => follows !== null || curve.values.length > 0);
}

/** The value at a position or, where nothing was measured, the one before; without a position the last. */
function latest(column: readonly (number | null)[], at: number | null): number | null {
  for (let i = at ?? column.length - 1; i >= 0; i--) if (column[i] != null) return column[i] as number;
  return null;
}
