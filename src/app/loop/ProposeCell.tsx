import type { CurrentTask } from '../../watch/events.ts';
import { t } from '../../words/words.ts';
import { Code } from '../ui/Code.tsx';

/** The references the proposer read. */
export function ProposeCell({ currentTask, isLit }: { currentTask: CurrentTask; isLit: boolean }) {
  const references = currentTask.references ?? [];
  return (
    <div className="cell" data-stage="propose" data-lit={isLit}>
      <p className="cell-label">
        {references.length === 0
          ? t('From the buffer, an earlier task')
          : t('{programs, plural, =1 {Reads one program} other {Reads # programs}}', {
              programs: references.length,
            })}
      </p>
      <section
        className="cell-scroll"
        aria-label={t('References')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
      >
        {references.map((program, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same program may be drawn twice
          <div className="reference" key={at}>
            <Code text={program} />
          </div>
        ))}
      </section>
    </div>
  );
}
