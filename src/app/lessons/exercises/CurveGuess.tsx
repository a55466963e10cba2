import { useEffect, useState } from 'react';
import { t } from '../../../words/words.ts';
import type { Curve } from '../../experiments/curves.ts';
import { compact, percent, tenths } from '../../format.ts';
import { answerTo, note, useAnswers } from '../answers.ts';
import type { CurveExercise } from '../lesson.ts';
import { Marked } from '../Marked.tsx';
import { trueCurve, valuesAt } from '../truth.ts';
import type { Asked } from './asked.ts';
import { CurvePlot } from './CurvePlot.tsx';

/** A curve is dragged first; then the true one is drawn beside it. */
export function CurveGuess(asked: Asked<CurveExercise>) {
  const { exercise } = asked;
  const [curve, setCurve] = useState<Curve | null>(null);
  const [problem, setProblem] = useState('');
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt fetches again
  useEffect(() => {
    let isOver = false;
    setProblem('');
    trueCurve(exercise).then(
      (fetched) => !isOver && setCurve(fetched),
      (error: Error) => !isOver && setProblem(error.message),
    );
    return () => {
      isOver = true;
    };
  }, [exercise, attempt]);
  if (curve) return <Guess {...asked} curve={curve} />;
  if (!problem) return <p className="muted">{t('Loading …')}</p>;
  return (
    <p role="alert" className="play-problem">
      {problem}{' '}
      <button type="button" className="button" onClick={() => setAttempt(attempt + 1)}>
        {t('Try again')}
      </button>
    </p>
  );
}

function Guess({ exercise, lesson, curve }: Asked<CurveExercise> & { curve: Curve }) {
  const { at, range, unit, label, after } = exercise;
  const answer = useAnswers((all) => answerTo(all[lesson], exercise));
  const truth = valuesAt(curve, at);
  const [guess, setGuess] = useState(() => at.map(() => truth[0] ?? range[0]));
  const shown = answer?.guess.length === at.length ? answer.guess : guess;
  const format = unit === 'share' ? percent : compact;
  const isOpen = answer !== undefined;
  return (
    <>
      <CurvePlot
        label={label}
        at={at}
        range={range}
        format={format}
        guess={shown}
        truth={isOpen ? curve : null}
        onGuess={setGuess}
      />
      {isOpen ? (
        <>
          <p role="status" className="exercise-outcome">
            {t('The solid line is the true one.')} {howFar(distance(shown, truth), unit)}
          </p>
          <p>
            <Marked text={after} />
          </p>
        </>
      ) : (
        <>
          <p className="muted">
            {t('Drag the points, or reach them with Tab and move them with the arrow keys.')}
          </p>
          <button
            type="button"
            className="button button-primary"
            onClick={() => note(lesson, exercise.id, { type: 'curve', guess, truth })}
          >
            {t('Show the true curve')}
          </button>
        </>
      )}
    </>
  );
}

/** Mean distance of a guess from the truth, where that is known; the given beginning does not count. */
function distance(guess: readonly number[], truth: readonly (number | null)[]): number {
  const apart = guess.flatMap((value, index) => {
    const is = truth[index];
    return index === 0 || is == null ? [] : [Math.abs(value - is)];
  });
  return apart.reduce((sum, each) => sum + each, 0) / Math.max(1, apart.length);
}

function howFar(distance: number, unit: CurveExercise['unit']): string {
  return unit === 'share'
    ? t('On average you were {points, plural, one {# point} other {# points}} away.', {
        points: Math.round(distance * 100),
      })
    : t('On average you were {distance} away.', { distance: tenths(distance) });
}
