import { Dialog } from 'radix-ui';
import { again, t } from '../../words/words.ts';
import { SHORTCUTS } from './shortcuts.ts';
import { turnShortcuts, useShortcutsState } from './useShortcuts.ts';
import './shortcuts.css';

/** The keys of the page, and whether they act: opened by `?`. */
export function ShortcutsDialog() {
  const { isListed, isOn } = useShortcutsState();
  return (
    <Dialog.Root open={isListed} onOpenChange={(opens) => useShortcutsState.setState({ isListed: opens })}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="popover shortcuts" aria-describedby={undefined}>
          <Dialog.Title>{t('Keys')}</Dialog.Title>
          <dl>
            {SHORTCUTS.map(({ name, label, does }) => (
              <div key={name}>
                <dt>
                  <kbd>{again(label)}</kbd>
                </dt>
                <dd>{again(does)}</dd>
              </div>
            ))}
          </dl>
          <p className="muted">
            {t('They rest while you type, and Space still presses a button that has the focus.')}
          </p>
          <label>
            <input
              type="checkbox"
              checked={isOn}
              onChange={(change) => turnShortcuts(change.target.checked)}
            />
            {t('Use these keys')}
          </label>
          <Dialog.Close className="button button-primary">{t('Close')}</Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
