import { again, t } from '../../words/words.ts';
import { usePage, useRun } from '../context.tsx';
import { spansOf } from '../glossary/parse.ts';
import { Spans } from '../glossary/Spans.tsx';
import { type Check, checksOf, summaryOf } from './room.ts';
import { useRoom } from './useRoom.ts';

const SIGN: Record<Check['grade'], string> = { open: '·', busy: '…', good: '✓', fair: '!', bad: '✕' };

/** What this machine and browser can do for a lesson, and what to do where they cannot. */
export function RoomCheck() {
  const { offline } = usePage();
  const progress = useRun((run) => run.progress);
  const { room, measure, keepForGood } = useRoom();
  const checks = checksOf(room);
  const summary = summaryOf(checks);
  const isBusy = room.python.state === 'busy' || room.pace.state === 'busy';
  const isMeasured = room.pace.state === 'known' || room.pace.state === 'failed';
  return (
    <section className="panel teacher-room" aria-labelledby="room-title">
      <div className="chart-title">
        <h2 id="room-title">{t('Check this room')}</h2>
        <p>
          {t(
            'At the machine that the class will use. It takes some seconds, and what a run loads is loaded.',
          )}
        </p>
      </div>
      <div className="teacher-do">
        <button
          type="button"
          className={isMeasured ? 'button' : 'button button-primary'}
          disabled={isBusy || room.isSandboxed}
          onClick={() => void measure()}
        >
          {isMeasured ? t('Check again') : t('Check this room')}
        </button>
        {room.isPersistent === false && room.storageProblem === '' && (
          <button type="button" className="button" onClick={() => void keepForGood()}>
            {t('Ask the browser to keep runs')}
          </button>
        )}
        {room.missingFiles !== 0 && !room.isSandboxed && (
          <button type="button" className="button" onClick={() => void offline.loadRest()}>
            {t('Fetch everything for use without the network')}
          </button>
        )}
      </div>
      <p className="teacher-summary" role="status">
        {isBusy
          ? progress
            ? t('{what} …', { what: again(progress.label) })
            : t('Checking …')
          : (summary ?? t('Press the button: the engine and Python are not tried yet.'))}
      </p>
      <ul className="teacher-checks">
        {checks.map(({ id, title, grade, says, advice }) => (
          <li key={id} data-check={id} data-grade={grade}>
            <span className="teacher-sign" aria-hidden="true">
              {SIGN[grade]}
            </span>
            <strong>{title}</strong>
            <span>
              <span className="visually-hidden">{`${gradeText(grade)}: `}</span>
              {says}{' '}
              {advice && (
                <span className="muted">
                  <Spans spans={spansOf(advice)} />
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function gradeText(grade: Check['grade']): string {
  switch (grade) {
    case 'open':
      return t('not tried');
    case 'busy':
      return t('being tried');
    case 'good':
      return t('fine');
    case 'fair':
      return t('look at this');
    case 'bad':
      return t('a problem');
  }
}
