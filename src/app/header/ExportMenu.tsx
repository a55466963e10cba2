import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { again, t } from '../../words/words.ts';
import { usePage, useRun, useShelf } from '../context.tsx';
import { exportRun } from '../runs/exportRun.ts';
import { Icon } from '../ui/Icon.tsx';
import { save } from '../ui/save.ts';

/** Takes the run home: all of it, or the reasoner alone. */
export function ExportMenu() {
  const { client, keeper } = usePage();
  const current = useShelf((shelf) => shelf.current);
  const hasReasoner = useRun((run) => run.engine !== null && run.fatal === null);
  const [said, setSaid] = useState('');

  const saving = async (what: string, work: () => Promise<void>) => {
    setSaid(what);
    try {
      await work();
      setSaid('');
    } catch (error) {
      setSaid(again(error instanceof Error ? error.message : String(error)));
      setTimeout(() => setSaid(''), 4000);
    }
  };
  const saveReasoner = () =>
    saving(t('Saving the reasoner after this stage'), async () => {
      const bytes = await client.exportCheckpoint();
      save('model.safetensors', new Blob([bytes as Uint8Array<ArrayBuffer>]));
    });
  const saveRun = () =>
    saving(t('Packing the run'), async () => {
      if (current !== null) await exportRun(keeper, current);
    });
  return (
    <span className="copy-link">
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="icon-button" aria-label={t('Download')} title={t('Download')}>
          <Icon name="download" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="preset-list export-list" sideOffset={6} align="end">
            <DropdownMenu.Item className="preset-item" disabled={current === null} onSelect={saveRun}>
              <strong>{t('The run')}</strong>
              <p>
                {t(
                  'One zip up to its last whole step: tasks, attempts, metrics, the reasoner, what goes on with it',
                )}
              </p>
            </DropdownMenu.Item>
            <DropdownMenu.Item className="preset-item" disabled={!hasReasoner} onSelect={saveReasoner}>
              <strong>{t('Reasoner')}</strong>
              <p>{t('model.safetensors, in the Hugging Face Llama layout')}</p>
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
