import { SPECS } from '../../tasks/index.ts';
import type { Attempt, Task } from '../../tasks/task.ts';
import { again, t } from '../../words/words.ts';
import { useRun } from '../context.tsx';
import { percent, signed } from '../format.ts';
import { VERDICT_TEXT } from '../text.ts';
import { KindTag, SolveGauge, VerdictMark } from '../ui/Bits.tsx';
import { Code } from '../ui/Code.tsx';
import { Response } from '../ui/Response.tsx';
import { bodyOf } from './TaskLine.tsx';

/** Links to this many descendants; more are only counted. */
const CHILDREN_SHOWN = 12;

/** Program, data, lineage and every attempt of one task. */
export function TaskDetails({ task, onOpen }: { task: Task; onOpen: (id: string) => void }) {
  const { book } = useRun((run) => run.tasks);
  const attempts = book.attempts(task.id);
  const children = book.children(task.id);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="drawer-body" data-kind={task.kind} tabIndex={0} aria-label={t('Task')}>
      <p className="details-kind">
        <KindTag kind={task.kind} /> <span className="muted">{again(SPECS[task.kind].meaning)}</span>
      </p>
      <p className="details-facts muted">
        {origin(task)} · {lines(task.program)} · <SolveGauge rate={task.solveRate} />
      </p>

      <div className="details-code">
        <Code text={task.program} numbered />
      </div>
      {task.examples ? (
        <Examples task={task} />
      ) : (
        <dl className="details-io">
          <dt>{t('input')}</dt>
          <dd className="mono">{task.input === '' ? t('(none)') : task.input}</dd>
          <dt>{t('output')}</dt>
          <dd className="mono">{task.output}</dd>
        </dl>
      )}

      <h3>{t('Grew from')}</h3>
      <Lineage
        tasks={task.parents.flatMap((parent) => book.get(parent) ?? [])}
        empty={
          task.parents.length > 0
            ? t('Its references have left the buffer.')
            : t('No references: it was there first.')
        }
        onOpen={onOpen}
      />
      <h3>{t('Led to')}</h3>
      <Lineage tasks={children.slice(0, CHILDREN_SHOWN)} empty={t('No other task yet.')} onOpen={onOpen} />
      {children.length > CHILDREN_SHOWN && (
        <p className="muted">{t('and {n} more', { n: children.length - CHILDREN_SHOWN })}</p>
      )}

      <h3>{t('Attempts')}</h3>
      {attempts.length === 0 ? (
        <p className="muted">{t('None yet.')}</p>
      ) : (
        <>
          <p className="muted details-note">
            {t('A number in a box is the line of the program that a thought is at.')}
          </p>
          <ol className="details-attempts">
            {attempts.map((attempt, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: attempts have no other name
              <AttemptItem key={at} attempt={attempt} />
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

function origin({ step, byHand }: Task): string {
  if (byHand)
    return step === 0 ? t('Written by a person') : t('Written by a person after step {step}', { step });
  return step === 0 ? t('From the seeding') : t('Invented in step {step}', { step });
}

function lines(program: string): string {
  return t('{n, plural, one {# line} other {# lines}}', { n: program.split('\n').length });
}

function Examples({ task }: { task: Task }) {
  const examples = task.examples ?? [];
  const shown = Math.floor(examples.length / 2);
  return (
    <table className="details-examples">
      <caption>{t('The solver sees the first {shown} examples; the others decide.', { shown })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('input')}</th>
          <th scope="col">{t('output')}</th>
          <th scope="col">
            <span className="visually-hidden">{t('seen by the solver')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {examples.map((example, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: examples may repeat
          <tr key={at}>
            <td className="mono">{example.input}</td>
            <td className="mono">{example.output}</td>
            <td className="muted">{at < shown ? t('shown') : t('hidden')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Lineage({
  tasks,
  empty,
  onOpen,
}: {
  tasks: readonly Task[];
  empty: string;
  onOpen: (id: string) => void;
}) {
  if (tasks.length === 0) return <p className="muted">{empty}</p>;
  return (
    <ul className="details-lineage">
      {tasks.map((task) => (
        <li key={task.id}>
          <button type="button" onClick={() => onOpen(task.id)}>
            <KindTag kind={task.kind} short />
            <span className="mono">{bodyOf(task.program).replace(/\n\s*/g, ' ⏎ ')}</span>
            <span className="muted">{task.solveRate === null ? t('new') : percent(task.solveRate)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function AttemptItem({ attempt }: { attempt: Attempt }) {
  return (
    <li className="details-attempt">
      <p className="details-verdict">
        <VerdictMark verdict={attempt.verdict} />
        <span>{again(VERDICT_TEXT[attempt.verdict].name)}</span>
        <span className="muted">
          {t('reward {reward} · advantage {advantage} · {tokens} tokens · step {step}', {
            reward: signed(attempt.reward),
            advantage: signed(attempt.advantage),
            tokens: attempt.tokens,
            step: attempt.step,
          })}
        </span>
      </p>
      <Response text={attempt.response} />
    </li>
  );
}
