import { useEffect } from 'react';
import { usePage, useRun } from '../context.tsx';
import { Drawer } from '../ui/Drawer.tsx';
import { TaskDetails } from './TaskDetails.tsx';

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
    <Drawer title={`Task ${task?.id}`} isOpen={task !== undefined} onClose={onClose}>
      {task && <TaskDetails task={task} onOpen={onOpen} />}
    </Drawer>
  );
}
