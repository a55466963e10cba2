import { type KeyboardEvent, useEffect, useMemo } from 'react';
import type { TaskBook } from '../../run/taskBook.ts';
import type { Task } from '../../tasks/task.ts';
import { t } from '../../words/words.ts';
import { bodyOf } from '../buffer/TaskLine.tsx';
import { count } from '../format.ts';
import { KindTag, SolveGauge } from '../ui/Bits.tsx';
import { InlineCode } from '../ui/Code.tsx';
import { useWindow } from '../ui/useWindow.ts';
import { type Family, type FamilyNode, inFamilyOrder, siblingsOf } from './layout.ts';
import { lineDiff } from './lineDiff.ts';

const ROW = 34;
/** Deeper ones stand no farther to the right. */
const DEEPEST = 16;

/** The tree in words: every task below the one it descends from; drawn only where it is looked at. */
export function FamilyList({
  family,
  book,
  chosen,
  onWalk,
  onChoose,
  onOpen,
}: {
  family: Family;
  book: TaskBook;
  chosen: FamilyNode | null;
  onWalk: (key: string) => boolean;
  onChoose: (node: FamilyNode) => void;
  onOpen: () => void;
}) {
  const order = useMemo(() => inFamilyOrder(family), [family]);
  const rows = useMemo(() => new Map(order.map((node, row) => [node, row])), [order]);
  const { ref, first, last, reveal, rowAfter } = useWindow(order.length, ROW);
  const current = chosen ? (rows.get(chosen) ?? 0) : -1;
  useEffect(() => {
    if (current >= 0) reveal(current);
  }, [current, reveal]);

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // Up and down are the next rows of a list; the others are those of the tree.
    const row = rowAfter(event.key, current);
    const node = row === null ? undefined : order[row];
    if (node) onChoose(node);
    else if (event.key === 'Enter') onOpen();
    else if (!onWalk(event.key)) return;
    event.preventDefault();
  };
  return (
    <div
      ref={ref}
      className="family-list"
      role="tree"
      aria-label={t('Family tree of {tasks} tasks', { tasks: count(order.length) })}
      tabIndex={0}
      aria-activedescendant={chosen ? rowId(chosen) : undefined}
      onKeyDown={press}
    >
      <div style={{ height: order.length * ROW }} role="presentation">
        {order.slice(first, last).map((node, at) => (
          <Row
            key={node.id}
            node={node}
            family={family}
            book={book}
            top={(first + at) * ROW}
            isChosen={node === chosen}
            onChoose={onChoose}
          />
        ))}
      </div>
    </div>
  );
}

/** What tells a task from the one it descends from; all of its program where that is nothing. */
function newLines({ program }: Task, { parent }: FamilyNode, book: TaskBook): string {
  const before = parent && book.ever(parent.id);
  const added = before ? lineDiff(before.program, program).filter(({ is }) => is === 'added') : [];
  return added.length > 0 ? added.map(({ text }) => text.trim()).join('\n') : bodyOf(program);
}

function rowId({ id }: FamilyNode): string {
  return `family-${id}`;
}

/** Narrower on a phone, where the program needs the room. */
function indentOf({ generation }: FamilyNode): string {
  return `calc(12px + ${Math.min(DEEPEST, generation)} * var(--indent))`;
}

function Row({
  node,
  family,
  book,
  top,
  isChosen,
  onChoose,
}: {
  node: FamilyNode;
  family: Family;
  book: TaskBook;
  top: number;
  isChosen: boolean;
  onChoose: (node: FamilyNode) => void;
}) {
  const task = book.ever(node.id);
  if (!task) return null;
  const siblings = siblingsOf(family, node);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys for all of its rows
    <div
      id={rowId(node)}
      className="family-row"
      role="treeitem"
      tabIndex={-1}
      aria-level={node.generation + 1}
      aria-posinset={siblings.indexOf(node) + 1}
      aria-setsize={siblings.length}
      aria-selected={isChosen}
      aria-expanded={node.children.length > 0 ? true : undefined}
      data-kind={task.kind}
      style={{ top, height: ROW, paddingInlineStart: indentOf(node) }}
      onClick={() => onChoose(node)}
    >
      <KindTag kind={task.kind} short />
      <InlineCode text={newLines(task, node, book)} />
      <SolveGauge rate={task.solveRate} />
      <span className="family-step">
        {task.step === 0 ? t('seeding') : t('step {step}', { step: String(task.step) })}
      </span>
    </div>
  );
}
