import { useEffect, useState } from 'react';
import type { Attempt } from '../../../tasks/task.ts';
import { t } from '../../../words/words.ts';
import { count, percent } from '../../format.ts';
import { TaskAsked } from '../../play/TaskAsked.tsx';
import { Segmented, VerdictMark } from '../../ui/Bits.tsx';
import { splitSolution } from '../../ui/responseText.ts';
import { answerTo, note, useAnswers } from '../answers.ts';
import type { CountExercise } from '../lesson.ts';
import { Marked } from '../Marked.tsx';
import { attemptsCounted } from '../truth.ts';
import type { Asked } from './asked.ts';

/** More numbers than these are typed. */
const MOST_BUTTONS = 10;

/** A guess of how many, then how many it were. */
export function Count({ exercise, lesson }: Asked<CountExercise>) {
  const { of, task, truth, after } = exercise;
  const answer = useAnswers((all) => answerTo(all[lesson], exercise));
  const [guess, setGuess] = useState('');
  const [problem, setProblem] = useState('');
  const reveal = async () => {
    setProblem('');
    try {
      const attempts = await attemptsCounted(exercise);
      const right = 'given' in truth ? truth.given : attempts.filter(isRight).length;
      note(lesson, exercise.id, { type: 'count', guess: Number(guess), truth: right });
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <>
      {task && <TaskAsked task={task} isOpen />}
      {answer ? (
        <>
          <p role="status" className="exercise-outcome">
            <strong>{t('{right} of {of}.', { right: count(answer.truth), of: count(of) })}</strong>{' '}
            {answer.guess === answer.truth
              ? t('Exactly what you guessed.')
              : t('You guessed {guess}.', { guess: count(answer.guess) })}
          </p>
          {!('given' in truth) && <Attempts exercise={exercise} />}
          <p>
            <Marked text={after} />
          </p>
        </>
      ) : (
        <>
          {of <= MOST_BUTTONS ? (
            <Segmented
              label={t('Your guess')}
              options={Array.from({ length: of + 1 }, (_, number) => ({
                value: `${number}`,
                text: count(number),
              }))}
              value={guess}
              onChange={setGuess}
            />
          ) : (
            <label className="count-guess">
              {t('Your guess, from 0 to {of}:', { of: count(of) })}{' '}
              <input
                type="number"
                min={0}
                max={of}
                step={1}
                value={guess}
                onChange={({ target }) => setGuess(wholeUpTo(of, target.value))}
              />
            </label>
          )}
          <button
            type="button"
            className="button button-primary"
            disabled={guess === ''}
            onClick={() => void reveal()}
          >
            {t('That is my guess')}
          </button>
          {problem && (
            <p role="alert" className="play-problem">
              {problem}
            </p>
          )}
        </>
      )}
    </>
  );
}

/** The attempts that were counted, one a line. */
function Attempts({ exercise }: { exercise: CountExercise }) {
  const [attempts, setAttempts] = useState<readonly Attempt[]>([]);
  useEffect(() => {
    let isOver = false;
    attemptsCounted(exercise).then(
      (counted) => !isOver && setAttempts(counted),
      () => {},
    );
    return () => {
      isOver = true;
    };
  }, [exercise]);
  if (attempts.length === 0) return null;
  return (
    <>
      <ol className="counted">
        {attempts.map((attempt, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: attempts have no other name
          <li key={at}>
            <VerdictMark verdict={attempt.verdict} />
            <span className="mono">{splitSolution(attempt.response).answer.replace(/<\d+>\s*/g, ' ⏎ ')}</span>
            <span className="muted">{attempt.thinks ? t('thinks first') : t('at once')}</span>
          </li>
        ))}
      </ol>
      <p className="muted">
        {t('Solve rate: {rate}.', { rate: percent(attempts.filter(isRight).length / attempts.length) })}
      </p>
    </>
  );
}

/** What was typed where it is a whole number in range; else nothing, which is no guess yet. */
function wholeUpTo(most: number, text: string): string {
  const value = Number(text);
  return text !== '' && Number.isInteger(value) && value >= 0 && value <= most ? text : '';
}

const isRight = ({ verdict }: Attempt) => verdict === 'correct';
