import { useMemo, useState } from 'react';
import { linesOfTier, TIERS } from '../../language/grammar.ts';
import { ALL_KINDS, KINDS, type TaskKind } from '../../tasks/task.ts';
import { useRun, useSession } from '../context.tsx';
import { hundredths, points } from '../format.ts';
import { Segmented } from '../ui/Bits.tsx';
import { ChartCard } from './ChartCard.tsx';
import { heldOutSeries, type TierChoice, tiersOf } from './heldOut.ts';
import type { Line } from './Plot.tsx';
import { type Axis, xAxis } from './useColumns.ts';

/** The mean that gains are reported on, and every difficulty up to the last that is measured. */
function tierChoices(measured: number): [TierChoice, string][] {
  return [
    ['2-4', 'difficulty 2–4'],
    ...TIERS.filter((tier) => tier <= measured).map((tier): [TierChoice, string] => [
      `${tier}`,
      `difficulty ${tier} (${linesOfTier(tier).join('–')} lines)`,
    ]),
  ];
}

const FROM_TEXT = { shipped: 'base, as shipped', measured: 'base, measured here' } as const;

function linesOf(kind: TaskKind, from: keyof typeof FROM_TEXT | undefined): readonly Line[] {
  return [
    { label: 'this run', colour: `--${kind}`, width: 2.4, isSparse: true, isExact: true },
    { label: from ? FROM_TEXT[from] : 'base', colour: '--ink-2', dash: [2, 3], isExact: true },
    { label: 'base forced to think', colour: '--ink-2', dash: [9, 4], isExact: true },
  ];
}

/** Programs never trained on: what was really learned, beside what the base could do all along. */
export function HeldOutChart({ axis, className }: { axis: Axis; className?: string }) {
  const [kind, setKind] = useState<TaskKind>('deduction');
  const [tier, setTier] = useState<TierChoice>('2-4');
  const { revision, columns } = useRun((run) => run.metrics);
  const base = useRun((run) => run.base);
  const chosen = useSession(({ config }) => config);
  const config = useRun((run) => run.config) ?? chosen;
  const kinds = ALL_KINDS.filter((one) => KINDS.includes(one) || base?.scores[one] !== undefined);
  const { series, data } = useMemo(() => {
    void revision;
    const { x: positions, ...rest } = xAxis(columns, axis);
    const found = heldOutSeries(columns, positions, base, kind, tiersOf(tier), rest.xSpan);
    return { series: found, data: { ...rest, x: found.x, columns: [found.run, found.base, found.forced] } };
  }, [revision, columns, base, kind, tier, axis]);

  const lines = useMemo(() => linesOf(kind, base?.from), [kind, base?.from]);

  return (
    <ChartCard
      {...data}
      className={className}
      text={{
        title: 'Held-out accuracy',
        meaning: 'Programs never trained on.',
        more: 'The base is the model before self-play, frozen. Forced to think first (forced chain of thought), the same base shows what asking it to think would give without any learning. All of them give the answer that is most likely; no dice are thrown.',
        healthy:
          'Climbs from the dotted line (before self-play) towards the dashed line (the same model, told to think first).',
        otherwise:
          'If reward rises and this stays flat, the reasoner learns only its own easy tasks. If it falls below the base, lower the learning rate.',
        terms: ['held-out', 'difficulty', 'greedy', 'reference-model', 'forced-chain-of-thought'],
      }}
      lines={lines}
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
            options={kinds.map((value) => ({ value, text: value.slice(0, 3), title: value }))}
          />
          <select
            aria-label="Difficulty"
            value={tier}
            onChange={(change) => setTier(change.target.value as TierChoice)}
          >
            {tierChoices(config.evaluationTiers).map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        </div>
      }
      aside={<Gain latest={series.latest} baseline={series.baseline} />}
    />
  );
}

function Gain({ latest, baseline }: { latest: number | null; baseline: number | null }) {
  if (latest === null || baseline === null) return null;
  const gain = latest - baseline;
  return (
    <p className="gain">
      <strong>{points(gain).replace('−', '')}</strong> points {gain < 0 ? 'below' : 'over'} the base
    </p>
  );
}
