import { type RefObject, useEffect, useRef, useState } from 'react';
import type { TaskBook } from '../../run/taskBook.ts';
import { onThemeChange } from '../charts/colours.ts';
import { drawFamily } from './draw.ts';
import type { Family, FamilyNode } from './layout.ts';
import { pan, placeOf, reveal, type Size, type Viewport, whole, zoom } from './viewport.ts';

export interface Stage {
  /** On the element that the tree fills. */
  ref: RefObject<HTMLDivElement | null>;
  canvas: RefObject<HTMLCanvasElement | null>;
  size: Size;
  view: Viewport;
  /** The whole tree is in sight, and stays so while it grows. */
  isWhole: boolean;
  showAll: () => void;
  /** Around a point of the stage; around the chosen task, or the middle where it is out of sight, if none is given. */
  zoomBy: (factor: number, at?: { x: number; y: number }) => void;
  panBy: (dx: number, dy: number) => void;
}

/** The canvas of the tree: its size, what of it is in sight, and its drawing, once a frame at most. */
export function useStage(
  family: Family,
  book: TaskBook,
  revision: number,
  chosen: FamilyNode | null,
  hovered: FamilyNode | null,
): Stage {
  const ref = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState<Size>({ width: 600, height: 400 });
  const [moved, setMoved] = useState<Viewport | null>(null);
  const [theme, setTheme] = useState(0);
  const view = moved ?? whole(family, size);

  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => onThemeChange(() => setTheme((times) => times + 1)), []);

  useEffect(() => {
    void [revision, theme];
    const frame = requestAnimationFrame(() => {
      const element = canvas.current;
      const context = element?.getContext('2d');
      if (!element || !context) return;
      const density = devicePixelRatio;
      const [width, height] = [Math.round(size.width * density), Math.round(size.height * density)];
      if (element.width !== width) element.width = width;
      if (element.height !== height) element.height = height;
      context.setTransform(density, 0, 0, density, 0, 0);
      drawFamily(context, { family, book, view, size, chosen, hovered });
    });
    return () => cancelAnimationFrame(frame);
  }, [family, book, revision, view, size, chosen, hovered, theme]);

  // One that is chosen elsewhere, or by a key, comes into sight.
  const chosenId = chosen?.id;
  useEffect(() => {
    if (chosenId === undefined) return;
    setMoved((before) => {
      const node = family.byId.get(chosenId);
      return before && node ? reveal(before, node, size) : before;
    });
  }, [chosenId, family, size]);

  const middle = () => {
    const at = chosen && placeOf(view, chosen);
    const isSeen = at && at.x >= 0 && at.y >= 0 && at.x <= size.width && at.y <= size.height;
    return isSeen ? at : { x: size.width / 2, y: size.height / 2 };
  };
  const move = (change: (from: Viewport) => Viewport) =>
    setMoved((before) => change(before ?? whole(family, size)));
  return {
    ref,
    canvas,
    size,
    view,
    isWhole: moved === null,
    showAll: () => setMoved(null),
    zoomBy: (factor, at = middle()) => move((from) => zoom(from, factor, at, family, size)),
    panBy: (dx, dy) => move((from) => pan(from, dx, dy, family, size)),
  };
}
