import { Popover } from 'radix-ui';
import { again, t } from '../../words/words.ts';
import { TAGLINE } from '../text.ts';
import { Icon } from '../ui/Icon.tsx';
import { OutwardLinks } from './OutwardLinks.tsx';
import './about.css';

/** What this is, and where there is more: in the head of the page. */
export function About() {
  const label = t('About Kelvin');
  return (
    <Popover.Root>
      <Popover.Trigger className="icon-button about" aria-label={label} title={label}>
        <Icon name="info" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="popover" sideOffset={6} collisionPadding={12} aria-label={label}>
          <h3 translate="no">Kelvin</h3>
          <p>{again(TAGLINE)}</p>
          <OutwardLinks />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
