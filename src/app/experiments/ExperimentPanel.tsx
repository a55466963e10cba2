import { useState } from 'react';
import type { Experiment } from '../../experiments/definitions.ts';
import type { ExperimentIndex, ExperimentResult } from '../../experiments/results.ts';
import type { LevelId } from '../../language/level.ts';
import { again, t } from '../../words/words.ts';
import { day, duration } from '../format.ts';
import { Rich } from '../language/Rich.tsx';
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
  const shipped = index.state === 'ready' ? index.value.experiments : [];
  const answer = shipped.find((one) => one.name === experiment.name && one.level === level)?.answer;
  return (
    <div className="experiment">
      <section className="panel experiment-head" aria-labelledby="experiment-title">
        <div className="experiment-title">
          <h2 id="experiment-title">{again(title)}</h2>
          {levels.length > 1 && (
            <Segmented
              label={t('Level of the language')}
              value={String(level)}
              onChange={(value) => setAsked(levels.find((of) => String(of) === value) ?? null)}
              options={levels.map((of) => ({
                value: String(of),
                text: t('level {level}', { level: String(of) }),
              }))}
            />
          )}
        </div>
        <p className="experiment-question">{again(question)}</p>
        {answer !== undefined && <p className="experiment-answer">{again(answer)}</p>}
        <p className="experiment-not">
          <strong>{t('It does not show:')}</strong> {again(doesNotShow)}
        </p>
        <Facts experiment={experiment} result={isShipped && result.state === 'ready' ? result.value : null} />
      </section>
      {index.state === 'failed' ? (
        <Absent experiment={experiment} why={again(index.message)} />
      ) : index.state === 'loading' || (isShipped && result.state === 'loading') ? (
        <p className="panel experiment-absent" role="status">
          {t('Loading the results …')}
        </p>
      ) : !isShipped ? (
        <Absent
          experiment={experiment}
          why={t('No results of this experiment are shipped with this page.')}
        />
      ) : result.state === 'failed' ? (
        <Absent experiment={experiment} why={again(result.message)} />
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
      {experiment.name === 'climb-sizes' && <Gains experiment={experiment} result={result} />}
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
        <dt>{t('Language')}</dt>
        <dd>{t('level {level}', { level: String(result?.budget.level ?? experiment.level) })}</dd>
      </div>
      <div>
        <dt>{t('Sizes')}</dt>
        <dd>{[...new Set(result?.arms.map(({ size }) => size) ?? experiment.sizes)].join(', ')}</dd>
      </div>
      <div>
        <dt>{t('Seeds')}</dt>
        <dd>{(result?.budget.seeds ?? experiment.seeds).join(', ')}</dd>
      </div>
      <div>
        <dt>{t('Steps')}</dt>
        <dd>{result?.budget.steps ?? experiment.steps}</dd>
      </div>
      {result && (
        <>
          <div>
            <dt>{t('Tasks by kind and difficulty')}</dt>
            <dd>{result.budget.tasks}</dd>
          </div>
          <div>
            <dt>{t('Took')}</dt>
            <dd title={`${result.hardware}, ${result.backend}`}>
              {t('{time} on {machine}, {day}', {
                time:
                  result.minutes < 1 ? duration(60 * result.minutes) : `${Math.round(result.minutes)} min`,
                machine: machine(result),
                day: day(new Date(result.created)),
              })}
            </dd>
          </div>
        </>
      )}
      <div className="experiment-command">
        <dt>{t('Repeat it')}</dt>
        <dd>
          <CopyCommand command={command} />
        </dd>
      </div>
    </dl>
  );
}

/** What computed it, in the words of a visitor: its processors are counted, a graphics card is named. */
function machine({ hardware, backend }: ExperimentResult): string {
  const cores = /^(\d+) ×/.exec(hardware)?.[1];
  return cores === undefined || backend.startsWith('webgpu')
    ? hardware
    : t('{cores, plural, one {# CPU core} other {# CPU cores}}', { cores: Number(cores) });
}

function Absent({ experiment, why }: { experiment: Experiment; why: string }) {
  return (
    <div className="panel experiment-absent">
      <p>{why}</p>
      <p>
        <Rich
          text="Run it with <code>{command}</code>; the results appear here after the next build. Or start one of its arms in this tab:"
          parts={{ code: <code /> }}
          values={{ command: `npm run experiment -- ${experiment.name}` }}
        />
      </p>
      <ArmsOnly experiment={experiment} />
    </div>
  );
}
