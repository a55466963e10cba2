import { SPECS } from '../../tasks/index.ts';
import type { CurrentTask } from '../../watch/events.ts';
import { REJECTION_TEXT } from '../text.ts';
import { Code } from '../ui/Code.tsx';
import { Icon } from '../ui/Icon.tsx';

/** The proposed program, its input, and what Python made of it. */
export function VerifyCell({
  currentTask,
  isLit,
  isWaiting,
}: {
  currentTask: CurrentTask;
  isLit: boolean;
  isWaiting: boolean;
}) {
  const { program, input, output, rejection } = currentTask;
  return (
    <div className="cell" data-stage="verify" data-lit={isLit} data-kind={currentTask.kind}>
      {program === undefined ? (
        <p className="cell-label">{isWaiting ? 'The new program is being written' : 'No program yet'}</p>
      ) : (
        <>
          <p className="cell-label">
            The new program{SPECS[currentTask.kind].asks === 'program' && <Asked />}
          </p>
          <section
            className="cell-scroll"
            aria-label="New program"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
            tabIndex={0}
          >
            <Code text={program} numbered />
          </section>
          <dl className="run">
            {input !== undefined && (
              <>
                <dt>input{SPECS[currentTask.kind].asks === 'input' && <Asked />}</dt>
                <dd className="mono">{input === '' ? '(none)' : input}</dd>
              </>
            )}
            {output !== undefined && (
              <>
                <dt>output{SPECS[currentTask.kind].asks === 'output' && <Asked />}</dt>
                <dd className="mono run-output">{output}</dd>
              </>
            )}
          </dl>
          {rejection ? (
            <p className="run-verdict" data-ok="false">
              <Icon name="close" size={13} /> Refused: {REJECTION_TEXT[rejection].meaning}
            </p>
          ) : (
            output !== undefined && (
              <p className="run-verdict" data-ok="true">
                <Icon name="check" size={13} /> Ran twice, same result
              </p>
            )
          )}
        </>
      )}
    </div>
  );
}

/** Marks what the solver has to find; it does not see it. */
function Asked() {
  return (
    <span className="asked" title="What the solver has to find; it does not see it">
      asked
    </span>
  );
}
