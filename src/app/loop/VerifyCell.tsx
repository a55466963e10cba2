import { SPECS } from '../../tasks/index.ts';
import type { CurrentTask } from '../../watch/events.ts';
import { again, t } from '../../words/words.ts';
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
        <p className="cell-label">
          {isWaiting ? t('The new program is being written') : t('No program yet')}
        </p>
      ) : (
        <>
          <p className="cell-label">
            {t('The new program')}
            {SPECS[currentTask.kind].asks === 'program' && <Asked />}
          </p>
          <section
            className="cell-scroll"
            aria-label={t('New program')}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
            tabIndex={0}
          >
            <Code text={program} numbered />
          </section>
          <dl className="run">
            {input !== undefined && (
              <>
                <dt>
                  {t('input')}
                  {SPECS[currentTask.kind].asks === 'input' && <Asked />}
                </dt>
                <dd className="mono">{input === '' ? t('(none)') : input}</dd>
              </>
            )}
            {output !== undefined && (
              <>
                <dt>
                  {t('output')}
                  {SPECS[currentTask.kind].asks === 'output' && <Asked />}
                </dt>
                <dd className="mono run-output">{output}</dd>
              </>
            )}
          </dl>
          {rejection ? (
            <p className="run-verdict" data-ok="false">
              <Icon name="close" size={13} />{' '}
              {t('Refused: {meaning}', { meaning: again(REJECTION_TEXT[rejection].meaning) })}
            </p>
          ) : (
            output !== undefined && (
              <p className="run-verdict" data-ok="true">
                <Icon name="check" size={13} /> {t('Ran twice, same result')}
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
    <span className="asked" title={t('Hidden from the solver: this is what it has to find')}>
      <span aria-hidden="true">{t('hidden')}</span>
      <span className="visually-hidden">{t('hidden from the solver')}</span>
    </span>
  );
}
