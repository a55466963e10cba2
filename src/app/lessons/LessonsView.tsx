import { again, t } from '../../words/words.ts';
import { usePage } from '../context.tsx';
import { useAnswers } from './answers.ts';
import type { Lesson } from './lesson.ts';
import { exercisesOf, LESSONS } from './lessons.ts';
import './lessons.css';

/** Every lesson with what it is for. */
export default function LessonsView() {
  const { address } = usePage();
  return (
    <section className="panel lessons" aria-labelledby="lessons-title">
      <div className="chart-title">
        <h2 id="lessons-title">{t('Lessons')}</h2>
        <p>
          {t(
            'Each opens as a book beside the lab. What it shows is recorded: nothing is waited for, and no graphics card is needed.',
          )}
        </p>
      </div>
      <ol className="lessons-list">
        {LESSONS.map((lesson, at) => (
          <LessonCard key={lesson.id} lesson={lesson} number={at + 1} />
        ))}
      </ol>
      <p className="lessons-teacher">
        <button type="button" className="term-link" onClick={() => address.go({ view: 'teacher' })}>
          {t('For teachers')}
        </button>{' '}
        <span className="muted">
          {t('Is this room ready? Timing, answers, links with a QR code, worksheets to print.')}
        </span>
      </p>
    </section>
  );
}

function LessonCard({ lesson, number }: { lesson: Lesson; number: number }) {
  const { address } = usePage();
  const answers = useAnswers((all) => all[lesson.id]) ?? {};
  const { id, title, goal, minutes, pages } = lesson;
  const exercises = exercisesOf(lesson);
  const answered = exercises.filter((exercise) => answers[exercise.id]).length;
  const open = () => {
    // Where a page says nothing of it, a lesson is read beside the lab.
    address.go({ view: 'lab' });
    address.turnTo({ id, page: 1 });
  };
  return (
    <li>
      <h3>
        {number}. {again(title)}
      </h3>
      <p>{again(goal)}</p>
      <p className="muted">
        {t(
          '{minutes, plural, one {# minute} other {# minutes}}, {pages, plural, one {# page} other {# pages}}',
          {
            minutes,
            pages: pages.length,
          },
        )}
        {answered > 0 && (
          <>
            {' · '}
            {t('{answered} of {all} answered', { answered, all: exercises.length })}
          </>
        )}
      </p>
      <button
        type="button"
        className="button button-primary"
        aria-label={t('Open “{title}”', { title: again(title) })}
        onClick={open}
      >
        {t('Open')}
      </button>
    </li>
  );
}
