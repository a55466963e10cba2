import { useState } from 'react';
import type { Config } from '../../config/hyperparameters.ts';
import type { Experiment, Size } from '../../experiments/definitions.ts';
import type { ArmResult, ExperimentResult } from '../../experiments/results.ts';
import { useLab, useRun, useSession } from '../context.tsx';
import { hundredths, points } from '../format.ts';
import { Icon } from '../ui/Icon.tsx';
import { armLabel, configHere } from './arms.ts';
import { meanAndSpread } from './curves.ts';
import { accuracy, MAIN_KINDS } from './measures.ts';

interface Row {
  arm: string;
  size: Size;
  result: ArmResult | null;
}

/** Every arm with what it gained over the frozen base, and a button that runs it here. */
export function ArmsTable({
  experiment,
  result,
}: {
  experiment: Experiment;
  result: ExperimentResult | null;
}) {
  const rows: Row[] = result
    ? result.arms.map((arm) => ({ arm: arm.arm, size: arm.size, result: arm }))
    : experiment.sizes.flatMap((size) =>
        experiment.arms.map(({ name }) => ({ arm: name, size, result: null })),
      );
  const budget = {
    level: result?.budget.level ?? experiment.level,
    steps: result?.budget.steps ?? experiment.steps,
    seed: result?.budget.seeds[0] ?? experiment.seeds[0] ?? 1,
  };
  const { paper } = experiment;
  return (
    <section className="panel arms" aria-labelledby="arms-title">
      <div className="chart-title">
        <h3 id="arms-title">Arms</h3>
        {result && (
          <p>Held-out accuracy at tiers 2 to 4, greedy: mean ± deviation over seeds, points over the base.</p>
        )}
      </div>
      <section
        className="arms-scroll"
        aria-label="Arms and their results"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
      >
        <table>
          <thead>
            <tr>
              <th scope="col">Arm</th>
              {result && (
                <>
                  {MAIN_KINDS.map((kind) => (
                    <th scope="col" key={kind}>
                      {kind}
                    </th>
                  ))}
                  <th scope="col">gain, mean of kinds</th>
                  <th scope="col">over forced</th>
                  <th scope="col">classics</th>
                  <th scope="col">arithmetic</th>
                </>
              )}
              {paper && <th scope="col">paper</th>}
              <th scope="col">
                <span className="visually-hidden">Run it</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.arm} ${row.size}`}>
                <th scope="row">
                  {armLabel(experiment, row)}
                  <Note experiment={experiment} row={row} />
                </th>
                {row.result && <Figures arm={row.result} />}
                {paper && (
                  <td>
                    {paper.rows.find(
                      ({ arm, size }) =>
                        (arm ?? row.arm) === row.arm &&
                        (size ?? row.size) === row.size &&
                        (arm !== undefined || size !== undefined),
                    )?.value ?? '–'}
                  </td>
                )}
                <td className="arms-run">
                  <RunHere experiment={experiment} row={row} budget={budget} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {paper && (
        <p className="arms-paper">
          Paper: {paper.what}. {paper.rows.map(({ label, value }) => `${label} ${value}`).join(', ')}.
        </p>
      )}
    </section>
  );
}

function Note({ experiment, row }: { experiment: Experiment; row: Row }) {
  const note = experiment.arms.find(({ name }) => name === row.arm)?.note;
  const diverged = row.result?.seeds.filter(({ diverged }) => diverged !== null).length ?? 0;
  return (
    <>
      {note && <span className="arms-note">{note}</span>}
      {diverged > 0 && (
        <span className="arms-note">
          {diverged} of {row.result?.seeds.length} runs diverged.
        </span>
      )}
    </>
  );
}

function Figures({ arm }: { arm: ArmResult }) {
  const ends = arm.seeds.flatMap(({ end }) => end ?? []);
  const gainOver = (base: ArmResult['start']): number[] => {
    const from = accuracy(base.heldOut, MAIN_KINDS);
    return ends.flatMap((end) => {
      const to = accuracy(end.heldOut, MAIN_KINDS);
      return from === null || to === null ? [] : [to - from];
    });
  };
  const overForced = ends.flatMap((end) => {
    const [to, from] = [accuracy(end.heldOut, ['deduction']), accuracy(arm.forced.heldOut, ['deduction'])];
    return from === null || to === null ? [] : [to - from];
  });
  return (
    <>
      {MAIN_KINDS.map((kind) => {
        const from = accuracy(arm.start.heldOut, [kind]);
        const to = meanAndSpread(ends.flatMap((end) => accuracy(end.heldOut, [kind]) ?? []));
        return (
          <td key={kind}>
            {to ? hundredths(to.mean) : '–'}
            <span className="arms-spread">
              {to?.spread != null && ` ± ${hundredths(to.spread)}`}
              {to && from !== null && ` (${points(to.mean - from)})`}
            </span>
          </td>
        );
      })}
      <Points values={gainOver(arm.start)} />
      <Points values={overForced} title="Deduction, over the base forced to think" />
      <Change from={meanOf(arm.start.classics)} to={ends.map(({ classics }) => meanOf(classics))} />
      <Change from={meanOf(arm.start.arithmetic)} to={ends.map(({ arithmetic }) => meanOf(arithmetic))} />
    </>
  );
}

function Points({ values, title }: { values: readonly number[]; title?: string }) {
  const found = meanAndSpread(values);
  return (
    <td title={title}>
      {found ? points(found.mean) : '–'}
      {found?.spread != null && <span className="arms-spread"> ± {Math.round(100 * found.spread)}</span>}
    </td>
  );
}

/** A suite of one figure: where it ended, and how far from the base. */
function Change({ from, to }: { from: number | null; to: readonly (number | null)[] }) {
  const found = meanAndSpread(to.flatMap((value) => value ?? []));
  if (!found) return <td>–</td>;
  return (
    <td>
      {hundredths(found.mean)}
      {from !== null && <span className="arms-spread"> ({points(found.mean - from)})</span>}
    </td>
  );
}

function meanOf(scores: Readonly<Record<string, number>> | undefined): number | null {
  return meanAndSpread(Object.values(scores ?? {}))?.mean ?? null;
}

/** Starts the arm in this tab. A run that is under way is only replaced at the second press. */
function RunHere({
  experiment,
  row,
  budget,
}: {
  experiment: Experiment;
  row: Row;
  budget: { level: number; steps: number; seed: number };
}) {
  const { client, session } = useLab();
  const device = useSession((state) => state.device);
  const running = useRun((run) => run.config);
  const isGoing = useRun((run) => !['idle', 'finished', 'failed'].includes(run.state));
  const [asks, setAsks] = useState(false);
  const arm = experiment.arms.find(({ name }) => name === row.arm);
  if (!arm) return null;
  const here = configHere(arm, row.size, budget);
  const isThis = here.config !== null && running !== null && areEqual(here.config, running);
  const start = () => {
    if (!here.config) return;
    if (isGoing && !asks) return setAsks(true);
    setAsks(false);
    session.setState({ preset: arm.preset ?? 'demo', config: here.config, seedProgram: null });
    client.start(here.config, { device });
  };
  if (isThis && isGoing) return <span className="arms-running">running here</span>;
  return (
    <button
      type="button"
      className="button button-quiet"
      disabled={here.config === null}
      title={here.problem ?? 'Starts this arm in this tab, with the first seed'}
      onClick={start}
      onBlur={() => setAsks(false)}
    >
      <Icon name="play" />
      {asks ? 'Replace the run?' : 'Run here'}
      <span className="visually-hidden">: {armLabel(experiment, row)}</span>
    </button>
  );
}

function areEqual(a: Config, b: Config): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
