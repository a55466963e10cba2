import { useState } from 'react';
import { isSeedInUrl, writeSession } from '../../run/session.ts';
import { usePage } from '../context.tsx';
import { IconButton } from '../ui/Bits.tsx';

/** Copies a link that restores preset, seed and every changed value. */
export function CopyLink() {
  const { session } = usePage();
  const [said, setSaid] = useState('');
  const copy = async () => {
    const link = `${location.origin}${location.pathname}?${writeSession(session.getState())}`;
    try {
      await navigator.clipboard.writeText(link);
      const isWhole = isSeedInUrl(session.getState());
      setSaid(isWhole ? 'Link copied' : 'Link copied without your program, which is too long for one');
    } catch {
      // Clipboard access can be refused; the address bar holds the same link.
      setSaid('Copying is blocked: copy the address instead');
    }
    setTimeout(() => setSaid(''), 2500);
  };
  return (
    <span className="copy-link">
      <IconButton
        icon={said.startsWith('Link copied') ? 'check' : 'link'}
        label="Copy link to this set-up"
        onClick={copy}
      />
      <span role="status" className={said ? 'toast' : 'visually-hidden'}>
        {said}
      </span>
    </span>
  );
}
