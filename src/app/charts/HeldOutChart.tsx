import { useMemo, useState } from 'react';
import { KINDS, type TaskKind } from '../../tasks/task.ts';
import { useRun } from '../context.tsx';
import { hundredths, points } from '../format.ts';
import { Segmented } from '../ui/Bits.tsx';
import { ChartCard } from './ChartCard.tsx';
import { heldOutSeries, type TierChoice, tiersOf } from './heldOut.ts';
import type { Line } from './Plot.tsx';
import { type Axis, xAxis } from './useColumns.ts';

const TIERS: readonly { value: TierChoice; text: string; title: string }[] = [
  { value: '2-4', text: '2–4', title: 'Mean of tiers 2 to 4' },
  { value: '1', text: '1', title: 'Tier 1: at most one statement' },
  { value: '2', text: '2', title: 'Tier 2' },
  { value: '3', text: '3', title: 'Tier 3' },
  { value: '4', text: '4', title: 'Tier 4' },
  { value: '5', text: '5', title: 'Tier 5: longer than anything in the warm-up' },
];

const LINES = Object.fromEntries(
  KINDS.map((kind): [TaskKind, readonly Line[]] => [
    kind,
    [
      { label: 'this run', colour: `--${kind}`, width: 2.4, isSparse: true, isExact: true },
      { label: 'base', colour: '--ink-2', dash: [2, 3], isExact: true },
      { label: 'base forced to think', colour: '--ink-2', dash: [9, 4], isExact: true },
    ],
  ]),
) as Record<TaskKind, readonly Line[]>;

/** Programs never trained on: what was really learned, beside what the base could do all along. */
export function HeldOutChart({ axis, className }: { axis: Axis; className?: string }) {
  const [kind, setKind] = useState<TaskKind>('deduction');
  const [tier, setTier] = useState<TierChoice>('2-4');
  const { revision, columns } = useRun((run) => run.metrics);
  const base = useRun((run) => run.base);
  const { series, data } = useMemo(() => {
    void revision;
    const { x: positions, ...rest } = xAxis(columns, axis);
    const found = heldOutSeries(columns, positions, base, kind, tiersOf(tier));
    return { series: found, data: { ...rest, x: found.x, columns: [found.run, found.base, found.forced] } };
  }, [revision, columns, base, kind, tier, axis]);

  return (
    <ChartCard
      {...data}
      className={className}
      text={{
        title: 'Held-out accuracy',
        meaning: 'Programs never trained on, answered greedily.',
        healthy: 'Rises from the base’s line towards, then past, the base forced to think.',
        otherwise:
          'Reward up but this flat: the reasoner learns its own easy tasks only. Below the base: lower the learning rate.',
      }}
      lines={LINES[kind]}
      smoothing={0}
      yRange={[0, 1]}
      formatY={hundredths}
      legend="side"
      controls={
        <div className="chart-controls">
          <Segmented
            label="Kind"
            value={kind}
            onChange={setKind}
            options={KINDS.map((value) => ({ value, text: value.slice(0, 3), title: value }))}
          />
          <Segmented label="Tier" value={tier} onChange={setTier} options={TIERS} />
        </div>
      }
      aside={<Gain latest={series.latest} baseline={series.baseline} />}
    />
  );
}

function Gain({ latest, baseline }: { latest: number | null; baseline: number | null }) {
  if (latest === null || baseline === null) return null;
  return (
    <p className="gain">
      <strong>{points(latest - baseline)}</strong> points over the base
    </p>
  );
}
