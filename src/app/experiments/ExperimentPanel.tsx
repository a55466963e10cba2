import { useState } from 'react';
import type { Experiment } from '../../experiments/definitions.ts';
import type { ExperimentIndex, ExperimentResult } from '../../experiments/results.ts';
import type { LevelId } from '../../language/level.ts';
import { duration } from '../format.ts';
import { Segmented } from '../ui/Bits.tsx';
import { ArmsOnly } from './ArmsOnly.tsx';
import { ArmsTable } from './ArmsTable.tsx';
import { CopyCommand } from './CopyCommand.tsx';
import { Detections } from './Detections.tsx';
import { ExamplePairs } from './ExamplePairs.tsx';
import { ExperimentChart } from './ExperimentChart.tsx';
import { Gains } from './Gains.tsx';
import { Habits } from './Habits.tsx';
import { type Loaded, useExperimentResult } from './results.ts';

/** One experiment: its question, its curves and its table; or why there are none. */
export function ExperimentPanel({
  experiment,
  levels,
  index,
}: {
  experiment: Experiment;
  /** Levels of the language that it has results of. */
  levels: readonly LevelId[];
  index: Loaded<ExperimentIndex>;
}) {
  const [asked, setAsked] = useState<LevelId | null>(null);
  const level = asked ?? levels[0] ?? experiment.level;
  const isShipped = levels.includes(level);
  const result = useExperimentResult(isShipped ? experiment.name : null, level);
  const { title, question, doesNotShow } = experiment;
  return (
    <div className="experiment">
      <section className="panel experiment-head" aria-labelledby="experiment-title">
        <div className="experiment-title">
          <h2 id="experiment-title">{title}</h2>
          {levels.length > 1 && (
            <Segmented
              label="Level of the language"
              value={String(level)}
              onChange={(value) => setAsked(levels.find((of) => String(of) === value) ?? null)}
              options={levels.map((of) => ({ value: String(of), text: `level ${of}` }))}
            />
          )}
        </div>
        <p className="experiment-question">{question}</p>
        <p className="experiment-not">
          <strong>It does not show:</strong> {doesNotShow}
        </p>
        <Facts experiment={experiment} result={isShipped && result.state === 'ready' ? result.value : null} />
      </section>
      {index.state === 'failed' ? (
        <Absent experiment={experiment} why={index.message} />
      ) : index.state === 'loading' || (isShipped && result.state === 'loading') ? (
        <p className="panel experiment-absent" role="status">
          Loading the results …
        </p>
      ) : !isShipped ? (
        <Absent experiment={experiment} why="No results of this experiment are shipped with this page." />
      ) : result.state === 'failed' ? (
        <Absent experiment={experiment} why={result.message} />
      ) : (
        result.state === 'ready' && <Found experiment={experiment} result={result.value} />
      )}
    </div>
  );
}

function Found({ experiment, result }: { experiment: Experiment; result: ExperimentResult }) {
  return (
    <>
      <ExperimentChart experiment={experiment} result={result} />
      {experiment.name === 'scaling' && <Gains experiment={experiment} result={result} />}
      <ArmsTable experiment={experiment} result={result} />
      {experiment.showsExamples && <Habits experiment={experiment} result={result} />}
      <Detections experiment={experiment} result={result} />
      {experiment.showsExamples && <ExamplePairs result={result} />}
    </>
  );
}

function Facts({ experiment, result }: { experiment: Experiment; result: ExperimentResult | null }) {
  const command = result?.command ?? `npm run experiment -- ${experiment.name}`;
  return (
    <dl className="experiment-facts">
      <div>
        <dt>Language</dt>
        <dd>level {result?.budget.level ?? experiment.level}</dd>
      </div>
      <div>
        <dt>Sizes</dt>
        <dd>{[...new Set(result?.arms.map(({ size }) => size) ?? experiment.sizes)].join(', ')}</dd>
      </div>
      <div>
        <dt>Seeds</dt>
        <dd>{(result?.budget.seeds ?? experiment.seeds).join(', ')}</dd>
      </div>
      <div>
        <dt>Steps</dt>
        <dd>{result?.budget.steps ?? experiment.steps}</dd>
      </div>
      {result && (
        <>
          <div>
            <dt>Tasks by kind and difficulty</dt>
            <dd>{result.budget.tasks}</dd>
          </div>
          <div>
            <dt>Took</dt>
            <dd>
              {result.minutes < 1 ? duration(60 * result.minutes) : `${Math.round(result.minutes)} min`} on{' '}
              {result.hardware} ({result.backend}), {result.created}
            </dd>
          </div>
        </>
      )}
      <div className="experiment-command">
        <dt>Repeat it</dt>
        <dd>
          <CopyCommand command={command} />
        </dd>
      </div>
    </dl>
  );
}

function Absent({ experiment, why }: { experiment: Experiment; why: string }) {
  return (
    <div className="panel experiment-absent">
      <p>{why}</p>
      <p>
        Run it with <code>npm run experiment -- {experiment.name}</code>; the results appear here after the
        next build. Or start one of its arms in this tab:
      </p>
      <ArmsOnly experiment={experiment} />
    </div>
  );
}
