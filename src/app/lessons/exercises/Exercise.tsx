import type { Exercise as AnyExercise } from '../lesson.ts';
import { Marked } from '../Marked.tsx';
import type { Asked } from './asked.ts';
import { Choice } from './Choice.tsx';
import { Count } from './Count.tsx';
import { CurveGuess } from './CurveGuess.tsx';
import { Do } from './Do.tsx';
import { Open } from './Open.tsx';
import { Solve } from './Solve.tsx';
import '../../play/play.css';
import './exercises.css';

/** What a pupil does on a page. */
export function Exercise(asked: Asked<AnyExercise>) {
  return (
    <section className="exercise" aria-labelledby={`exercise-${asked.exercise.id}`}>
      <h3 id={`exercise-${asked.exercise.id}`}>
        <Marked text={asked.exercise.question} />
      </h3>
      <Body {...asked} />
    </section>
  );
}

function Body({ exercise, ...rest }: Asked<AnyExercise>) {
  switch (exercise.type) {
    case 'choice':
      return <Choice exercise={exercise} {...rest} />;
    case 'count':
      return <Count exercise={exercise} {...rest} />;
    case 'curve':
      return <CurveGuess exercise={exercise} {...rest} />;
    case 'solve':
      return <Solve exercise={exercise} {...rest} />;
    case 'do':
      return (
        <Do exercise={exercise} {...rest}>
          {exercise.live && <Exercise exercise={exercise.live.exercise} {...rest} />}
        </Do>
      );
    case 'open':
      return <Open exercise={exercise} {...rest} />;
  }
}
