import { type KeyboardEvent, useDeferredValue, useMemo, useState } from 'react';
import type { Task } from '../../tasks/task.ts';
import { t } from '../../words/words.ts';
import { usePage, useRun } from '../context.tsx';
import { count } from '../format.ts';
import { KindTag, SolveGauge } from '../ui/Bits.tsx';
import { InlineCode } from '../ui/Code.tsx';
import { useWindow } from '../ui/useWindow.ts';
import { FilterBar } from './FilterBar.tsx';
import { countChoices, NO_FILTERS, selectTasks } from './filters.ts';
import { bodyOf, summary } from './TaskLine.tsx';
import './browser.css';

const ROW = 34;

/** Every task of the buffer: filtered, sorted, and drawn only where it is looked at. */
export function BufferView({ openTask, onOpen }: { openTask: string | null; onOpen: (id: string) => void }) {
  const { address } = usePage();
  const { revision, book } = useRun((run) => run.tasks);
  const [filters, setFilters] = useState(NO_FILTERS);
  // Typing stays quick while ten thousand tasks are sorted.
  const settled = useDeferredValue(filters);
  const { tasks, choices } = useMemo(() => {
    void revision;
    const all = book.all();
    return { tasks: selectTasks(all, settled), choices: countChoices(all, settled) };
  }, [book, revision, settled]);
  const [row, setRow] = useState(0);
  const { ref, first, last, reveal, rowAfter } = useWindow(tasks.length, ROW);
  const current = Math.min(row, Math.max(0, tasks.length - 1));

  const move = (press: KeyboardEvent) => {
    const task = tasks[current];
    if (press.key === 'Enter' && task) {
      // The drawer takes the focus at once: the same press would go on to its Close button.
      press.preventDefault();
      return onOpen(task.id);
    }
    const next = rowAfter(press.key, current);
    if (next === null) return;
    press.preventDefault();
    setRow(next);
    reveal(next);
  };

  return (
    <section className="panel browser" aria-label={t('Task buffer')}>
      <FilterBar filters={filters} onChange={setFilters} {...choices} />
      <p className="browser-count">
        {book.size === 0
          ? t('The buffer is empty. Press Start to fill it.')
          : tasks.length === book.size
            ? t('{n} tasks', { n: count(tasks.length) })
            : t('{shown} of {all} tasks', { shown: count(tasks.length), all: count(book.size) })}
        {book.size > 0 && (
          <button
            type="button"
            className="button"
            title={t('Which task grew from which, back to the seed')}
            onClick={() => address.go({ view: 'family' })}
          >
            {t('Family tree')}
          </button>
        )}
      </p>
      {tasks.length > 0 ? (
        <div className="browser-row browser-head" aria-hidden="true">
          <span>{t('kind')}</span>
          <span>{t('program')}</span>
          <span className="browser-io">{t('input and output')}</span>
          <span>{t('solved')}</span>
          <span className="browser-step">{t('from')}</span>
        </div>
      ) : (
        book.size > 0 && (
          <p className="browser-none">
            {t('No task is like this.')}{' '}
            <button
              type="button"
              className="button"
              onClick={() => setFilters({ ...NO_FILTERS, sort: filters.sort })}
            >
              {t('Show all {tasks}', { tasks: count(book.size) })}
            </button>
          </p>
        )
      )}
      <div
        ref={ref}
        className="browser-scroll"
        role="listbox"
        aria-label={t('Tasks')}
        tabIndex={0}
        aria-activedescendant={tasks[current] ? rowId(tasks[current]) : undefined}
        onKeyDown={move}
      >
        <div style={{ height: tasks.length * ROW }} role="presentation">
          {tasks.slice(first, last).map((task, at) => (
            <Row
              key={task.id}
              task={task}
              top={(first + at) * ROW}
              position={first + at + 1}
              total={tasks.length}
              isCurrent={first + at === current}
              isOpen={task.id === openTask}
              onOpen={() => {
                setRow(first + at);
                onOpen(task.id);
              }}
            />
          ))}
        </div>
      </div>
    </section>
  );
}

function rowId(task: Task): string {
  return `task-${task.id}`;
}

function Row({
  task,
  top,
  position,
  total,
  isCurrent,
  isOpen,
  onOpen,
}: {
  task: Task;
  top: number;
  position: number;
  total: number;
  isCurrent: boolean;
  isOpen: boolean;
  onOpen: () => void;
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys for all of its rows
    <div
      id={rowId(task)}
      className="browser-row"
      role="option"
      tabIndex={-1}
      aria-selected={isOpen}
      aria-posinset={position}
      aria-setsize={total}
      data-current={isCurrent}
      data-kind={task.kind}
      style={{ top, height: ROW }}
      onClick={onOpen}
    >
      <KindTag kind={task.kind} short />
      <InlineCode text={bodyOf(task.program)} />
      <span className="browser-io mono">{summary(task)}</span>
      <SolveGauge rate={task.solveRate} />
      <span className="browser-step">
        {task.step === 0 ? t('seed') : t('step {step}', { step: task.step })}
      </span>
    </div>
  );
}
