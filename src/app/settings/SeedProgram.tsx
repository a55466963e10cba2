import { Popover } from 'radix-ui';
import { useState } from 'react';
import { t } from '../../words/words.ts';
import { usePage, useSession } from '../context.tsx';
import { Icon } from '../ui/Icon.tsx';
import { SeedEditor } from './SeedEditor.tsx';

/** The button that opens the editor of the seed program. */
export function SeedProgram() {
  const { session } = usePage();
  const own = useSession((state) => state.seedProgram);
  const [isOpen, setIsOpen] = useState(false);
  const use = (program: string | null) => {
    session.setState({ seedProgram: program });
    setIsOpen(false);
  };
  return (
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger
        className="icon-button"
        aria-label={own ? t('Seed program: your own') : t('Seed program')}
        title={t('Seed program')}
        data-on={own !== null}
      >
        <Icon name="code" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover seed-editor"
          sideOffset={6}
          collisionPadding={12}
          aria-label={t('Seed program')}
        >
          <SeedEditor onUse={use} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
