import { ALL_KINDS } from '../../tasks/task.ts';
import { t } from '../../words/words.ts';
import { useRun } from '../context.tsx';

/** The way back: verified tasks fill the buffer, the buffer feeds the next proposals. */
export function ReturnRail() {
  const total = useRun((run) => run.tasks.book.size);
  const revision = useRun((run) => run.tasks.revision);
  const book = useRun((run) => run.tasks.book);
  const counts = book.countByKind();
  return (
    <div className="rail" data-revision={revision}>
      <svg
        className="rail-arrow"
        width="12"
        height="9"
        viewBox="0 0 12 9"
        aria-hidden="true"
        focusable="false"
      >
        <path d="M1.5 7.5 6 2l4.5 5.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      </svg>
      <span className="rail-note">{t('references')}</span>
      <p className="rail-buffer">
        <strong>{t('Buffer')}</strong>
        <span>{t('{tasks, plural, one {# task} other {# tasks}}', { tasks: total })}</span>
        <span className="rail-mix" aria-hidden="true">
          {ALL_KINDS.map((kind) => (
            <span key={kind} data-kind={kind} style={{ flexGrow: counts[kind] }} />
          ))}
        </span>
      </p>
      <span className="rail-note">{t('verified tasks, new weights')}</span>
    </div>
  );
}
