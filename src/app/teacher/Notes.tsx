import type { ReactNode } from 'react';
import { again, t } from '../../words/words.ts';
import type { Lesson } from '../lessons/lesson.ts';
import { Marked } from '../lessons/Marked.tsx';

/** What a teacher reads before the lesson, and lays beside it. */
export function Notes({ lesson: { goal, minutes, pages, teacher } }: { lesson: Lesson }) {
  const { timing, prepare, expect, goesWrong, answers, discuss } = teacher;
  const nameOf = (exercise: string) => pages.find((page) => page.exercise?.id === exercise)?.title;
  return (
    <div className="teacher-notes">
      <Part title={t('Goal')}>
        <p>
          <Marked text={goal} />
        </p>
        <p className="muted">
          {t('{minutes} min, {pages, plural, one {# page} other {# pages}}.', {
            minutes,
            pages: pages.length,
          })}
        </p>
      </Part>
      <Part title={t('Timing')}>
        <table>
          <tbody>
            {timing.map(({ from, what }, at) => (
              <tr key={from}>
                <th scope="row">{t('{from}–{to} min', { from, to: timing[at + 1]?.from ?? minutes })}</th>
                <td>
                  <Marked text={what} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Part>
      <List title={t('Have ready')} texts={prepare} />
      <List title={t('What to expect')} texts={expect} />
      <Part title={t('What goes wrong')}>
        <dl>
          {goesWrong.map(({ what, help }) => (
            <div key={what}>
              <dt>
                <Marked text={what} />
              </dt>
              <dd>
                <Marked text={help} />
              </dd>
            </div>
          ))}
        </dl>
      </Part>
      <Part title={t('Answers')}>
        <dl>
          {answers.map(({ exercise, text }) => (
            <div key={exercise}>
              <dt>{again(nameOf(exercise) ?? exercise)}</dt>
              <dd>
                <Marked text={text} />
              </dd>
            </div>
          ))}
        </dl>
        <p className="muted">{t('What a page says itself is on the sheet of answers.')}</p>
      </Part>
      <List title={t('To talk about')} texts={discuss} />
    </div>
  );
}

function List({ title, texts }: { title: string; texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <Part title={title}>
      <ul>
        {texts.map((text) => (
          <li key={text}>
            <Marked text={text} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
