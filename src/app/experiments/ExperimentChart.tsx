import { useMemo, useState } from 'react';
import type { Experiment, Size } from '../../experiments/definitions.ts';
import type { ExperimentResult } from '../../experiments/results.ts';
import { KINDS } from '../../tasks/task.ts';
import { said } from '../../words/said.ts';
import { again, msg, t } from '../../words/words.ts';
import type { Line } from '../charts/line.ts';
import { useRun } from '../context.tsx';
import { Segmented } from '../ui/Bits.tsx';
import { armLabel } from './arms.ts';
import { CurvesPanel } from './CurvesPanel.tsx';
import { armCurves, bandLines, type Curve, type Drawn, type Found, foundIn, liveCurve } from './curves.ts';
import { type Measure, measureNamed } from './measures.ts';

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
  const [measure, setMeasure] = useState<Measure>(() => mainMeasure(whole, all));
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
    () => (live.values.length > 0 ? [...shipped, { line: LIVE, curve: live }] : shipped),
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
            label={t('Size')}
            value={size}
            onChange={setAsked}
            options={sizes.map((value) => ({ value, text: value }))}
          />
        )
      }
    >
      <p className="experiment-key">
        {result.budget.seeds.length > 1
          ? t('Line: mean of the seeds. Band: lowest to highest.')
          : t('One seed.')}
      </p>
      {unmeasured.length > 0 && (
        <p className="experiment-key">
          {t('Not measured between the ends: {arms}.', { arms: unmeasured.map(again).join(', ') })}
        </p>
      )}
    </CurvesPanel>
  );
}

/** What the experiment is about, or what else its arms measured between the ends: by length only deduction is. */
function mainMeasure({ figures }: Experiment, { arms }: ExperimentResult): Measure {
  const main = measureNamed(figures === 'lengths' ? 'held-out-long' : 'held-out');
  const isDrawn = (measure: Measure) => arms.some((arm) => armCurves(arm, measure).mean.values.length > 0);
  return [main, ...KINDS.map((kind) => measureNamed(`held-out-${kind}`))].find(isDrawn) ?? main;
}

const LIVE: Line = { label: msg('this tab'), colour: '--ink', dash: [5, 3], width: 2.2, isExact: true };

const armColour = (i: number) => `--arm-${1 + (i % 8)}`;

function drawnLines(experiment: Experiment, result: ExperimentResult, measure: Measure): Drawn[] {
  const drawn: Drawn[] = [];
  for (const [i, arm] of result.arms.entries()) {
    const { mean, low, high } = armCurves(arm, measure);
    if (mean.values.length === 0) continue;
    const colour = armColour(i);
    const label = armLabel(experiment, arm);
    const look = { label, colour, isSparse: measure.isSparse };
    drawn.push(...bandLines({ mean, low, high }, look, arm.seeds.length > 1, drawn.length));
  }
  if (!measure.ofScores) return drawn;
  const sizes = new Set(result.arms.map(({ size }) => size));
  const bases = [...new Set(result.arms.map(({ base }) => base))];
  const span = Math.max(1, result.budget.steps);
  for (const base of bases) {
    const at = result.arms.findIndex((one) => one.base === base);
    const arm = result.arms[at];
    if (!arm) continue;
    // Of several bases each belongs to the first arm of its colour.
    const colour = bases.length > 1 ? armColour(at) : '--ink-2';
    // By size where that says which, else by the arm.
    const whose = sizes.size === bases.length ? arm.size : armLabel(experiment, arm);
    const isNamed = bases.length > 1;
    const flat = (value: number | null): Curve =>
      value === null ? { x: [], values: [] } : { x: [0, span], values: [value, value] };
    const [start, forced] = [measure.ofScores(arm.start.heldOut), measure.ofScores(arm.forced.heldOut)];
    drawn.push(
      {
        line: {
          label: isNamed ? said('base, {size}', { size: whose }) : said('base'),
          short: sizes.size > 1 ? said('base, {size}', { size: arm.size }) : said('base'),
          colour,
          dash: [2, 3],
          isExact: true,
        },
        curve: flat(start),
      },
      {
        line: {
          label: isNamed
            ? said('base forced to think, {size}', { size: whose })
            : said('base forced to think'),
          short: sizes.size > 1 ? said('forced, {size}', { size: arm.size }) : said('forced'),
          colour,
          dash: [9, 4],
          isExact: true,
        },
        curve: flat(forced),
      },
    );
  }
  return drawn.filter(({ line, curve }) => line.follows !== undefined || curve.values.length > 0);
}
