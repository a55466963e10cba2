import type { CurrentTask } from '../../watch/events.ts';
import { Code } from '../ui/Code.tsx';

/** The references the proposer read. */
export function ProposeCell({ currentTask, isLit }: { currentTask: CurrentTask; isLit: boolean }) {
  const references = currentTask.references ?? [];
  return (
    <div className="cell" data-stage="propose" data-lit={isLit}>
      <p className="cell-label">
        {references.length === 0
          ? 'From the buffer, an earlier task'
          : references.length === 1
            ? 'Reads one program'
            : `Reads ${references.length} programs`}
      </p>
      <section
        className="cell-scroll"
        aria-label="References"
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
