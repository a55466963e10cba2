import { useMemo, useState } from 'react';
import type { Experiment, Size } from '../../experiments/definitions.ts';
import type { ExperimentResult } from '../../experiments/results.ts';
import type { Line } from '../charts/Plot.tsx';
import { useRun } from '../context.tsx';
import { Segmented } from '../ui/Bits.tsx';
import { armLabel } from './arms.ts';
import { CurvesPanel, type Drawn } from './CurvesPanel.tsx';
import { armCurves, type Curve, type Found, foundIn, liveCurve } from './curves.ts';
import { MEASURES, type Measure } from './measures.ts';

/**
 * The curves of every arm, with what this tab's own run does drawn over them. Several arms at several sizes would be
 * too many lines: they are drawn for one size at a time, the largest first.
 */
export function ExperimentChart({
  experiment: whole,
  result: all,
}: {
  experiment: Experiment;
  result: ExperimentResult;
}) {
  const [measure, setMeasure] = useState(MEASURES[0] as Measure);
  const sizes = useMemo(() => [...new Set(all.arms.map(({ size }) => size))], [all]);
  const isSplit = sizes.length > 1 && whole.arms.length > 1;
  const [asked, setAsked] = useState<Size | null>(null);
  const size = asked !== null && sizes.includes(asked) ? asked : sizes.at(-1);
  const { experiment, result } = useMemo(
    () =>
      isSplit && size
        ? {
            experiment: { ...whole, sizes: [size] },
            result: { ...all, arms: all.arms.filter((arm) => arm.size === size) },
          }
        : { experiment: whole, result: all },
    [whole, all, isSplit, size],
  );
  const { revision, columns } = useRun((run) => run.metrics);
  const base = useRun((run) => run.base);
  const live = useMemo(() => {
    void revision;
    return liveCurve(columns, (base && measure.ofScores?.(base.scores)) ?? null, measure);
  }, [revision, columns, base, measure]);
  const shipped = useMemo(() => drawnLines(experiment, result, measure), [experiment, result, measure]);
  const drawn = useMemo(
    () => (live.values.length > 0 ? [...shipped, { line: LIVE, curve: live, follows: null }] : shipped),
    [shipped, live],
  );
  const seenHere = useRun((run) => run.detections);
  const found = useMemo(
    () => [
      ...foundIn(experiment, result),
      ...seenHere.map((detection): Found => ({ run: LIVE.label, detection })),
    ],
    [experiment, result, seenHere],
  );
  const unmeasured = result.arms
    .map((arm) => armLabel(experiment, arm))
    .filter((label) => !shipped.some(({ line }) => line.label === label));
  return (
    <CurvesPanel
      drawn={drawn}
      measure={measure}
      onMeasure={setMeasure}
      xSpan={Math.max(1, result.budget.steps)}
      found={found}
      picker={
        isSplit &&
        size && (
          <Segmented
            label="Size"
            value={size}
            onChange={setAsked}
            options={sizes.map((value) => ({ value, text: value }))}
          />
        )
      }
    >
      <p className="experiment-key">
        {result.budget.seeds.length > 1 ? 'Line: mean of the seeds. Band: lowest to highest.' : 'One seed.'}
      </p>
      {unmeasured.length > 0 && (
        <p className="experiment-key">Not measured between the ends: {unmeasured.join(', ')}.</p>
      )}
    </CurvesPanel>
  );
}

const LIVE: Line = { label: 'this tab', colour: '--ink', dash: [5, 3], width: 2.2, isExact: true };

const armColour = (i: number) => `--arm-${1 + (i % 8)}`;

function drawnLines(experiment: Experiment, result: ExperimentResult, measure: Measure): Drawn[] {
  const drawn: Drawn[] = [];
  for (const [i, arm] of result.arms.entries()) {
    const { mean, low, high } = armCurves(arm, measure);
    if (mean.values.length === 0) continue;
    const colour = armColour(i);
    const label = armLabel(experiment, arm);
    drawn.push({
      line: { label, colour, width: 2.2, isSparse: measure.isSparse, isExact: true },
      curve: mean,
      follows: null,
    });
    if (arm.seeds.length < 2) continue;
    const edge = { colour, width: 0.5, isExact: true };
    drawn.push(
      {
        line: { ...edge, label: `${label}, highest`, bandTo: drawn.length + 1 },
        curve: high,
        follows: label,
      },
      { line: { ...edge, label: `${label}, lowest` }, curve: low, follows: label },
    );
  }
  if (!measure.ofScores) return drawn;
  const sizes = [...new Set(result.arms.map(({ size }) => size))];
  const span = Math.max(1, result.budget.steps);
  for (const size of sizes) {
    const at = result.arms.findIndex((one) => one.size === size);
    const arm = result.arms[at];
    if (!arm) continue;
    // Of several bases each belongs to the arm of its colour.
    const colour = sizes.length > 1 ? armColour(at) : '--ink-2';
    const suffix = sizes.length > 1 ? `, ${size}` : '';
    const flat = (value: number | null): Curve =>
      value === null ? { steps: [], values: [] } : { steps: [0, span], values: [value, value] };
    const [start, forced] = [measure.ofScores(arm.start.heldOut), measure.ofScores(arm.forced.heldOut)];
    drawn.push(
      {
        line: { label: `base${suffix}`, colour, dash: [2, 3], isExact: true },
        curve: flat(start),
        follows: null,
      },
      {
        line: {
          label: `base forced to think${suffix}`,
          short: `forced${suffix}`,
          colour,
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
