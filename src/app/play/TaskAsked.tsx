import type { PlayedTask } from '../../run/visit.ts';
import { SPECS } from '../../tasks/index.ts';
import { again, t } from '../../words/words.ts';
import { Code } from '../ui/Code.tsx';

/** A task with its answer hidden, or with all of it. */
export function TaskAsked({ task, isOpen }: { task: PlayedTask; isOpen: boolean }) {
  const { asks, meaning } = SPECS[task.kind];
  const hides = (part: typeof asks) => part === asks && !isOpen;
  const examples = task.examples ?? [];
  const shown = isOpen ? examples : examples.slice(0, Math.floor(examples.length / 2));
  return (
    <div className="play-task">
      <p className="muted">{t('It is asked: {question}.', { question: again(meaning) })}</p>
      {!hides('program') && <Code text={task.program} numbered />}
      {task.examples ? (
        <table className="details-examples">
          <caption>
            {isOpen
              ? t('All examples; the second half decided.')
              : t('Hidden examples decide whether a program is right.')}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t('input')}</th>
              <th scope="col">{t('output')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ input, output }) => (
              <tr key={input}>
                <td className="mono">{input}</td>
                <td className="mono">{output}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <dl className="details-io">
          <dt>{t('input')}</dt>
          <dd className="mono">{hides('input') ? '?' : task.input || t('(none)')}</dd>
          <dt>{t('output')}</dt>
          <dd className="mono">{hides('output') ? '?' : task.output}</dd>
        </dl>
      )}
    </div>
  );
}
