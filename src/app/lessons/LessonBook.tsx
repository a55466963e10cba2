import { Fragment, useEffect, useRef } from 'react';
import { again, t } from '../../words/words.ts';
import { useHere, usePage } from '../context.tsx';
import { count } from '../format.ts';
import { IconButton } from '../ui/Bits.tsx';
import { Code } from '../ui/Code.tsx';
import { Icon } from '../ui/Icon.tsx';
import { pageKey, useBeside } from './beside.ts';
import { Exercise } from './exercises/Exercise.tsx';
import { type Lesson, type LessonPage, PANELS, type Panel } from './lesson.ts';
import { lessonNamed } from './lessons.ts';
import { Marked } from './Marked.tsx';
import { useScene } from './scene.ts';
import { Ticket } from './Ticket.tsx';
import { turnsPage } from './turns.ts';
import './lessons.css';

/** The lesson that the address names, beside the lab; on a projector only what it shows there. */
export default function LessonBook({ onSlowMotion }: { onSlowMotion: (secondsPerStage: number) => void }) {
  const { address, frame } = usePage();
  const place = useHere((here) => here.lesson);
  const lesson = place ? lessonNamed(place.id) : undefined;
  const number = Math.min(place?.page ?? 1, lesson?.pages.length ?? 1);
  const page = lesson?.pages[number - 1];
  useScene(lesson?.id ?? '', number, page, onSlowMotion);
  if (!place || frame.isProjector) return null;
  const toList = () => address.go({ view: 'lessons' });
  return (
    <aside className="lesson" aria-label={t('Lesson')}>
      <div className="lesson-head">
        <p>{lesson ? again(lesson.title) : t('Lesson')}</p>
        <button type="button" className="button button-quiet" onClick={toList}>
          {t('All lessons')}
        </button>
        <IconButton icon="close" label={t('Close the lesson')} onClick={() => address.turnTo(null)} />
      </div>
      {lesson && page ? (
        <BookPage lesson={lesson} page={page} number={number} />
      ) : (
        <p className="lesson-unknown" role="alert">
          {t('There is no lesson called “{name}”. Look among all lessons.', { name: place.id })}
        </p>
      )}
    </aside>
  );
}

function BookPage({ lesson, page, number }: { lesson: Lesson; page: LessonPage; number: number }) {
  const { address } = usePage();
  const heading = useRef<HTMLHeadingElement>(null);
  const body = useRef<HTMLElement>(null);
  const problem = useBeside((beside) => beside.problem);
  const pages = lesson.pages.length;
  const key = pageKey(lesson.id, number);
  const shown = useRef(key);
  const turn = (to: number) => {
    if (to >= 1 && to <= pages) address.turnTo({ id: lesson.id, page: to });
  };

  // A page that was turned begins at its heading; the first one leaves the focus where it is.
  useEffect(() => {
    if (shown.current === key) return;
    shown.current = key;
    body.current?.scrollTo(0, 0);
    heading.current?.closest('.lesson')?.scrollIntoView({ block: 'nearest' });
    heading.current?.focus({ preventScroll: body.current?.scrollHeight !== body.current?.clientHeight });
  }, [key]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const by = turnsPage(event, body.current?.closest('.lesson') ?? null);
      if (by === 0) return;
      // In the lab the same keys go a step back or on.
      event.preventDefault();
      turn(number + by);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section ref={body} className="lesson-page" tabIndex={0} aria-label={t('Page of the lesson')}>
        <p className="lesson-number">
          {t('Page {number} of {pages}', { number: count(number), pages: count(pages) })}
        </p>
        <h2 ref={heading} tabIndex={-1}>
          {again(page.title)}
        </h2>
        {page.text.map((text, at) => (
          <Fragment key={text}>
            <p>
              <Marked text={text} />
            </p>
            {at === 0 && page.code !== undefined && <Code text={page.code} />}
          </Fragment>
        ))}
        {problem && (
          <p role="alert" className="play-problem">
            {again(problem)}
          </p>
        )}
        {page.point && <Point panel={page.point} />}
        {page.exercise && <Exercise key={key} exercise={page.exercise} lesson={lesson.id} page={key} />}
        {number === pages && <Ticket lesson={lesson} />}
      </section>
      <nav className="lesson-turn" aria-label={t('Pages of the lesson')}>
        <button type="button" className="button" disabled={number === 1} onClick={() => turn(number - 1)}>
          {t('Back')}
        </button>
        <progress value={number} max={pages} aria-label={t('How far the lesson is')} />
        <button
          type="button"
          className="button button-primary"
          disabled={number === pages}
          onClick={() => turn(number + 1)}
        >
          {t('Next')} <Icon name="right" />
        </button>
      </nav>
    </>
  );
}

/** Lights a panel up. A rule and no attribute: panels come and go while the page is open. */
function Point({ panel }: { panel: Panel }) {
  return (
    <>
      <style>{`.app ${PANELS[panel]} { outline: 3px solid var(--focus); outline-offset: -2px; }`}</style>
      {/* On a phone the lab is below the lesson. */}
      <button
        type="button"
        className="button lesson-show"
        onClick={() => document.querySelector(PANELS[panel])?.scrollIntoView({ block: 'start' })}
      >
        {t('Show it in the lab')}
      </button>
    </>
  );
}
