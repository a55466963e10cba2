import { Fragment, type ReactNode } from 'react';
import type { Experiment } from '../../experiments/definitions.ts';
import type { ArmResult, ExperimentResult, Scores } from '../../experiments/results.ts';
import { atEnd, FIGURES, type Figure, gain, overall, type Spread } from '../../experiments/summary.ts';
import { points } from '../format.ts';
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
  const sizes = [...new Set(result.arms.map(({ size }) => size))];
  const ofSize = (size: string) => result.arms.filter((arm) => arm.size === size);
  const suffix = (size: string) => (sizes.length > 1 ? `, ${size}` : '');
  const hasPaper = experiment.paper?.rows.some(({ arm }) => arm !== undefined) ?? false;
  return (
    <section className="panel arms" aria-labelledby="arms-title">
      <div className="chart-title">
        <h3 id="arms-title">Variants</h3>
        <p>
          Percent right after training, greedy: mean ± spread over the seeds (change from before, in points)
        </p>
      </div>
      <ScrollingTable label="Variants and their results">
        <thead>
          <tr>
            <th scope="col">Variant</th>
            <th scope="col">
              <span className="visually-hidden">Run it</span>
            </th>
            {FIGURES.map(({ head }) => (
              <th scope="col" key={head}>
                {head}
              </th>
            ))}
            <th scope="col">average gain</th>
            {hasPaper && <th scope="col">paper</th>}
          </tr>
        </thead>
        <tbody>
          {sizes.map((size) => {
            const [first] = ofSize(size);
            const more = hasPaper ? 2 : 1;
            return (
              <Fragment key={size}>
                {first && (
                  <BaseRow
                    label={`Before, free to think or not${suffix(size)}`}
                    scores={first.start}
                    more={more}
                  />
                )}
                {first && (
                  <BaseRow
                    label={`Before, forced to think${suffix(size)}`}
                    scores={first.forced}
                    more={more}
                  />
                )}
                {ofSize(size).map((arm) => (
                  <tr key={arm.arm}>
                    <th scope="row">
                      {armLabel(experiment, arm)}
                      <Notes experiment={experiment} arm={arm} seeds={result.budget.seeds.length} />
                    </th>
                    <td className="arms-run">
                      <RunHere experiment={experiment} arm={arm} budget={budget} />
                    </td>
                    {FIGURES.map(({ head, figure }) => (
                      <EndCell key={head} arm={arm} figure={figure} />
                    ))}
                    <td>
                      <GainText gain={gain(arm, overall)} />
                    </td>
                    {hasPaper && <td>{paperFigure(experiment, arm)}</td>}
                  </tr>
                ))}
              </Fragment>
            );
          })}
        </tbody>
      </ScrollingTable>
      {hasPaper && <p className="arms-paper">Paper: {experiment.paper?.what}.</p>}
    </section>
  );
}

function BaseRow({ label, scores, more }: { label: string; scores: Scores; more: number }) {
  return (
    <tr className="arms-base">
      <th scope="row">{label}</th>
      <td />
      {FIGURES.map(({ head, figure }) => {
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
      {Math.round(100 * end.mean)}
      <span className="arms-spread">
        {end.n > 1 && ` ± ${Math.round(100 * end.deviation)}`}
        {over && ` (${points(over.mean)})`}
      </span>
    </td>
  );
}

function GainText({ gain }: { gain: Spread | null }) {
  if (!gain) return '–';
  return (
    <>
      {points(gain.mean)}
      {gain.n > 1 && <span className="arms-spread"> ± {Math.round(100 * gain.deviation)}</span>}
    </>
  );
}

/** The paper's figure of the same arm, and how far it is from its full method. */
function paperFigure({ paper }: Experiment, { arm }: ArmResult): string {
  const value = paper?.rows.find((row) => row.arm === arm)?.value;
  const full = paper?.rows.find((row) => row.arm === 'full')?.value;
  if (value === undefined) return '–';
  return full === undefined || full === value
    ? value.toFixed(1)
    : `${value.toFixed(1)} (−${(full - value).toFixed(1)})`;
}

function Notes({ experiment, arm, seeds }: { experiment: Experiment; arm: ArmResult; seeds: number }) {
  const note = experiment.arms.find(({ name }) => name === arm.arm)?.note;
  return (
    <>
      {note && <span className="arms-note">{note}</span>}
      {arm.seeds.length < seeds && (
        <span className="arms-note">
          {arm.seeds.length} of {seeds} seeds
        </span>
      )}
      {arm.seeds.map(
        ({ seed, diverged }) =>
          diverged !== null && (
            <span className="arms-note" key={seed}>
              Seed {seed} diverged and counts in no mean: {diverged}
            </span>
          ),
      )}
    </>
  );
}
