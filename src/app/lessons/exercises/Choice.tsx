import { useState } from 'react';
import { t } from '../../../words/words.ts';
import { answerTo, note, useAnswers } from '../answers.ts';
import type { ChoiceExercise } from '../lesson.ts';
import { Marked } from '../Marked.tsx';
import { isAllRight } from './allRight.ts';
import type { Asked } from './asked.ts';

/** Options to take; once answered, each says why it is right or not. */
export function Choice({ exercise, lesson }: Asked<ChoiceExercise>) {
  const answer = useAnswers((all) => answerTo(all[lesson], exercise));
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const right = exercise.options.flatMap(({ isRight }, at) => (isRight ? [at] : []));
  const isSingle = right.length === 1;
  const taken = answer?.chosen ?? chosen;
  const take = (at: number, isTaken: boolean) =>
    setChosen(isSingle ? [at] : isTaken ? [...chosen, at] : chosen.filter((each) => each !== at));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        note(lesson, exercise.id, { type: 'choice', chosen: [...chosen].sort() });
      }}
    >
      {!isSingle && <p className="muted">{t('Take {number}.', { number: right.length })}</p>}
      <fieldset className="choice" aria-labelledby={`exercise-${exercise.id}`}>
        {exercise.options.map(({ text, isRight, why }, at) => (
          <div
            key={text}
            className="choice-option"
            data-right={answer && isRight}
            data-taken={taken.includes(at)}
          >
            <label>
              <input
                type={isSingle ? 'radio' : 'checkbox'}
                name={exercise.id}
                checked={taken.includes(at)}
                disabled={
                  answer !== undefined || (!isSingle && chosen.length >= right.length && !chosen.includes(at))
                }
                onChange={(change) => take(at, change.target.checked)}
              />
              <span>
                <Marked text={text} />
              </span>
            </label>
            {answer && (
              <p>
                <strong>{isRight ? t('Right.') : t('No.')}</strong> <Marked text={why} />
              </p>
            )}
          </div>
        ))}
      </fieldset>
      {answer ? (
        <p role="status" className="exercise-outcome">
          {isAllRight(exercise, answer.chosen) ? t('You have it.') : t('Not this time: read why.')}
        </p>
      ) : (
        <button type="submit" className="button button-primary" disabled={chosen.length < right.length}>
          {t('Answer')}
        </button>
      )}
    </form>
  );
}
