import { type KeyboardEvent, useDeferredValue, useMemo, useState } from 'react';
import type { Task } from '../../tasks/task.ts';
import { useRun } from '../context.tsx';
import { count } from '../format.ts';
import { KindTag, SolveGauge } from '../ui/Bits.tsx';
import { InlineCode } from '../ui/Code.tsx';
import { FilterBar } from './FilterBar.tsx';
import { NO_FILTERS, selectTasks } from './filters.ts';
import { bodyOf, summary } from './TaskLine.tsx';
import { useWindow } from './useWindow.ts';
import './browser.css';

const ROW = 34;

/** Every task of the buffer: filtered, sorted, and drawn only where it is looked at. */
export function BufferView({ openTask, onOpen }: { openTask: string | null; onOpen: (id: string) => void }) {
  const { revision, book } = useRun((run) => run.tasks);
  const [filters, setFilters] = useState(NO_FILTERS);
  // Typing stays quick while ten thousand tasks are sorted.
  const settled = useDeferredValue(filters);
  const tasks = useMemo(() => {
    void revision;
    return selectTasks(book.all(), settled);
  }, [book, revision, settled]);
  const [row, setRow] = useState(0);
  const { ref, first, last, reveal } = useWindow(tasks.length, ROW);
  const current = Math.min(row, Math.max(0, tasks.length - 1));

  const move = (press: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((ref.current?.clientHeight ?? ROW) / ROW) - 1);
    const to: Record<string, number> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: tasks.length - 1,
    };
    const task = tasks[current];
    if (press.key === 'Enter' && task) {
      // The drawer takes the focus at once: the same press would go on to its Close button.
      press.preventDefault();
      return onOpen(task.id);
    }
    const next = to[press.key];
    if (next === undefined) return;
    press.preventDefault();
    const clamped = Math.max(0, Math.min(tasks.length - 1, next));
    setRow(clamped);
    reveal(clamped);
  };

  return (
    <section className="panel browser" aria-label="Task buffer">
      <FilterBar
        filters={filters}
        onChange={setFilters}
        byKind={book.countByKind()}
        byState={book.countByState()}
      />
      <p className="browser-count">
        {book.size === 0
          ? 'The buffer is empty. Press Start to fill it.'
          : tasks.length === book.size
            ? `${count(tasks.length)} tasks`
            : `${count(tasks.length)} of ${count(book.size)} tasks`}
      </p>
      <div
        ref={ref}
        className="browser-scroll"
        role="listbox"
        aria-label="Tasks"
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
      <span className="browser-step">{task.step === 0 ? 'seed' : `step ${task.step}`}</span>
    </div>
  );
}
