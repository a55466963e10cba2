import type { Experiment } from '../../experiments/definitions.ts';
import type { ArmResult, ExperimentResult } from '../../experiments/results.ts';
import { overSteps, type Spread, spreadOf } from '../../experiments/summary.ts';
import { KINDS } from '../../tasks/task.ts';
import type { CurvePoint } from '../../watch/metrics/table.ts';
import { again, t } from '../../words/words.ts';
import { hundredths, withError } from '../format.ts';
import { armLabel } from './arms.ts';
import { ScrollingTable } from './ScrollingTable.tsx';

const HABITS: readonly {
  label: () => string;
  format: (value: number) => string;
  of: (point: CurvePoint) => number | undefined;
}[] = [
  ...KINDS.map((kind) => ({
    label: () => t('attempts that think, {kind}', { kind: again(kind) }),
    format: hundredths,
    of: ({ thinkShare }: CurvePoint) => thinkShare[kind],
  })),
  {
    label: () => t('abductions with two or more guesses'),
    format: hundredths,
    of: ({ trialAndError }) => trialAndError,
  },
  ...KINDS.flatMap((kind) =>
    (['solve', 'propose'] as const).map((role) => ({
      label: () =>
        role === 'solve'
          ? t('tokens of a response, solve {kind}', { kind: again(kind) })
          : t('tokens of a response, propose {kind}', { kind: again(kind) }),
      format: (value: number) => String(Math.round(value)),
      of: ({ responseLength }: CurvePoint) => responseLength[`${role}:${kind}`],
    })),
  ),
];

/** How often the reasoner thinks and how much it says, at the beginning and at the end. */
export function Habits({ experiment, result }: { experiment: Experiment; result: ExperimentResult }) {
  const { steps } = result.budget;
  const tenth = Math.max(1, Math.round(steps / 10));
  const spans = [
    [1, tenth],
    [steps - tenth + 1, steps],
  ] as const;
  return (
    <section className="panel arms" aria-labelledby="habits-title">
      <div className="chart-title">
        <h3 id="habits-title">{t('What it does, first and last')}</h3>
      </div>
      <ScrollingTable label={t('Habits')}>
        <thead>
          <tr>
            <th scope="col">{t('Mean ± deviation over the seeds')}</th>
            {spans.map(([from, to]) => (
              <th scope="col" key={from}>
                {from === to
                  ? t('step {step}', { step: String(from) })
                  : t('steps {from}–{to}', { from, to })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {result.arms.flatMap((arm) =>
            HABITS.map(({ label, format, of }) => (
              <tr key={`${arm.arm} ${arm.size} ${label()}`}>
                <th scope="row">
                  {result.arms.length > 1
                    ? t('{arm}: {habit}', { arm: again(armLabel(experiment, arm)), habit: label() })
                    : label()}
                </th>
                {spans.map((span) => (
                  <td key={span[0]}>{spreadText(over(arm, span, of), format)}</td>
                ))}
              </tr>
            )),
          )}
        </tbody>
      </ScrollingTable>
    </section>
  );
}

function over(
  { seeds }: ArmResult,
  span: readonly [number, number],
  of: (point: CurvePoint) => number | undefined,
): Spread | null {
  return spreadOf(seeds.flatMap(({ curve }) => overSteps(curve, span, of) ?? []));
}

function spreadText(spread: Spread | null, format: (value: number) => string): string {
  if (!spread) return '–';
  return spread.n > 1 ? withError(format(spread.mean), format(spread.deviation)) : format(spread.mean);
}
