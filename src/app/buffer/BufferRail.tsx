import { useMemo, useRef } from 'react';
import type { Task } from '../../tasks/task.ts';
import { t } from '../../words/words.ts';
import { useBeginning } from '../beginning.ts';
import { useHere, useRun, useSession } from '../context.tsx';
import { count } from '../format.ts';
import { Rich } from '../language/Rich.tsx';
import { Code } from '../ui/Code.tsx';
import { useHold } from '../ui/useHold.ts';
import { StateBar } from './StateBar.tsx';
import { TaskLine } from './TaskLine.tsx';
import './rail.css';

/** Tasks the rail shows; the browser has them all. */
const SHOWN = 60;

/** The growing buffer beside the loop: how hard its tasks are, and the newest of them. */
export function BufferRail({ onOpen, onBrowse }: { onOpen: (id: string) => void; onBrowse: () => void }) {
  const { revision, book } = useRun((run) => run.tasks);
  const { isHeld, whileLooking } = useHold();
  const newest = useNewest(isHeld);
  const openTask = useHere((here) => here.task);
  const counts = useMemo(() => {
    void revision;
    return book.countByState();
  }, [book, revision]);
  return (
    <section className="panel buffer-rail" aria-labelledby="rail-title">
      <div className="rail-head">
        <h2 id="rail-title">{t('Task buffer')}</h2>
        {isHeld && <span className="rail-held">{t('list held while you look')}</span>}
        <button type="button" className="button button-quiet rail-browse" onClick={onBrowse}>
          {book.size > 0 ? t('Browse all {tasks}', { tasks: count(book.size) }) : t('Browse')}
        </button>
      </div>
      {book.size === 0 ? (
        <RailBeforeStart />
      ) : (
        <>
          <StateBar counts={counts} />
          <section
            className="rail-scroll"
            aria-label={t('Newest tasks')}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
            tabIndex={0}
            {...whileLooking}
          >
            <ol className="rail-list">
              {newest.map((task) => (
                <li key={task.id}>
                  <button
                    type="button"
                    aria-current={task.id === openTask ? 'true' : undefined}
                    onClick={() => onOpen(task.id)}
                  >
                    <TaskLine task={task} />
                  </button>
                </li>
              ))}
            </ol>
          </section>
        </>
      )}
    </section>
  );
}

/** The newest tasks, newest first. While held the list stands still, so that a row can be pressed. */
function useNewest(isHeld: boolean): readonly Task[] {
  const { revision, book } = useRun((run) => run.tasks);
  const shown = useRef<{ book: typeof book; tasks: readonly Task[] }>({ book, tasks: [] });
  return useMemo(() => {
    void revision;
    const isOfThisRun = shown.current.book === book;
    const tasks =
      isHeld && isOfThisRun && shown.current.tasks.length > 0
        ? shown.current.tasks.map((task) => book.get(task.id) ?? task)
        : book.all().slice(-SHOWN).reverse();
    shown.current = { book, tasks };
    return tasks;
  }, [book, revision, isHeld]);
}

function RailBeforeStart() {
  const { text, programs } = useBeginning();
  const thinksAlready = useSession(({ config: { base } }) => base !== 'shipped' && base !== 'warm-up');
  return (
    <div className="rail-before">
      <p>
        {t(
          'Every task here will be invented by the reasoner and verified by Python. At the start there {programs, plural, =0 {is none at all.} =1 {is one program:} other {are # programs:}}',
          { programs },
        )}
      </p>
      {text !== null && (
        <div className="rail-seed">
          <Code text={text} />
        </div>
      )}
      <p>
        <Rich
          text="A task solved <b>sometimes</b> is worth most: there is something to learn. Open any task to see where it came from and every attempt at it."
          parts={{ b: <strong /> }}
        />
      </p>
      <h3>{t('What to watch for')}</h3>
      <ol>
        <li>{t('The buffer grows from one program to hundreds of tasks.')}</li>
        {thinksAlready ? (
          <>
            <li>
              {t('The reasoner’s questions get longer: earlier programs become the first lines of new ones.')}
            </li>
            <li>
              {t(
                'The answers follow. On the ladder the rows above the line rise: programs longer than any it was shown.',
              )}
            </li>
            <li>
              {t(
                'The rows below the line must not fall. Guess now: after how many steps does one above move?',
              )}
            </li>
          </>
        ) : (
          <>
            <li>
              {t(
                'Thinking pays, and spreads: from about a third of the attempts to nearly all, all of a sudden.',
              )}
            </li>
            <li>{t('Responses lengthen, in abduction most: it guesses, tries, and guesses again.')}</li>
            <li>{t('Held-out accuracy leaves the base’s line behind. Guess now: after how many steps?')}</li>
          </>
        )}
      </ol>
      <p>
        {t(
          'All of it runs in this tab, on your own machine. You can pause, take single steps, and change any number in the settings.',
        )}
      </p>
    </div>
  );
}
