import { Dialog } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { t } from '../../words/words.ts';
import { Icon } from './Icon.tsx';
import './drawer.css';

/** Something in full, beside the lab; the run goes on behind it. When it closes, the focus goes back to where it was. */
export function Drawer({
  title,
  isOpen,
  onClose,
  children,
  className = '',
}: {
  title: ReactNode;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  className?: string;
}) {
  const openedFrom = useRef<HTMLElement[]>([]);
  return (
    <Dialog.Root open={isOpen} onOpenChange={(opens) => !opens && onClose()} modal={false}>
      <Dialog.Portal>
        <Dialog.Content
          className={`drawer ${className}`}
          aria-describedby={undefined}
          onOpenAutoFocus={() => {
            openedFrom.current = focusPath(document.activeElement);
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            openedFrom.current.find((element) => element.isConnected)?.focus();
          }}
          onInteractOutside={(event) => event.preventDefault()}
        >
          <div className="drawer-head">
            <Dialog.Title>{title}</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label={t('Close')}>
              <Icon name="close" />
            </Dialog.Close>
          </div>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/**
 * What has the focus, and what around it can have it. A row of a list that lives may be gone when the drawer closes;
 * the list itself is not.
 */
function focusPath(focused: Element | null): HTMLElement[] {
  const path: HTMLElement[] = [];
  for (let at = focused; at instanceof HTMLElement && at !== document.body; at = at.parentElement) {
    if (at === focused || at.matches('[tabindex]')) path.push(at);
  }
  return path;
}
