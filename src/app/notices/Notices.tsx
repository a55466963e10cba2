import { useEffect, useState } from 'react';
import { isWorking } from '../../run/store.ts';
import { again, t } from '../../words/words.ts';
import { useHere, useOffline, usePage, useRun, useSession, useShelf } from '../context.tsx';
import { count } from '../format.ts';
import { Rich } from '../language/Rich.tsx';
import { leaveRun } from '../leaving/useLeaving.ts';
import { Icon } from '../ui/Icon.tsx';
import { watchAbsence } from './absence.ts';
import { UpdateNotice } from './UpdateNotice.tsx';
import './notices.css';

/** What the reader should know and can go on without: wrong links, fall-backs, a tab that was out of sight. */
export function Notices() {
  const { address, client, keeper, session } = usePage();
  const isRunMissing = useHere((here) => here.isRunMissing);
  const recordingProblem = useHere((here) => here.recordingProblem);
  const isReadOnly = useShelf((shelf) => shelf.shown?.isElsewhere === true);
  const left = useShelf((shelf) => shelf.left);
  const notices = useRun((run) => run.notices);
  // What holds for the whole visit is said once, not at every Start.
  const [isFallBackKnown, setFallBackKnown] = useState(false);
  const faults = notices.filter(({ code }) => code !== 'no-webgpu' || !isFallBackKnown);
  const problems = useSession((state) => state.problems);
  const retired = useSession((state) => state.retired);
  const [hiddenFor, setHiddenFor] = useHiddenTime();
  const hasUpdate = useOffline(({ update }) => update !== 'none');
  const isSilent = faults.length === 0 && problems.length === 0 && retired === '' && hiddenFor === null;
  if (isSilent && recordingProblem === '' && !isRunMissing && !isReadOnly && left === null && !hasUpdate)
    return <div className="notices" />;
  const openLeft = (id: string) =>
    leaveRun(keeper, () => {
      keeper.open(id).catch(() => keeper.forgetLeft());
    });
  return (
    <div className="notices" role="status">
      {hasUpdate && <UpdateNotice />}
      {isReadOnly && (
        <Notice>
          <strong>{t('Read-only: this run is open in another tab.')}</strong>{' '}
          {t(
            'Its steps are shown here as they are kept. Only one tab may go on with it: close it there, and it can go on here.',
          )}
        </Notice>
      )}
      {recordingProblem !== '' && (
        <Notice onDismiss={address.dismissMissing}>
          <strong>{t('The recording of this address does not play.')}</strong> {again(recordingProblem)}
        </Notice>
      )}
      {isRunMissing && (
        <Notice onDismiss={address.dismissMissing}>
          <strong>{t('The run of this address is not in this browser.')}</strong>{' '}
          {t(
            'Runs stay in the browser that made them, until they are deleted there. Its settings are here: Start runs it again.',
          )}
        </Notice>
      )}
      {left !== null && (
        <Notice onDismiss={() => keeper.forgetLeft()}>
          <strong>
            {t('“{name}” is kept in Runs, up to step {step}.', {
              name: again(left.name),
              step: count(left.step),
            })}
          </strong>{' '}
          <button type="button" className="notice-link" onClick={() => openLeft(left.id)}>
            {t('Open it again')}
          </button>
        </Notice>
      )}
      {problems.length > 0 && (
        <Notice onDismiss={() => session.setState({ problems: [] })}>
          <strong>
            {problems.length === 1
              ? t('One value in the link is wrong.')
              : t('Some values in the link are wrong.')}
          </strong>{' '}
          {problems.map(({ message }) => again(message)).join(' ')}
        </Notice>
      )}
      {retired !== '' && (
        <Notice onDismiss={() => session.setState({ retired: '' })}>
          <strong>{t('This link is from an older Kelvin.')}</strong> {again(retired)}
        </Notice>
      )}
      {faults.map(({ code, message, remedy }) => (
        <Notice
          key={code}
          onDismiss={() => {
            if (code === 'no-webgpu') setFallBackKnown(true);
            client.dismiss(code);
          }}
        >
          <strong>{again(message)}</strong> <span data-remedy={code}>{again(remedy)}</span>
        </Notice>
      ))}
      {hiddenFor !== null && (
        <Notice onDismiss={() => setHiddenFor(null)}>
          <Rich
            text="<b>This tab was out of sight {time}.</b> The run went on, but browsers slow hidden tabs down: times and rates from then are not comparable."
            parts={{ b: <strong /> }}
            values={{ time: hiddenFor }}
          />
        </Notice>
      )}
    </div>
  );
}

/** Without a way to dismiss it, it stays as long as what it says. */
function Notice({ children, onDismiss }: { children: React.ReactNode; onDismiss?: () => void }) {
  return (
    <div className="notice">
      <p>{children}</p>
      {onDismiss && (
        <button type="button" className="info-button" aria-label={t('Dismiss')} onClick={onDismiss}>
          <Icon name="close" size={13} />
        </button>
      )}
    </div>
  );
}

/** How long the tab was hidden during a run, in words; null when it was not or the note was dismissed. */
function useHiddenTime(): [string | null, (value: null) => void] {
  const { store } = usePage();
  const [words, setWords] = useState<string | null>(null);
  useEffect(() => {
    return watchAbsence(document, () => isWorking(store.getState()), setWords);
  }, [store]);
  return [words, setWords];
}
