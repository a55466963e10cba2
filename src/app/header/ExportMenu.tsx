import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { metricsCsv, tasksJsonl } from '../../run/exports.ts';
import { usePage, useRun } from '../context.tsx';
import { Icon } from '../ui/Icon.tsx';

/** Takes the run home: the reasoner, the tasks it invented, the curves. */
export function ExportMenu() {
  const { client, store } = usePage();
  const hasTasks = useRun((run) => run.tasks.book.size > 0);
  const hasSteps = useRun((run) => run.metrics.revision > 0);
  const hasReasoner = useRun((run) => run.engine !== null && run.fatal === null);
  const [said, setSaid] = useState('');

  const saveReasoner = async () => {
    setSaid('Saving the reasoner after this stage');
    try {
      const bytes = await client.exportCheckpoint();
      save('model.safetensors', new Blob([bytes as Uint8Array<ArrayBuffer>]));
      setSaid('');
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
      setTimeout(() => setSaid(''), 4000);
    }
  };
  const saveText = (name: string, text: string) => save(name, new Blob([text], { type: 'text/plain' }));
  return (
    <span className="copy-link">
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="icon-button" aria-label="Download" title="Download">
          <Icon name="download" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="preset-list export-list" sideOffset={6} align="end">
            <DropdownMenu.Item className="preset-item" disabled={!hasReasoner} onSelect={saveReasoner}>
              <strong>Reasoner</strong>
              <p>model.safetensors, in the Hugging Face Llama layout</p>
            </DropdownMenu.Item>
            <DropdownMenu.Item
              className="preset-item"
              disabled={!hasTasks}
              onSelect={() => saveText('tasks.jsonl', tasksJsonl(store.getState().tasks.book))}
            >
              <strong>Tasks</strong>
              <p>tasks.jsonl, one verified task a line</p>
            </DropdownMenu.Item>
            <DropdownMenu.Item
              className="preset-item"
              disabled={!hasSteps}
              onSelect={() => saveText('metrics.csv', metricsCsv(store.getState().metrics.columns))}
            >
              <strong>Curves</strong>
              <p>metrics.csv, one step a row</p>
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <span role="status" className={said ? 'toast' : 'visually-hidden'}>
        {said}
      </span>
    </span>
  );
}

function save(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download holds the blob by then; without this every export would stay in memory.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
