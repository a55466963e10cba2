import { type FormEvent, useId } from 'react';
import { TRIES } from '../../run/visit.ts';
import { SPECS } from '../../tasks/index.ts';
import { again, msg, t } from '../../words/words.ts';
import { useRun } from '../context.tsx';
import { Segmented } from '../ui/Bits.tsx';
import { KindChoice } from './KindChoice.tsx';
import { Score } from './Score.tsx';
import { TaskAsked } from './TaskAsked.tsx';
import { TryColumns } from './TryColumns.tsx';
import { sentenceOf, useAsk } from './useAsk.ts';
import { choose, drawTask, type Source, useVersus } from './useVersus.ts';

const SOURCES: readonly { value: Source; text: string; title: string }[] = [
  { value: 'held-out', text: msg('Held out'), title: msg('Programs that nobody ever trains on') },
  {
    value: 'buffer',
    text: msg('Its own tasks'),
    title: msg('Tasks of the buffer, which the reasoner invented'),
  },
];

const YOURS = { output: msg('Your output'), input: msg('Your input'), program: msg('Your program') } as const;

/** The visitor answers first, Python judges, then the reasoner's tries appear. */
export function Versus() {
  const ask = useAsk();
  const { book } = useRun((run) => run.tasks);
  const { source, kind, task, judged, tries, isBusy, problem } = useVersus();

  const next = async () => {
    useVersus.setState({ problem: '' });
    try {
      const tasks = source === 'buffer' ? book.all() : await ask({ about: 'suite' });
      if (!drawTask(tasks)) useVersus.setState({ problem: nothingThere(source) });
    } catch (error) {
      useVersus.setState({ problem: sentenceOf(error) });
    }
  };
  return (
    <div className="play-columns">
      <div className="play-form">
        <p>
          {t('You answer first, then the reasoner tries the same task {tries} times. Python judges both.', {
            tries: TRIES,
          })}
        </p>
        <div className="play-choices">
          <Segmented
            label={t('Tasks')}
            options={SOURCES.map(({ value, text, title }) => ({
              value,
              text: again(text),
              title: again(title),
            }))}
            value={source}
            onChange={(chosen) => choose({ source: chosen })}
          />
          <KindChoice kind={kind} onChoose={(chosen) => choose({ kind: chosen })} />
        </div>
        {task && <TaskAsked task={task} isOpen={judged !== null} />}
        {task && !judged && <AnswerForm key={`${task.program}\n${task.input}`} />}
        <button
          type="button"
          className={task && !judged ? 'button' : 'button button-primary'}
          disabled={isBusy}
          onClick={next}
        >
          {task ? t('Another task') : t('Give me a task')}
        </button>
        {problem && (
          <p role="alert" className="play-problem">
            {again(problem)}
          </p>
        )}
      </div>
      <section className="play-result" aria-label={t('What came of it')}>
        <div role="status">
          {judged ? (
            <p>
              <strong>{judged.verdict === 'correct' ? t('You are right.') : t('That is not it.')}</strong>{' '}
              {again(judged.detail)}
            </p>
          ) : (
            <p className="muted">
              {isBusy
                ? t('Python judges your answer.')
                : t('The reasoner’s tries appear when you have answered.')}
            </p>
          )}
          {judged && !tries && isBusy && (
            <p className="muted">
              {t('The reasoner tries it {tries} times, as soon as it is free.', { tries: TRIES })}
            </p>
          )}
        </div>
        {task && tries && <TryColumns task={task} tries={tries} />}
        <Score />
      </section>
    </div>
  );
}

function AnswerForm() {
  const ask = useAsk();
  const id = useId();
  const { task, answer, isBusy } = useVersus();
  if (!task) return null;
  const { asks } = SPECS[task.kind];
  const judge = async (event: FormEvent) => {
    event.preventDefault();
    const { drawn } = useVersus.getState();
    const tell = (changes: Partial<ReturnType<typeof useVersus.getState>>) => {
      if (useVersus.getState().drawn === drawn && useVersus.getState().task === task) {
        useVersus.setState(changes);
      }
    };
    tell({ isBusy: true, problem: '' });
    try {
      const judged = await ask({ about: 'answer', task, answer });
      // What nobody can read is no answer yet: it may be mended.
      if (judged.verdict === 'format') return tell({ problem: judged.detail, isBusy: false });
      tell({ judged });
      const tries = await ask({ about: 'tries', task });
      const round = {
        you: judged.verdict === 'correct',
        base: tries.base.solveRate,
        now: (tries.now ?? tries.base).solveRate,
      };
      tell({ tries, isBusy: false, rounds: [...useVersus.getState().rounds, round] });
    } catch (error) {
      tell({ problem: sentenceOf(error), isBusy: false });
    }
  };
  const field = {
    id,
    className: 'mono',
    spellCheck: false,
    autoComplete: 'off',
    autoCapitalize: 'off',
    value: answer,
    onChange: (change: { target: { value: string } }) => useVersus.setState({ answer: change.target.value }),
  };
  return (
    <form className="play-form" onSubmit={judge}>
      <label htmlFor={id}>{again(YOURS[asks])}</label>
      {asks === 'program' ? <textarea {...field} rows={6} placeholder="def f(x):" /> : <input {...field} />}
      <button type="submit" className="button button-primary" disabled={isBusy || answer.trim() === ''}>
        {isBusy ? t('Asking …') : t('Answer')}
      </button>
    </form>
  );
}

function nothingThere(source: Source): string {
  return source === 'buffer'
    ? msg('There is no task of this kind in the buffer. Press Start to fill it, or play with held-out tasks.')
    : msg('There are no held-out tasks of this kind.');
}
