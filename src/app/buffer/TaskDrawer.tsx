import { Dialog } from 'radix-ui';
import { useEffect } from 'react';
import { usePage, useRun } from '../context.tsx';
import { Icon } from '../ui/Icon.tsx';
import { TaskDetails } from './TaskDetails.tsx';
import './drawer.css';

/** One task in full, beside the lab; the run goes on behind it. */
export function TaskDrawer({
  id,
  onOpen,
  onClose,
}: {
  id: string | null;
  onOpen: (id: string) => void;
  onClose: () => void;
}) {
  const { client } = usePage();
  const { book } = useRun((run) => run.tasks);
  const task = id === null ? undefined : book.get(id);

  useEffect(() => {
    if (id !== null) client.taskDetails(id);
  }, [id, client]);

  return (
    <Dialog.Root open={task !== undefined} onOpenChange={(isOpen) => !isOpen && onClose()} modal={false}>
      <Dialog.Portal>
        <Dialog.Content
          className="drawer"
          aria-describedby={undefined}
          onInteractOutside={(event) => event.preventDefault()}
        >
          <div className="drawer-head">
            <Dialog.Title>Task {task?.id}</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label="Close">
              <Icon name="close" />
            </Dialog.Close>
          </div>
          {task && <TaskDetails task={task} onOpen={onOpen} />}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
