import { type ReactNode, useEffect } from 'react';
import { t } from '../../../words/words.ts';
import { answerTo, note, useAnswers } from '../answers.ts';
import { useBeside } from '../beside.ts';
import type { DoExercise } from '../lesson.ts';
import { Marked } from '../Marked.tsx';
import { usePageState } from '../usePageState.ts';
import type { Asked } from './asked.ts';

/** Something to do on the page: noted as done by itself. `children`: what stands in for it where it takes the live reasoner. */
export function Do({ exercise, lesson, page, children }: Asked<DoExercise> & { children: ReactNode }) {
  const { id, after, live } = exercise;
  const isDone = useAnswers((all) => answerTo(all[lesson], exercise)) !== undefined;
  // Before its scene is set, what the page shows is of the page before.
  const isSet = useBeside(({ setFor }) => setFor === page);
  const state = usePageState(isSet);
  const isDoneNow = !isDone && state !== null && exercise.isDone(state);
  useEffect(() => {
    if (isDoneNow) note(lesson, id, { type: 'do', isDone: true });
  }, [isDoneNow, lesson, id]);
  return (
    <>
      <div role="status">
        {isDone ? (
          <p className="exercise-outcome">
            <strong>{t('Done.')}</strong> <Marked text={after} />
          </p>
        ) : (
          <p className="muted">{t('Do it in the lab; this page notices.')}</p>
        )}
      </div>
      {live && (
        <details className="exercise-instead">
          <summary>{t('Not possible here? Do it from the recording.')}</summary>
          <p>
            <Marked text={live.instead} />
          </p>
          {children}
        </details>
      )}
    </>
  );
}
