import { useMemo, useState } from 'react';
import { again, t } from '../../words/words.ts';
import { AxisChoice } from '../charts/AxisChoice.tsx';
import { type Axis, xAxis } from '../charts/axis.ts';
import { CurvesPanel } from './CurvesPanel.tsx';
import { type Compared, SOURCES, useCompared } from './compared.ts';
import { bandLines, type Drawn } from './curves.ts';
import { configDifferences } from './differences.ts';
import { MEASURES, type Measure } from './measures.ts';
import { pacedBy, placedOn } from './positions.ts';
import { type FiledRun, readRunFiles } from './runFiles.ts';
import { ScrollingTable } from './ScrollingTable.tsx';

/** As many as there are colours that can be told apart. */
const MOST = 8;

/** Any runs over one another, and the table of what was configured otherwise. */
export function Compare({ files }: { files: readonly string[] }) {
  const [filed, setFiled] = useState<readonly FiledRun[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [measure, setMeasure] = useState(MEASURES[0] as Measure);
  const [axis, setAxis] = useState<Axis>('steps');
  const [picked, setPicked] = useState<readonly string[] | null>(null);
  const [wanted, setWanted] = useState<readonly string[]>([]);
  const choices = useCompared(files, filed, wanted);
  const ids = picked ?? choices.slice(0, 2).map(({ id }) => id);
  if (ids.join('\n') !== wanted.join('\n')) setWanted(ids);
  const runs = useMemo(
    () => wanted.flatMap((id) => choices.find((choice) => choice.id === id) ?? []),
    [wanted, choices],
  );
  const { drawn, unplaced } = useMemo(() => drawRuns(runs, measure, axis), [runs, measure, axis]);
  const differences = useMemo(() => configDifferences(runs.map(({ config }) => config)), [runs]);
  const open = async (chosen: FileList | null) => {
    if (!chosen || chosen.length === 0) return;
    try {
      const read = await Promise.all(
        [...chosen].map(async (file) => ({ name: file.name, text: await file.text() })),
      );
      const run = readRunFiles(read);
      const name = nameApart(run.name, choices);
      setFiled([...filed, { ...run, name }]);
      setPicked([...ids, `file ${name}`].slice(-MOST));
      setProblem(null);
    } catch (error) {
      setProblem((error as Error).message);
    }
  };

  return (
    <div className="experiment">
      <section className="panel experiment-head" aria-labelledby="compare-title">
        <h2 id="compare-title">{t('Compare')}</h2>
        <p className="experiment-question">
          {t(
            'Any runs: the one in this tab, those kept here, shipped ones, or files of your own. Runs that differ in nothing but the seed are one line, with the range of the seeds behind it.',
          )}
        </p>
        <ul className="compare-runs" aria-label={t('Compared runs')}>
          {runs.map(({ id, name }, i) => (
            <li key={id}>
              <span
                className="compare-colour"
                style={{ background: `var(${colourAt(i)})` }}
                aria-hidden="true"
              />
              {again(name)}
              <button
                type="button"
                className="info-button"
                aria-label={t('Leave out {name}', { name: again(name) })}
                onClick={() => setPicked(ids.filter((one) => one !== id))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
        <div className="side-choices">
          <AddRun
            choices={choices.filter(({ id }) => !ids.includes(id))}
            isFull={runs.length >= MOST}
            onAdd={(id) => setPicked([...ids, id])}
          />
          <label className="button button-quiet side-file">
            {t('Add a run from its files')}
            <input
              type="file"
              multiple
              accept=".json,.jsonl"
              onChange={(change) => {
                void open(change.target.files);
                change.target.value = '';
              }}
            />
          </label>
        </div>
        {problem && (
          <p className="side-problem" role="alert">
            {again(problem)}
          </p>
        )}
        {filed
          .filter(({ retired }) => retired.length > 0)
          .map(({ name, retired }) => (
            <p className="muted" key={name}>
              {t(
                '“{name}” was made with {switches}, which Kelvin no longer has; the table of differences leaves {n, plural, one {it} other {them}} out.',
                { name: again(name), switches: retired.join(', '), n: retired.length },
              )}
            </p>
          ))}
      </section>
      {runs.length === 0 ? (
        <p className="panel experiment-absent">
          {choices.length > 0
            ? t('Add runs above to see them over one another.')
            : t(
                'There is no run to compare yet. Start one, or add one from the files that “npm run lab” writes.',
              )}
        </p>
      ) : (
        <>
          <CurvesPanel
            drawn={drawn}
            measure={measure}
            onMeasure={setMeasure}
            xSpan={1}
            axis={xAxis(NO_STEPS, axis)}
            picker={<AxisChoice value={axis} onChange={setAxis} />}
          >
            {unplaced.length > 0 && (
              <p className="experiment-key">{keptWithout(axis, unplaced.map(again).join(', '))}</p>
            )}
          </CurvesPanel>
          {runs.length > 1 && <Differences runs={runs} rows={differences} />}
        </>
      )}
    </div>
  );
}

/** Steps are kept with every run. */
function keptWithout(axis: Axis, runs: string): string {
  return axis === 'minutes'
    ? t('Kept without minutes, and so not drawn over them: {runs}.', { runs })
    : t('Kept without tokens, and so not drawn over them: {runs}.', { runs });
}

const NO_STEPS = pacedBy([]);

/** The runs as lines, and the names of those that do not say where their steps lie on the axis. */
function drawRuns(
  runs: readonly Compared[],
  measure: Measure,
  axis: Axis,
): { drawn: Drawn[]; unplaced: string[] } {
  const drawn: Drawn[] = [];
  const unplaced: string[] = [];
  for (const [i, run] of runs.entries()) {
    const look = { label: run.name, colour: colourAt(i), isSparse: measure.isSparse };
    const curves = run.curves(measure);
    if (curves.mean.values.length === 0) continue;
    const paces = run.paces();
    const [mean, low, high] = [curves.mean, curves.low, curves.high].map((curve) =>
      placedOn(axis, curve, paces),
    );
    if (mean && low && high) drawn.push(...bandLines({ mean, low, high }, look, run.seeds > 1, drawn.length));
    else unplaced.push(run.name);
  }
  return { drawn, unplaced };
}

const colourAt = (i: number) => `--arm-${1 + (i % MOST)}`;

/** A name that none of the runs has yet. */
function nameApart(name: string, runs: readonly Compared[]): string {
  const isTaken = (candidate: string) => runs.some((run) => run.name === candidate);
  let apart = name;
  for (let i = 2; isTaken(apart); i++) apart = `${name} (${i})`;
  return apart;
}

function AddRun({
  choices,
  isFull,
  onAdd,
}: {
  choices: readonly Compared[];
  isFull: boolean;
  onAdd: (id: string) => void;
}) {
  return (
    <select
      className="side-select"
      aria-label={t('Add a run')}
      value=""
      disabled={isFull || choices.length === 0}
      onChange={(change) => onAdd(change.target.value)}
    >
      <option value="" disabled>
        {isFull ? t('{most} runs are as many as can be told apart', { most: MOST }) : t('Add a run …')}
      </option>
      {SOURCES.map((source) => {
        const of = choices.filter((choice) => choice.source === source);
        return of.length === 0 ? null : (
          <optgroup key={source} label={again(source)}>
            {of.map(({ id, name }) => (
              <option key={id} value={id}>
                {again(name)}
              </option>
            ))}
          </optgroup>
        );
      })}
    </select>
  );
}

function Differences({
  runs,
  rows,
}: {
  runs: readonly Compared[];
  rows: ReturnType<typeof configDifferences>;
}) {
  return (
    <section className="panel arms" aria-labelledby="differences-title">
      <div className="chart-title">
        <h3 id="differences-title">{t('Settings that differ')}</h3>
      </div>
      {rows.length === 0 ? (
        <p className="experiment-absent">{t('There are none: they have the same configuration.')}</p>
      ) : (
        <ScrollingTable label={t('Differences')}>
          <thead>
            <tr>
              <th scope="col">{t('Hyper-parameter')}</th>
              {runs.map(({ id, name }) => (
                <th scope="col" key={id}>
                  {again(name)}
                </th>
              ))}
              <th scope="col">{t('paper')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, label, values, paper }) => (
              <tr key={key}>
                <th scope="row">
                  {again(label)}
                  <span className="arms-note">{key}</span>
                </th>
                {values.map((value, i) => (
                  <td key={runs[i]?.id}>{value}</td>
                ))}
                <td>{paper}</td>
              </tr>
            ))}
          </tbody>
        </ScrollingTable>
      )}
    </section>
  );
}
