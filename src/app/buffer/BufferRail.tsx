import { useMemo } from 'react';
import { useRun } from '../context.tsx';
import { count } from '../format.ts';
import { SEED_PROGRAM } from '../text.ts';
import { Code } from '../ui/Code.tsx';
import { StateBar } from './StateBar.tsx';
import { TaskLine } from './TaskLine.tsx';
import './buffer.css';

/** Tasks the rail shows; the browser has them all. */
const SHOWN = 60;

/** The growing buffer beside the loop: how hard its tasks are, and the newest of them. */
export function BufferRail({ onOpen, onBrowse }: { onOpen: (id: string) => void; onBrowse: () => void }) {
  const { revision, book } = useRun((run) => run.tasks);
  const newest = useMemo(() => {
    void revision;
    return book.all().slice(-SHOWN).reverse();
  }, [book, revision]);
  return (
    <section className="panel buffer-rail" aria-labelledby="rail-title">
      <div className="rail-head">
        <h2 id="rail-title">Task buffer</h2>
        <button type="button" className="button button-quiet rail-browse" onClick={onBrowse}>
          Browse {book.size > 0 ? `all ${count(book.size)}` : ''}
        </button>
      </div>
      {book.size === 0 ? (
        <RailBeforeStart />
      ) : (
        <>
          <StateBar counts={book.countByState()} />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
          <section className="rail-scroll" tabIndex={0} aria-label="Newest tasks">
            <ol className="rail-list">
              {newest.map((task) => (
                <li key={task.id}>
                  <button type="button" onClick={() => onOpen(task.id)}>
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

function RailBeforeStart() {
  return (
    <div className="rail-before">
      <p>
        Every task here will be invented by the reasoner and verified by Python. At the start there is one
        program:
      </p>
      <div className="rail-seed">
        <Code text={SEED_PROGRAM} />
      </div>
      <p>
        A task solved <strong>sometimes</strong> is worth most: there is something to learn. Open any task to
        see where it came from and every attempt at it.
      </p>
    </div>
  );
}
