import { t } from '../../words/words.ts';
import { useShelf } from '../context.tsx';
import { Rich } from '../language/Rich.tsx';

/** In a frame of another page: that nothing is kept, where nothing is, and what can be done here at all. */
export function EmbedNote() {
  const isKeptNowhere = useShelf((shelf) => shelf.problem !== '');
  if (!isKeptNowhere) return null;
  return (
    <p className="embed-note" role="note">
      <Rich
        text="<b>Nothing is kept in this frame:</b> the page around it gives it no storage. A reload begins anew."
        parts={{ b: <strong /> }}
      />{' '}
      {origin === 'null' && t('Recordings play here; to train, open Kelvin in a tab of its own.')}
    </p>
  );
}
