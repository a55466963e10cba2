import { useState } from 'react';
import { again, t } from '../../words/words.ts';
import { LESSONS } from '../lessons/lessons.ts';
import { Segmented } from '../ui/Bits.tsx';
import { LinkPanel } from './LinkPanel.tsx';
import { Notes } from './Notes.tsx';
import { RoomCheck } from './RoomCheck.tsx';
import { Sheet } from './Sheet.tsx';
import './teacher.css';

type Paper = 'notes' | 'worksheet' | 'answers';

/** For who gives a lesson: is the room ready, what happens when, which link, which sheet of paper. */
export default function TeacherView() {
  const [id, setId] = useState(LESSONS[0]?.id ?? '');
  const [paper, setPaper] = useState<Paper>('notes');
  const lesson = LESSONS.find((each) => each.id === id) ?? LESSONS[0];
  return (
    <div className="teacher">
      <RoomCheck />
      {lesson && (
        <section className="panel teacher-lesson" aria-labelledby="teacher-lesson-title">
          <div className="chart-title">
            <h2 id="teacher-lesson-title">{t('A lesson')}</h2>
            <p>
              {t(
                'No accounts and no names: what pupils write stays in their browser, or leaves as a file or on paper.',
              )}
            </p>
          </div>
          <div className="teacher-do">
            <label className="teacher-which">
              {t('Lesson')}{' '}
              <select value={lesson.id} onChange={({ target }) => setId(target.value)}>
                {LESSONS.map(({ id: each, title }, at) => (
                  <option key={each} value={each}>
                    {t('{number} {title}', { number: at + 1, title: again(title) })}
                  </option>
                ))}
              </select>
            </label>
            <Segmented
              label={t('What is shown of it')}
              options={[
                { value: 'notes', text: t('Notes'), title: t('Goal, timing, what to expect') },
                { value: 'worksheet', text: t('Worksheet'), title: t('Its questions, with room to write') },
                { value: 'answers', text: t('Answers'), title: t('The same questions with their answers') },
              ]}
              value={paper}
              onChange={setPaper}
            />
            {paper !== 'notes' && (
              <button type="button" className="button button-primary" onClick={() => print()}>
                {t('Print')}
              </button>
            )}
          </div>
          {paper === 'notes' ? (
            <Notes lesson={lesson} />
          ) : (
            <Sheet key={`${lesson.id} ${paper}`} lesson={lesson} hasAnswers={paper === 'answers'} />
          )}
        </section>
      )}
      {lesson && <LinkPanel key={lesson.id} lesson={lesson} />}
    </div>
  );
}
