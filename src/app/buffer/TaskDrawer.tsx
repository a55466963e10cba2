import { useEffect, useRef } from 'react';
import { t } from '../../words/words.ts';
import { useHere, usePage, useRun } from '../context.tsx';
import { count } from '../format.ts';
import { Drawer } from '../ui/Drawer.tsx';
import { Icon } from '../ui/Icon.tsx';
import { TaskDetails } from './TaskDetails.tsx';

/** One task in full, beside the lab; the run goes on behind it. */
export function TaskDrawer() {
  const { client, address } = usePage();
  // The family tree shows the chosen one itself.
  const id = useHere((here) => (here.view === 'family' ? null : here.task));
  const isOpening = useHere((here) => here.isOpening);
  const { book } = useRun((run) => run.tasks);
  const task = id === null ? undefined : book.get(id);

  useEffect(() => {
    if (id !== null) client.taskDetails(id);
  }, [id, client]);

  return (
    <Drawer
      className="drawer-task"
      title={t('Task {id}', { id: id ?? '' })}
      isOpen={task !== undefined || (id !== null && !isOpening)}
      onClose={() => address.go({ task: null })}
    >
      {id !== null && <TaskSteps id={id} />}
      {id !== null && (
        <FocusedPart key={id}>
          {task ? (
            <TaskDetails task={task} onOpen={(next) => address.go({ task: next })} />
          ) : (
            <p className="drawer-body">
              {t(
                'There is no task {id} in the buffer of this page now: it has left it, or it belongs to another run.',
                { id },
              )}
            </p>
          )}
        </FocusedPart>
      )}
    </Drawer>
  );
}

/** Back along the tasks that led here, and on to those that came before and after it. */
function TaskSteps({ id }: { id: string }) {
  const { address } = usePage();
  const walked = useHere((here) => here.walked);
  const { book } = useRun((run) => run.tasks);
  const all = book.all();
  const at = all.findIndex((task) => task.id === id);
  const older = at > 0 ? all[at - 1] : undefined;
  const newer = at >= 0 ? all[at + 1] : undefined;
  // In place of this one: Back is for what one came from.
  const step = (to: { id: string } | undefined) => to && address.go({ task: to.id }, { replace: true });
  return (
    <nav className="task-steps" aria-label={t('Other tasks')}>
      {walked > 0 && (
        <button type="button" className="button button-quiet" onClick={() => history.back()}>
          <Icon name="undo" size={14} />
          {t('Back')}
        </button>
      )}
      <button
        type="button"
        className="button button-quiet"
        disabled={!older}
        title={t('The task that came before it')}
        onClick={() => step(older)}
      >
        {t('Previous')}
      </button>
      <button
        type="button"
        className="button button-quiet"
        disabled={!newer}
        title={t('The task that came after it')}
        onClick={() => step(newer)}
      >
        {t('Next')}
      </button>
      {at >= 0 && (
        <button
          type="button"
          className="button button-quiet"
          title={t('Where it comes from, back to the seed')}
          onClick={() => address.go({ view: 'family', task: id })}
        >
          {t('Family')}
        </button>
      )}
      {at >= 0 && (
        <span className="muted">{t('{done} of {all}', { done: count(at + 1), all: count(all.length) })}</span>
      )}
    </nav>
  );
}

/** Begins at its top, and takes the focus where what had it went with the task before. */
function FocusedPart({ children }: { children: React.ReactNode }) {
  const part = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) {
      part.current?.querySelector<HTMLElement>('.drawer-body')?.focus();
    }
  }, []);
  return (
    <div className="drawer-part" ref={part}>
      {children}
    </div>
  );
}
