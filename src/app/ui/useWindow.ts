import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

/** Rows drawn above and below the ones in sight, so that fast scrolling shows no gaps. */
const OVERSCAN = 8;

export interface RowWindow {
  /** On the scrolling element. */
  ref: RefObject<HTMLDivElement | null>;
  first: number;
  last: number;
  /** Scrolls just far enough that the row is in sight. */
  reveal: (row: number) => void;
  /** Where a key leads from a row, within the list; null for a key that leads nowhere. */
  rowAfter: (key: string, row: number) => number | null;
}

/** Which of `count` rows of equal height to draw: only those in sight, whatever their number. */
export function useWindow(count: number, rowHeight: number): RowWindow {
  const ref = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });

  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    let frame = 0;
    const measure = () => {
      frame = 0;
      setView({ top: element.scrollTop, height: element.clientHeight });
    };
    const schedule = () => {
      frame ||= requestAnimationFrame(measure);
    };
    measure();
    element.addEventListener('scroll', schedule, { passive: true });
    const observer = new ResizeObserver(schedule);
    observer.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('scroll', schedule);
      observer.disconnect();
    };
  }, []);

  const reveal = useCallback(
    (row: number) => {
      const element = ref.current;
      if (!element) return;
      const top = row * rowHeight;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + rowHeight > element.scrollTop + element.clientHeight) {
        element.scrollTop = top + rowHeight - element.clientHeight;
      }
    },
    [rowHeight],
  );

  const rowAfter = (key: string, row: number): number | null => {
    const page = Math.max(1, Math.floor((ref.current?.clientHeight ?? rowHeight) / rowHeight) - 1);
    const to: Record<string, number> = {
      ArrowDown: row + 1,
      ArrowUp: row - 1,
      PageDown: row + page,
      PageUp: row - page,
      Home: 0,
      End: count - 1,
    };
    const next = to[key];
    return next === undefined || count === 0 ? null : Math.max(0, Math.min(count - 1, next));
  };

  return {
    ref,
    first: Math.max(0, Math.floor(view.top / rowHeight) - OVERSCAN),
    last: Math.min(count, Math.ceil((view.top + view.height) / rowHeight) + OVERSCAN),
    reveal,
    rowAfter,
  };
}
