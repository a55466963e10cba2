import { useState } from 'react';
import type { TaskBook } from '../../run/taskBook.ts';
import type { Task } from '../../tasks/task.ts';
import { again, msg, t } from '../../words/words.ts';
import { count } from '../format.ts';
import { KindTag, SolveGauge } from '../ui/Bits.tsx';
import { Code } from '../ui/Code.tsx';
import { type Family, type FamilyNode, lineOf } from './layout.ts';
import { ProgramDiff } from './ProgramDiff.tsx';
import { walk } from './walk.ts';

/** Where to go from the chosen task without a keyboard. */
const WAYS = [
  ['ArrowLeft', msg('Parent')],
  ['ArrowRight', msg('Child')],
  ['ArrowUp', msg('Sibling above')],
  ['ArrowDown', msg('Sibling below')],
  ['Home', msg('First of its line')],
] as const;

/** The chosen task: its line from the first one on, and what changed in it from what it grew from. */
export function FamilyPanel({
  family,
  book,
  node,
  trail,
  onChoose,
  onOpen,
}: {
  family: Family;
  book: TaskBook;
  node: FamilyNode;
  trail: FamilyNode | null;
  onChoose: (node: FamilyNode) => void;
  onOpen: () => void;
}) {
  const task = book.ever(node.id);
  if (!task) return null;
  const line = lineOf(node);
  return (
    <>
      <h2>{t('Task {id}', { id: task.id })}</h2>
      <p className="family-facts" data-kind={task.kind}>
        <KindTag kind={task.kind} />
        <span className="muted">
          {task.step === 0 ? t('from the seeding') : t('step {step}', { step: String(task.step) })}
        </span>
        <SolveGauge rate={task.solveRate} />
      </p>
      {!book.get(task.id) && (
        <p className="muted">{t('It has left the buffer; its place in the tree stays.')}</p>
      )}
      <div className="family-ways">
        {WAYS.map(([key, name]) => {
          const to = walk(family, node, key, trail);
          const isSomewhere = to != null && to !== node;
          return (
            <button
              key={key}
              type="button"
              className="button"
              disabled={!isSomewhere}
              onClick={() => to && onChoose(to)}
            >
              {again(name)}
            </button>
          );
        })}
      </div>
      <h3>
        {line.length === 1
          ? t('Its line begins here')
          : t('Its line, {tasks} tasks', { tasks: count(line.length) })}
      </h3>
      <p className="muted">{beginningOf(line[0] as FamilyNode, family, book)}</p>
      {line.length > 1 && (
        <ol className="family-line">
          {line.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                aria-current={one === node ? 'true' : undefined}
                onClick={() => onChoose(one)}
              >
                {one.id}
              </button>
            </li>
          ))}
        </ol>
      )}
      <Change key={node.id} task={task} node={node} book={book} />
      <p className="muted">
        {t(
          '{n, plural, =0 {No task descends from it yet.} =1 {One task descends from it at once.} other {# tasks descend from it at once.}}',
          { n: node.children.length },
        )}
      </p>
      {book.get(task.id) && (
        <button type="button" className="button" onClick={onOpen}>
          {t('All of this task')}
        </button>
      )}
    </>
  );
}

/** Why a line begins with a task: few lead back to the seed program where proposals were made without references. */
function beginningOf(first: FamilyNode, { roots }: Family, book: TaskBook): string {
  const task = book.ever(first.id);
  const oldest = roots[0] && book.ever(roots[0].id);
  const { id } = first;
  if (task?.byHand) return t('{id} begins it: a person wrote that task.', { id });
  if (task && task.parents.length > 0) {
    return t('{id} begins it: what that task was made from is not in this run.', { id });
  }
  return task && task.step === 0 && task.program === oldest?.program
    ? t('{id} begins it: it has the first program of the run.', { id })
    : t('{id} begins it: that task was made without references.', { id });
}

/** What is new in its program, against any of its references. */
function Change({ task, node, book }: { task: Task; node: FamilyNode; book: TaskBook }) {
  const [against, setAgainst] = useState(0);
  const reference = node.references[against];
  const before = reference && book.ever(reference.id);
  return (
    <>
      <h3>{before ? t('What changed from {id}', { id: before.id }) : t('Its program')}</h3>
      {node.references.length > 1 && (
        <fieldset className="family-references">
          <legend className="muted">
            {t('It was proposed from {n} tasks; the first is the one it is most like.', {
              n: String(node.references.length),
            })}
          </legend>
          {node.references.map(({ id }, at) => (
            <button
              key={id}
              type="button"
              className="button"
              aria-pressed={at === against}
              onClick={() => setAgainst(at)}
            >
              {id}
            </button>
          ))}
        </fieldset>
      )}
      {before?.program === task.program && (
        <p className="muted">{t('The program is the same; what is asked about it is new.')}</p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="details-code" tabIndex={0} aria-label={t('Program')}>
        {before ? <ProgramDiff before={before.program} after={task.program} /> : <Code text={task.program} />}
      </section>
      {task.examples ? (
        <p className="muted">
          {t('{n, plural, one {# example.} other {# examples.}}', { n: task.examples.length })}
        </p>
      ) : (
        <dl className="details-io">
          <dt>{t('input')}</dt>
          <dd className="mono">{task.input === '' ? t('(none)') : task.input}</dd>
          <dt>{t('output')}</dt>
          <dd className="mono">{task.output}</dd>
        </dl>
      )}
    </>
  );
}
