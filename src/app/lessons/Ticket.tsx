import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import { again, t } from '../../words/words.ts';
import { save } from '../ui/save.ts';
import { forgetAnswers, useAnswers } from './answers.ts';
import type { Lesson } from './lesson.ts';
import { type Answers, ticketOf, ticketText } from './ticket.ts';

/** How a pupil's answers leave the page: as a file or on paper, without a server and without a name. */
export function Ticket({ lesson }: { lesson: Lesson }) {
  const answers = useAnswers((all) => all[lesson.id]);
  useEffect(() => {
    const done = () => {
      delete document.documentElement.dataset.print;
    };
    addEventListener('afterprint', done);
    return () => removeEventListener('afterprint', done);
  }, []);
  const saveText = () => {
    const text = ticketText(lesson, answers, new Date());
    save(`kelvin-${lesson.id}-answers.txt`, new Blob([text], { type: 'text/plain' }));
  };
  const print = () => {
    document.documentElement.dataset.print = 'ticket';
    window.print();
  };
  return (
    <section className="ticket" aria-labelledby="ticket-title">
      <h3 id="ticket-title">{t('Your exit ticket')}</h3>
      <p>
        {t(
          'All your answers of this lesson. They are only in this browser, without a name: hand them in as a file or on paper.',
        )}
      </p>
      <div className="exercise-buttons">
        <button type="button" className="button" onClick={saveText}>
          {t('Save as a text file')}
        </button>
        <button type="button" className="button" onClick={print}>
          {t('Print')}
        </button>
        <button type="button" className="button button-quiet" onClick={() => forgetAnswers(lesson.id)}>
          {t('Forget my answers')}
        </button>
      </div>
      {createPortal(<Paper lesson={lesson} answers={answers} />, document.body)}
    </section>
  );
}

/** Only on paper. */
function Paper({ lesson, answers }: { lesson: Lesson; answers: Answers | undefined }) {
  return (
    <article className="ticket-paper" aria-hidden="true">
      <h1>{again(lesson.title)}</h1>
      <p>{t('Exit ticket')}</p>
      <ol>
        {ticketOf(lesson, answers).map(({ question, answer }) => (
          <li key={question}>
            <p>{question}</p>
            <pre>{answer}</pre>
          </li>
        ))}
      </ol>
    </article>
  );
}
