import { Fragment, type ReactNode } from 'react';
import type { Experiment } from '../../experiments/definitions.ts';
import type { ArmResult, ExperimentResult, Scores } from '../../experiments/results.ts';
import {
  atEnd,
  type Figure,
  type FigureSet,
  figuresOf,
  gain,
  groupsOf,
  type Spread,
} from '../../experiments/summary.ts';
import { again, leftToRight, t } from '../../words/words.ts';
import { points, tenths } from '../format.ts';
import { armLabel } from './arms.ts';
import { RunHere } from './RunHere.tsx';
import { ScrollingTable } from './ScrollingTable.tsx';

/** The base in both modes and every arm, size by size, each arm with a button that runs it here. */
export function ArmsTable({ experiment, result }: { experiment: Experiment; result: ExperimentResult }) {
  const budget = {
    level: result.budget.level,
    steps: result.budget.steps,
    seed: result.budget.seeds[0] ?? 1,
  };
  const { figures, main, mainText } = figuresOf(result);
  const sizes = [...new Set(result.arms.map(({ size }) => size))];
  const hasPaper = experiment.paper?.rows.some(({ arm }) => arm !== undefined) ?? false;
  return (
    <section className="panel arms" aria-labelledby="arms-title">
      <div className="chart-title">
        <h3 id="arms-title">{t('Variants')}</h3>
        <p>
          {t(
            'Percent right after training, greedy: mean ± spread over the seeds (change from before, in points); the gain is of {figure}',
            { figure: again(mainText) },
          )}
        </p>
      </div>
      <ScrollingTable label={t('Variants and their results')}>
        <thead>
          <tr>
            <th scope="col">{t('Variant')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('Run it')}</span>
            </th>
            {figures.map(({ head }) => (
              <th scope="col" key={head}>
                {again(head)}
              </th>
            ))}
            <th scope="col">{t('gain')}</th>
            {hasPaper && <th scope="col">{t('paper')}</th>}
          </tr>
        </thead>
        <tbody>
          {groupsOf(result.arms).map((group) => {
            const [first] = group;
            const more = hasPaper ? 2 : 1;
            const { size } = first;
            return (
              <Fragment key={`${first.size} ${first.base}`}>
                <BaseRow
                  label={
                    sizes.length > 1
                      ? t('Before, free to think or not, {size}', { size })
                      : t('Before, free to think or not')
                  }
                  figures={figures}
                  scores={first.start}
                  more={more}
                />
                <BaseRow
                  label={
                    sizes.length > 1
                      ? t('Before, forced to think, {size}', { size })
                      : t('Before, forced to think')
                  }
                  figures={figures}
                  scores={first.forced}
                  more={more}
                />
                {group.map((arm) => (
                  <tr key={arm.arm}>
                    <th scope="row">
                      {again(armLabel(experiment, arm))}
                      <Notes experiment={experiment} arm={arm} seeds={result.budget.seeds.length} />
                    </th>
                    <td className="arms-run">
                      <RunHere experiment={experiment} arm={arm} budget={budget} />
                    </td>
                    {figures.map(({ head, figure }) => (
                      <EndCell key={head} arm={arm} figure={figure} />
                    ))}
                    <td>
                      <GainText gain={gain(arm, main)} />
                    </td>
                    {hasPaper && <td>{paperFigure(experiment, arm)}</td>}
                  </tr>
                ))}
              </Fragment>
            );
          })}
        </tbody>
      </ScrollingTable>
      {hasPaper && experiment.paper && (
        <p className="arms-paper">{t('Paper: {what}.', { what: again(experiment.paper.what) })}</p>
      )}
    </section>
  );
}

function BaseRow({
  label,
  figures,
  scores,
  more,
}: Pick<FigureSet, 'figures'> & {
  label: string;
  scores: Scores;
  more: number;
}) {
  return (
    <tr className="arms-base">
      <th scope="row">{label}</th>
      <td />
      {figures.map(({ head, figure }) => {
        const value = figure(scores);
        return <td key={head}>{value === null ? '–' : Math.round(100 * value)}</td>;
      })}
      <td colSpan={more} />
    </tr>
  );
}

function EndCell({ arm, figure }: { arm: ArmResult; figure: Figure }): ReactNode {
  const end = atEnd(arm, figure);
  if (!end) return <td>–</td>;
  const over = gain(arm, figure);
  return (
    <td>
      <bdi dir="ltr">
        {Math.round(100 * end.mean)}
        <span className="arms-spread">
          {end.n > 1 && ` ± ${Math.round(100 * end.deviation)}`}
          {over && ` (${points(over.mean)})`}
        </span>
      </bdi>
    </td>
  );
}

function GainText({ gain }: { gain: Spread | null }) {
  if (!gain) return '–';
  return (
    <bdi dir="ltr">
      {points(gain.mean)}
      {gain.n > 1 && <span className="arms-spread"> ± {Math.round(100 * gain.deviation)}</span>}
    </bdi>
  );
}

/** The paper's figure of the same arm, and how far it is from its full method. */
function paperFigure({ paper }: Experiment, { arm }: ArmResult): string {
  const value = paper?.rows.find((row) => row.arm === arm)?.value;
  const full = paper?.rows.find((row) => row.arm === 'full')?.value;
  if (value === undefined) return '–';
  return full === undefined || full === value
    ? tenths(value)
    : leftToRight(`${tenths(value)} (${tenths(value - full)})`);
}

function Notes({ experiment, arm, seeds }: { experiment: Experiment; arm: ArmResult; seeds: number }) {
  const note = experiment.arms.find(({ name }) => name === arm.arm)?.note;
  return (
    <>
      {note && <span className="arms-note">{again(note)}</span>}
      {arm.seeds.length < seeds && (
        <span className="arms-note">
          {t('{some} of {n, plural, other {# seeds}}', { some: arm.seeds.length, n: seeds })}
        </span>
      )}
      {arm.seeds.map(
        ({ seed, diverged }) =>
          diverged !== null && (
            <span className="arms-note" key={seed}>
              {t('Seed {seed} diverged and counts in no mean: {why}', {
                seed: String(seed),
                why: again(diverged),
              })}
            </span>
          ),
      )}
    </>
  );
}
