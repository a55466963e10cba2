import { useEffect, useState } from 'react';
import { useLab, useRun, useSession } from '../context.tsx';
import { timeLeft } from '../format.ts';
import { Icon } from '../ui/Icon.tsx';
import './notices.css';

/** What the reader should know and can go on without: wrong links, fall-backs, a tab that was out of sight. */
export function Notices() {
  const { client, session } = useLab();
  const faults = useRun((run) => run.notices);
  const problems = useSession((state) => state.problems);
  const [hiddenFor, setHiddenFor] = useHiddenTime();
  if (faults.length === 0 && problems.length === 0 && hiddenFor === null) return <div className="notices" />;
  return (
    <div className="notices" role="status">
      {problems.length > 0 && (
        <Notice onDismiss={() => session.setState({ problems: [] })}>
          <strong>
            {problems.length === 1 ? 'One value in the link is wrong.' : 'Some values in the link are wrong.'}
          </strong>{' '}
          {problems.map(({ message }) => message).join(' ')}
        </Notice>
      )}
      {faults.map(({ code, message, remedy }) => (
        <Notice key={code} onDismiss={() => client.dismiss(code)}>
          <strong>{message}</strong> {remedy}
        </Notice>
      ))}
      {hiddenFor !== null && (
        <Notice onDismiss={() => setHiddenFor(null)}>
          <strong>This tab was out of sight {hiddenFor}.</strong> The run went on, but browsers slow hidden
          tabs down: times and rates from then are not comparable.
        </Notice>
      )}
    </div>
  );
}

function Notice({ children, onDismiss }: { children: React.ReactNode; onDismiss: () => void }) {
  return (
    <div className="notice">
      <p>{children}</p>
      <button type="button" className="info-button" aria-label="Dismiss" onClick={onDismiss}>
        <Icon name="close" size={13} />
      </button>
    </div>
  );
}

/** Shorter absences change nothing. */
const NOTABLE_SECONDS = 20;

/** How long the tab was hidden during a run, in words; null when it was not or the note was dismissed. */
function useHiddenTime(): [string | null, (value: null) => void] {
  const { store } = useLab();
  const [words, setWords] = useState<string | null>(null);
  useEffect(() => {
    let hiddenAt = 0;
    const change = () => {
      const { state } = store.getState();
      const isWorking = state === 'running' || state === 'seeding' || state === 'warming-up';
      if (document.hidden) hiddenAt = isWorking ? performance.now() : 0;
      else if (hiddenAt > 0) {
        const seconds = (performance.now() - hiddenAt) / 1000;
        if (seconds >= NOTABLE_SECONDS)
          setWords(timeLeft(seconds).replace(' left', '').replace('about', 'for about'));
        hiddenAt = 0;
      }
    };
    document.addEventListener('visibilitychange', change);
    return () => document.removeEventListener('visibilitychange', change);
  }, [store]);
  return [words, setWords];
}
