import { useMemo, useState } from 'react';
import { linesOfTier, TIERS } from '../../language/grammar.ts';
import { SPECS } from '../../tasks/index.ts';
import { ALL_KINDS, KINDS, type TaskKind } from '../../tasks/task.ts';
import { METRICS } from '../../watch/metrics/table.ts';
import { again, msg, t } from '../../words/words.ts';
import { useRun, useSession } from '../context.tsx';
import { count, hundredths, points, shareError } from '../format.ts';
import { Segmented } from '../ui/Bits.tsx';
import { type Axis, xAxis } from './axis.ts';
import { ChartCard } from './ChartCard.tsx';
import { type HeldOutSeries, heldOutSeries, type TierChoice, tiersOf } from './heldOut.ts';
import type { Line } from './line.ts';

/** The mean that gains are reported on, and every difficulty up to the last that is measured. */
function tierChoices(measured: number): [TierChoice, string][] {
  return [
    ['2-4', t('difficulty {tiers}', { tiers: '2–4' })],
    ...TIERS.filter((tier) => tier <= measured).map((tier): [TierChoice, string] => [
      `${tier}`,
      t('difficulty {tier} ({lines} lines)', { tier, lines: linesOfTier(tier).join('–') }),
    ]),
  ];
}

const FROM_TEXT = { shipped: msg('base, as shipped'), measured: msg('base, measured here') } as const;

const RUN = msg('this run');

function linesOf(kind: TaskKind, from: keyof typeof FROM_TEXT | undefined): readonly Line[] {
  const colour = `--${kind}`;
  return [
    { label: RUN, short: msg('run'), colour, width: 2.4, isSparse: true, isExact: true },
    { label: msg('this run, few tasks'), colour, follows: RUN, isHollow: true, isExact: true },
    {
      label: from ? FROM_TEXT[from] : msg('base'),
      short: msg('base'),
      colour: '--ink-2',
      dash: [2, 3],
      isExact: true,
    },
    {
      label: msg('base forced to think'),
      short: msg('forced'),
      colour: '--ink-2',
      dash: [9, 4],
      isExact: true,
    },
  ];
}

interface GainProps extends Pick<HeldOutSeries, 'latest' | 'baseline' | 'ceiling'> {
  /** Held-out tasks that the latest accuracy is a share of, and those of the base. */
  tasks: number;
  baseTasks: number;
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
    const found = heldOutSeries(columns, positions, base, kind, tiersOf(tier), rest.xSpan, true);
    const drawn = [found.run, found.quick, found.base, found.forced];
    return { series: found, data: { ...rest, x: found.x, columns: drawn } };
  }, [revision, columns, base, kind, tier, axis]);

  const lines = useMemo(() => linesOf(kind, base?.from), [kind, base?.from]);
  const tiers = tiersOf(tier).length;
  const baseTasks = config.evaluationTasks * tiers;
  const isQuick = series.quick.some((value) => value !== null);

  return (
    <ChartCard
      {...data}
      className={className}
      text={{
        title: METRICS.heldOut.label,
        meaning: isQuick
          ? msg('Programs never trained on; hollow: asked only a few of them.')
          : msg('Programs never trained on.'),
        more: msg(
          'The base is the model before self-play, frozen. Forced to think first (forced chain of thought), the same base shows what asking it to think would give without any learning. All of them give the answer that is most likely; no dice are thrown. Between the first evaluations only a few of the tasks are asked, so that the turn can be seen: those points are hollow, and the ± is larger.',
        ),
        healthy: msg(
          'Climbs from the dotted line (before self-play) towards the dashed line (the same model, told to think first).',
        ),
        otherwise: msg(
          'If reward rises and this stays flat, the reasoner learns only its own easy tasks. If it falls below the base, lower the learning rate.',
        ),
        formula: METRICS.heldOut.formula,
        dependsOn: METRICS.heldOut.dependsOn,
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
            label={t('Kind')}
            value={kind}
            onChange={setKind}
            options={kinds.map((value) => ({
              value,
              text: again(SPECS[value].short),
              title: again(SPECS[value].noun),
            }))}
          />
          <select
            aria-label={t('Difficulty')}
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
      aside={
        <Gain
          {...series}
          tasks={series.latestTasks === null ? baseTasks : series.latestTasks * tiers}
          baseTasks={baseTasks}
        />
      }
    />
  );
}

/** What was gained, beside what asking the base to think would have given, and how surely it is known. */
function Gain({ latest, baseline, ceiling, tasks, baseTasks }: GainProps) {
  if (latest === null || baseline === null) return null;
  const gain = latest - baseline;
  const error = Math.max(shareError(latest, tasks), shareError(baseline, baseTasks));
  return (
    <p className="gain">
      <strong>{points(gain).replace('−', '')}</strong>
      <span
        title={t('In points; ± is the standard error of a share of {tasks} held-out tasks', {
          tasks: count(tasks),
        })}
      >
        {besideBase(gain < 0, Math.round(100 * error), tasks < baseTasks ? tasks : null)}
      </span>
      {ceiling !== null && <span>{besideForced(latest - ceiling)}</span>}
    </p>
  );
}

/** `error` in points; `few` is how many tasks were asked where these are fewer than the base's. */
function besideBase(isBelow: boolean, error: number, few: number | null): string {
  if (few === null)
    return isBelow ? t('below the base, ± {error}', { error }) : t('over the base, ± {error}', { error });
  const values = { error, tasks: count(few) };
  return isBelow
    ? t('below the base, ± {error} on {tasks} tasks', values)
    : t('over the base, ± {error} on {tasks} tasks', values);
}

function besideForced(gain: number): string {
  const size = points(gain).replace('−', '');
  if (Math.round(100 * gain) === 0) return t('level with it forced to think');
  return gain < 0
    ? t('{points} below it forced to think', { points: size })
    : t('{points} over it forced to think', { points: size });
}
