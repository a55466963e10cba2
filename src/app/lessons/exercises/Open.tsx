import { useState } from 'react';
import { t } from '../../../words/words.ts';
import { answerTo, note, useAnswers } from '../answers.ts';
import type { OpenExercise } from '../lesson.ts';
import { Marked } from '../Marked.tsx';
import type { Asked } from './asked.ts';

/** Letters from which on it is an answer. */
const SOMETHING = 10;

/** An answer in words, kept as it is written. */
export function Open({ exercise, lesson }: Asked<OpenExercise>) {
  const { id, lines = 4, model } = exercise;
  const text = useAnswers((all) => answerTo(all[lesson], exercise))?.text ?? '';
  const [isShown, setIsShown] = useState(false);
  return (
    <div className="play-form">
      <textarea
        className="exercise-open"
        rows={lines}
        aria-labelledby={`exercise-${id}`}
        value={text}
        onChange={(change) => note(lesson, id, { type: 'open', text: change.target.value })}
      />
      {model !== undefined &&
        (isShown ? (
          <p role="status">
            <strong>{t('One good answer:')}</strong> <Marked text={model} />
          </p>
        ) : (
          <button
            type="button"
            className="button"
            disabled={text.trim().length < SOMETHING}
            onClick={() => setIsShown(true)}
          >
            {t('Compare with a good answer')}
          </button>
        ))}
    </div>
  );
}
