import { again, t } from '../../words/words.ts';
import { count } from '../format.ts';
import type { Exercise, Lesson } from '../lessons/lesson.ts';
import { Marked } from '../lessons/Marked.tsx';
import { TaskAsked } from '../play/TaskAsked.tsx';
import { Code } from '../ui/Code.tsx';
import { CurvePaper } from './CurvePaper.tsx';

/** Lines for an answer in words, where the exercise does not say. */
const LINES = 4;

/** The questions of a lesson on paper, with room to write; or with their answers. It has a place for a group and none for a name. */
export function Sheet({ lesson, hasAnswers }: { lesson: Lesson; hasAnswers: boolean }) {
  const asked = lesson.pages.flatMap(({ title, code, exercise }) =>
    exercise ? [{ title, code, exercise }] : [],
  );
  return (
    <article className="sheet" data-of={hasAnswers ? 'answers' : 'worksheet'}>
      <header className="sheet-head">
        <h3>{hasAnswers ? t('{title}: answers', { title: again(lesson.title) }) : again(lesson.title)}</h3>
        {!hasAnswers && (
          <p className="sheet-who">
            {t('Group')} <span className="sheet-blank" /> {t('Date')} <span className="sheet-blank" />
          </p>
        )}
      </header>
      <ol className="sheet-questions">
        {asked.map(({ title, code, exercise }) => (
          <li key={exercise.id}>
            <p className="sheet-page">{again(title)}</p>
            <p>
              <Marked text={exercise.question} />
            </p>
            {code && <Code text={code} />}
            {hasAnswers ? <Answer exercise={exercise} lesson={lesson} /> : <Room exercise={exercise} />}
          </li>
        ))}
      </ol>
      <footer className="sheet-foot">Kelvin · {again(lesson.title)}</footer>
    </article>
  );
}

/** Where a pupil writes. */
function Room({ exercise }: { exercise: Exercise }) {
  switch (exercise.type) {
    case 'choice':
      return (
        <ul className="sheet-options">
          {exercise.options.map(({ text }) => (
            <li key={text}>
              <span className="sheet-box" aria-hidden="true" />
              <Marked text={text} />
            </li>
          ))}
        </ul>
      );
    case 'count':
      return (
        <>
          {exercise.task && <TaskAsked task={exercise.task} isOpen />}
          <p>
            {t('My guess:')} <span className="sheet-blank" /> {t('of {of}', { of: count(exercise.of) })}{' '}
            {t('It was:')} <span className="sheet-blank" />
          </p>
        </>
      );
    case 'curve':
      return <CurvePaper exercise={exercise} />;
    case 'solve':
      return (
        <>
          <TaskAsked task={exercise.task} isOpen={false} />
          <Ruled lines={exercise.task.kind === 'induction' ? 4 : 1} />
        </>
      );
    case 'do':
      return <Ruled lines={2} />;
    case 'open':
      return <Ruled lines={exercise.lines ?? LINES} />;
  }
}

/** What a page says itself, and what the teacher alone is told. */
function Answer({ exercise, lesson }: { exercise: Exercise; lesson: Lesson }) {
  const told = lesson.teacher.answers.find((each) => each.exercise === exercise.id)?.text;
  return (
    <div className="sheet-answer">
      {exercise.type === 'choice' && (
        <ul>
          {exercise.options.map(({ text, isRight, why }) => (
            <li key={text}>
              {isRight ? '✓' : '✕'} <Marked text={text} /> – <Marked text={why} />
            </li>
          ))}
        </ul>
      )}
      {exercise.type === 'count' && 'given' in exercise.truth && (
        <p>{t('It was {given} of {of}.', { given: count(exercise.truth.given), of: count(exercise.of) })}</p>
      )}
      {exercise.type === 'solve' && (
        <>
          <TaskAsked task={exercise.task} isOpen={false} />
          <p>
            <code>{exercise.answer}</code>
          </p>
        </>
      )}
      {'after' in exercise && (
        <p>
          <Marked text={exercise.after} />
        </p>
      )}
      {exercise.type === 'open' && exercise.model && (
        <p>
          <Marked text={exercise.model} />
        </p>
      )}
      {told && (
        <p>
          <Marked text={told} />
        </p>
      )}
    </div>
  );
}

function Ruled({ lines }: { lines: number }) {
  return (
    <div className="sheet-lines" aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
        <span key={line} />
      ))}
    </div>
  );
}
