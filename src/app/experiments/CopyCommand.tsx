import { useState } from 'react';
import { t } from '../../words/words.ts';

/** A command line with a button that copies it. */
export function CopyCommand({ command }: { command: string }) {
  const [said, setSaid] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(command);
      setSaid(t('Copied'));
    } catch {
      setSaid(t('Copying is blocked: select it instead'));
    }
    setTimeout(() => setSaid(''), 2500);
  };
  return (
    <span className="copy-command">
      <code>{command}</code>
      <button type="button" className="button button-quiet" onClick={copy}>
        {t('Copy')}
      </button>
      <span role="status">{said}</span>
    </span>
  );
}
