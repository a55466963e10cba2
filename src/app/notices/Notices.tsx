import { useEffect, useState } from 'react';
import type { RunState } from '../../run/protocol.ts';
import { usePage, useRun, useSession } from '../context.tsx';
import { Icon } from '../ui/Icon.tsx';
import { watchAbsence } from './absence.ts';
import './notices.css';

/** States of a run whose pace a hidden tab changes. */
const WORKING: ReadonlySet<RunState> = new Set(['loading', 'warming-up', 'seeding', 'running']);

/** What the reader should know and can go on without: wrong links, fall-backs, a tab that was out of sight. */
export function Notices() {
  const { client, session } = usePage();
  const faults = useRun((run) => run.notices);
  const problems = useSession((state) => state.problems);
  const retired = useSession((state) => state.retired);
  const [hiddenFor, setHiddenFor] = useHiddenTime();
  if (faults.length === 0 && problems.length === 0 && retired === '' && hiddenFor === null) {
    return <div className="notices" />;
  }
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
      {retired !== '' && (
        <Notice onDismiss={() => session.setState({ retired: '' })}>
          <strong>This link is from an older Kelvin.</strong> {retired}
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

/** How long the tab was hidden during a run, in words; null when it was not or the note was dismissed. */
function useHiddenTime(): [string | null, (value: null) => void] {
  const { store } = usePage();
  const [words, setWords] = useState<string | null>(null);
  useEffect(() => {
    const isWorking = () => WORKING.has(store.getState().state);
    return watchAbsence(document, isWorking, setWords);
  }, [store]);
  return [words, setWords];
}
