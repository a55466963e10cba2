import { type KeyboardEvent, useState } from 'react';
import type { TaskBook } from '../../run/taskBook.ts';
import { t } from '../../words/words.ts';
import { bodyOf } from '../buffer/TaskLine.tsx';
import { count } from '../format.ts';
import { KindTag, SolveGauge } from '../ui/Bits.tsx';
import { InlineCode } from '../ui/Code.tsx';
import type { Family, FamilyNode } from './layout.ts';
import { useStage } from './useStage.ts';
import { useStagePointer } from './useStagePointer.ts';
import { placeOf } from './viewport.ts';

const ZOOM = 1.5;
const KEYS_ID = 'family-keys';

/** The tree drawn: moved and zoomed by hand, walked by the arrow keys. */
export function FamilyStage({
  family,
  book,
  revision,
  chosen,
  onWalk,
  onChoose,
  onOpen,
}: {
  family: Family;
  book: TaskBook;
  revision: number;
  chosen: FamilyNode | null;
  /** Whether the key led somewhere, or would have. */
  onWalk: (key: string) => boolean;
  onChoose: (node: FamilyNode) => void;
  onOpen: () => void;
}) {
  const [hovered, setHovered] = useState<FamilyNode | null>(null);
  const stage = useStage(family, book, revision, chosen, hovered);
  const pointer = useStagePointer(stage, family, onChoose, setHovered);
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const zooms: Record<string, () => void> = {
      '+': () => stage.zoomBy(ZOOM),
      '-': () => stage.zoomBy(1 / ZOOM),
      '0': stage.showAll,
      Enter: onOpen,
    };
    const act = zooms[event.key];
    if (act) act();
    else if (!onWalk(event.key)) return;
    event.preventDefault();
  };
  const hoveredTask = hovered && book.ever(hovered.id);
  return (
    <div className="family-drawn">
      <div
        ref={stage.ref}
        className="family-stage"
        role="application"
        aria-roledescription={t('family tree')}
        aria-label={t('Family tree of {tasks} tasks', { tasks: count(family.nodes.length) })}
        aria-describedby={KEYS_ID}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: its keys are heard here
        tabIndex={0}
        onKeyDown={press}
        {...pointer}
      >
        <canvas ref={stage.canvas} />
        {hoveredTask && (
          <p
            className="family-hint"
            aria-hidden="true"
            data-kind={hoveredTask.kind}
            style={hintStyle(placeOf(stage.view, hovered), stage.size)}
          >
            <InlineCode text={bodyOf(hoveredTask.program)} />
            <span>
              <KindTag kind={hoveredTask.kind} /> <SolveGauge rate={hoveredTask.solveRate} />
            </span>
          </p>
        )}
      </div>
      <div className="family-zoom">
        <button
          type="button"
          className="button"
          aria-label={t('Zoom in')}
          title={t('Zoom in (+)')}
          onClick={() => stage.zoomBy(ZOOM)}
        >
          +
        </button>
        <button
          type="button"
          className="button"
          aria-label={t('Zoom out')}
          title={t('Zoom out (-)')}
          onClick={() => stage.zoomBy(1 / ZOOM)}
        >
          −
        </button>
        <button
          type="button"
          className="button"
          disabled={stage.isWhole}
          title={t('Show the whole tree (0)')}
          onClick={stage.showAll}
        >
          {t('All')}
        </button>
      </div>
      <p id={KEYS_ID} className="family-keys muted">
        {t(
          'Arrow keys: left to what a task grew from, right to what grew from it, up and down to its siblings; Home to the first of its line, End to the latest, Enter for all of a task.',
        )}
      </p>
    </div>
  );
}

/** Beside the task, on the side where there is more room. */
function hintStyle({ x, y }: { x: number; y: number }, { width, height }: { width: number; height: number }) {
  return {
    ...(x < width / 2 ? { left: x + 14 } : { right: width - x + 14 }),
    ...(y < height / 2 ? { top: y + 6 } : { bottom: height - y + 6 }),
  };
}
