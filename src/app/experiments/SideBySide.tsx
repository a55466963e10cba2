import { useId, useMemo, useState } from 'react';
import type { Config } from '../../config/hyperparameters.ts';
import { EXPERIMENTS } from '../../experiments/definitions.ts';
import type { ArmResult, ExperimentResult } from '../../experiments/results.ts';
import { useRun } from '../context.tsx';
import { armLabel } from './arms.ts';
import { CurvesPanel, type Drawn } from './CurvesPanel.tsx';
import { armCurves, type Curve, liveCurve } from './curves.ts';
import { configDifferences } from './differences.ts';
import { MEASURES, type Measure } from './measures.ts';
import { useExperimentResults } from './results.ts';
import { type FiledRun, readRunFiles } from './runFiles.ts';
import { ScrollingTable } from './ScrollingTable.tsx';

/** A run to compare: its name, its configuration, and its curve of any measure. */
interface Compared {
  name: string;
  config: Partial<Config>;
  curve: (measure: Measure) => Curve;
}

/** Two runs over one another, and the table of what was configured otherwise. */
export function SideBySide({ files }: { files: readonly string[] }) {
  const [filed, setFiled] = useState<readonly FiledRun[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [measure, setMeasure] = useState(MEASURES[0] as Measure);
  const choices = useChoices(files, filed);
  const [a, setA] = useState<string | null>(null);
  const [b, setB] = useState<string | null>(null);
  const left = choices.find(({ name }) => name === a) ?? choices[0];
  const right = choices.find(({ name }) => name === b) ?? choices[1];
  const drawn = useMemo(
    () =>
      [left, right].flatMap((run, i): Drawn[] =>
        run
          ? [
              {
                line: {
                  ...LINE,
                  isSparse: measure.isSparse,
                  label: `${'AB'[i]}: ${run.name}`,
                  colour: `--arm-${i + 1}`,
                },
                curve: run.curve(measure),
                follows: null,
              },
            ]
          : [],
      ),
    [left, right, measure],
  );
  const differences = useMemo(
    () => configDifferences(left?.config ?? {}, right?.config ?? {}),
    [left, right],
  );
  const open = async (picked: FileList | null) => {
    if (!picked || picked.length === 0) return;
    try {
      const read = await Promise.all(
        [...picked].map(async (file) => ({ name: file.name, text: await file.text() })),
      );
      const run = readRunFiles(read);
      const name = nameApart(run.name, choices);
      setFiled([...filed, { ...run, name }]);
      setB(name);
      setProblem(null);
    } catch (error) {
      setProblem((error as Error).message);
    }
  };

  return (
    <div className="experiment">
      <section className="panel experiment-head" aria-labelledby="side-title">
        <h2 id="side-title">Side by side</h2>
        <p className="experiment-question">
          Any two runs: shipped ones, the one in this tab, or one of your own files.
        </p>
        <div className="side-choices">
          <Choice label="A" choices={choices} value={left?.name ?? ''} onChange={setA} />
          <Choice label="B" choices={choices} value={right?.name ?? ''} onChange={setB} />
          <label className="button button-quiet side-file">
            Add a run from its files
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
            {problem}
          </p>
        )}
        {filed
          .filter(({ retired }) => retired.length > 0)
          .map(({ name, retired }) => (
            <p className="muted" key={name}>
              {`“${name}” was made with ${retired.join(', ')}, which Kelvin no longer has; the table of differences leaves ${retired.length > 1 ? 'them' : 'it'} out.`}
            </p>
          ))}
      </section>
      {choices.length < 2 ? (
        <p className="panel experiment-absent">
          There are no two runs to compare yet. Start a run, add one from the files that{' '}
          <code>npm run lab -- --out FOLDER</code> writes, or ship results by{' '}
          <code>npm run experiment -- main</code>.
        </p>
      ) : (
        <>
          <CurvesPanel drawn={drawn} measure={measure} onMeasure={setMeasure} xSpan={1} />
          <Differences rows={differences} />
        </>
      )}
    </div>
  );
}

const LINE = { width: 2.2, isExact: true } as const;

/** A name that none of the runs has yet. */
function nameApart(name: string, runs: readonly Compared[]): string {
  const isTaken = (candidate: string) => runs.some((run) => run.name === candidate);
  let apart = name;
  for (let i = 2; isTaken(apart); i++) apart = `${name} (${i})`;
  return apart;
}

function Choice({
  label,
  choices,
  value,
  onChange,
}: {
  label: string;
  choices: readonly Compared[];
  value: string;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <span className="side-choice">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="side-select"
        value={value}
        onChange={(change) => onChange(change.target.value)}
      >
        {choices.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}

function Differences({ rows }: { rows: ReturnType<typeof configDifferences> }) {
  return (
    <section className="panel arms" aria-labelledby="differences-title">
      <div className="chart-title">
        <h3 id="differences-title">Settings that differ</h3>
      </div>
      {rows.length === 0 ? (
        <p className="experiment-absent">There are none: the two have the same configuration.</p>
      ) : (
        <ScrollingTable label="Differences">
          <thead>
            <tr>
              <th scope="col">Hyper-parameter</th>
              <th scope="col">A</th>
              <th scope="col">B</th>
              <th scope="col">paper</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, label, a, b, paper }) => (
              <tr key={key}>
                <th scope="row">
                  {label}
                  <span className="arms-note">{key}</span>
                </th>
                <td>{a}</td>
                <td>{b}</td>
                <td>{paper}</td>
              </tr>
            ))}
          </tbody>
        </ScrollingTable>
      )}
    </section>
  );
}

/** Everything that can be compared: the run of this tab, the files, and every arm that is shipped. */
function useChoices(files: readonly string[], filed: readonly FiledRun[]): Compared[] {
  const { revision, columns } = useRun((run) => run.metrics);
  const config = useRun((run) => run.config);
  const base = useRun((run) => run.base);
  const shipped = useExperimentResults(files);
  return useMemo(() => {
    void revision;
    const live: Compared[] =
      config && columns.steps.length > 0
        ? [
            {
              name: 'this tab’s run',
              config,
              curve: (measure) =>
                liveCurve(columns, (base && measure.ofScores?.(base.scores)) ?? null, measure),
            },
          ]
        : [];
    const added = filed.map(
      (run): Compared => ({ name: run.name, config: run.config, curve: curveOfFile(run) }),
    );
    return [...live, ...shipped.flatMap(comparedArms), ...added];
  }, [revision, columns, config, base, filed, shipped]);
}

function comparedArms(result: ExperimentResult): Compared[] {
  const experiment = EXPERIMENTS.find(({ name }) => name === result.name);
  if (!experiment) return [];
  return result.arms.map((arm: ArmResult) => ({
    name: `${experiment.title}: ${armLabel(experiment, arm)}`,
    config: { ...arm.config, size: arm.size, level: result.budget.level, steps: result.budget.steps },
    curve: (measure) => armCurves(arm, measure).mean,
  }));
}

function curveOfFile(run: FiledRun): (measure: Measure) => Curve {
  return (measure) => {
    const start = (run.start && measure.ofScores?.(run.start)) ?? null;
    const points = run.curve.flatMap((point) => {
      const value = measure.of(point);
      return value === null ? [] : [{ step: point.step, value }];
    });
    const all = start === null ? points : [{ step: 0, value: start }, ...points];
    return { steps: all.map(({ step }) => step), values: all.map(({ value }) => value) };
  };
}
