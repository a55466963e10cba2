import { type FormEvent, useId, useState } from 'react';
import { SPECS } from '../../../tasks/index.ts';
import { again, t } from '../../../words/words.ts';
import { TaskAsked } from '../../play/TaskAsked.tsx';
import { sentenceOf, useAsk } from '../../play/useAsk.ts';
import { Code } from '../../ui/Code.tsx';
import { answerTo, note, useAnswers } from '../answers.ts';
import type { SolveExercise } from '../lesson.ts';
import { Marked } from '../Marked.tsx';
import type { Asked } from './asked.ts';

/** A task by hand, which Python judges; where that cannot be had, there is a right answer to compare with. */
export function Solve({ exercise, lesson }: Asked<SolveExercise>) {
  const { task, hint, after } = exercise;
  const ask = useAsk();
  const id = useId();
  const noted = useAnswers((all) => answerTo(all[lesson], exercise));
  const [written, setWritten] = useState(noted?.answer ?? '');
  const [said, setSaid] = useState('');
  const [problem, setProblem] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [isHinted, setIsHinted] = useState(false);
  const isOver = noted?.outcome === 'right' || noted?.outcome === 'given up';

  const judge = async (event: FormEvent) => {
    event.preventDefault();
    setIsBusy(true);
    setProblem('');
    setSaid('');
    try {
      const { verdict, detail } = await ask({ about: 'answer', task, answer: written });
      // What nobody can read is no answer yet: it may be mended.
      if (verdict === 'format') setProblem(detail);
      else {
        setSaid(detail);
        const outcome = verdict === 'correct' ? 'right' : 'wrong';
        note(lesson, exercise.id, { type: 'solve', answer: written, outcome });
      }
    } catch (error) {
      setProblem(t('{why} You can compare with a right answer yourself.', { why: again(sentenceOf(error)) }));
    } finally {
      setIsBusy(false);
    }
  };
  const giveUp = () => note(lesson, exercise.id, { type: 'solve', answer: written, outcome: 'given up' });
  const field = {
    id,
    className: 'mono',
    spellCheck: false,
    autoComplete: 'off',
    autoCapitalize: 'off',
    value: written,
    readOnly: isOver,
    onChange: (change: { target: { value: string } }) => setWritten(change.target.value),
  };
  const { asks } = SPECS[task.kind];
  return (
    <form className="play-form" onSubmit={judge}>
      <TaskAsked task={task} isOpen={false} />
      <label htmlFor={id}>{YOURS[asks]()}</label>
      {asks === 'program' ? <textarea {...field} rows={4} placeholder="def f(x):" /> : <input {...field} />}
      {!isOver && (
        <div className="exercise-buttons">
          <button type="submit" className="button button-primary" disabled={isBusy || written.trim() === ''}>
            {isBusy ? t('Asking Python …') : t('Ask Python')}
          </button>
          {!isHinted && (
            <button type="button" className="button button-quiet" onClick={() => setIsHinted(true)}>
              {t('Hint')}
            </button>
          )}
          <button type="button" className="button button-quiet" onClick={giveUp}>
            {t('Show a right answer')}
          </button>
        </div>
      )}
      {isBusy && <p className="muted">{t('The first time, Python has to be loaded: some seconds.')}</p>}
      {problem && (
        <p role="alert" className="play-problem">
          {problem}
        </p>
      )}
      {!isOver && (isHinted || noted?.outcome === 'wrong') && (
        <p>
          <strong>{t('Hint:')}</strong> <Marked text={hint} />
        </p>
      )}
      <div role="status">
        {noted && !isBusy && <Outcome exercise={exercise} outcome={noted.outcome} said={said} />}
      </div>
      {isOver && (
        <p>
          <Marked text={after} />
        </p>
      )}
    </form>
  );
}

function Outcome({
  exercise,
  outcome,
  said,
}: {
  exercise: SolveExercise;
  outcome: 'right' | 'wrong' | 'given up';
  said: string;
}) {
  if (outcome === 'given up') {
    return (
      <>
        <p className="exercise-outcome">{t('A right answer:')}</p>
        <Code text={exercise.answer} />
      </>
    );
  }
  return (
    <p className="exercise-outcome">
      <strong>{outcome === 'right' ? t('You are right.') : t('That is not it.')}</strong> {again(said)}
    </p>
  );
}

const YOURS = {
  output: () => t('Your output'),
  input: () => t('Your input'),
  program: () => t('Your program'),
} as const;
