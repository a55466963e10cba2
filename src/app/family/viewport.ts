/** Which part of the tree is in sight: from columns and rows to pixels of the stage, and back. */
import type { Family, FamilyNode } from './layout.ts';

export interface Size {
  width: number;
  height: number;
}

/** A column is `scaleX` pixels wide and a row `scaleY` high; column 0 and row 0 are at `x` and `y`. */
export interface Viewport {
  scaleX: number;
  scaleY: number;
  x: number;
  y: number;
}

/** Pixels that stay free around the whole tree. */
const MARGIN = 26;
/** Pixels at the foot of the stage in which the steps are named. */
export const AXIS = 26;
/** The widest a column and the highest a row is drawn where few of them have to fit. */
const WIDEST = { column: 96, row: 34 };
/** At most so far apart are the tasks of the narrower direction after zooming in. */
const FARTHEST_IN = 44;
/** So much smaller than the whole tree can it be made. */
const FARTHEST_OUT = 0.6;
/** Pixels between a chosen task and the border. */
const REVEALED = 44;

/** Shows the whole tree. */
export function whole({ columns, top, bottom }: Family, { width, height }: Size): Viewport {
  const room = { width: width - 2 * MARGIN, height: height - 2 * MARGIN - AXIS };
  const scaleX = Math.min(WIDEST.column, Math.max(1, room.width) / Math.max(1, columns.length - 1));
  const scaleY = Math.min(WIDEST.row, Math.max(1, room.height) / Math.max(1, bottom - top));
  return {
    scaleX,
    scaleY,
    x: (width - scaleX * (columns.length - 1)) / 2,
    y: MARGIN + (room.height - scaleY * (bottom - top)) / 2 - top * scaleY,
  };
}

/** Closer by a factor (or farther, below 1) around a point that stays where it is, within limits. */
export function zoom(
  view: Viewport,
  factor: number,
  at: { x: number; y: number },
  family: Family,
  size: Size,
): Viewport {
  const least = whole(family, size);
  const narrow = Math.min(view.scaleX, view.scaleY);
  const most = Math.max(1, FARTHEST_IN / narrow);
  const bounded = Math.min(most, Math.max((FARTHEST_OUT * least.scaleX) / view.scaleX, factor));
  const turned = {
    scaleX: view.scaleX * bounded,
    scaleY: view.scaleY * bounded,
    x: at.x + (view.x - at.x) * bounded,
    y: at.y + (view.y - at.y) * bounded,
  };
  return pan(turned, 0, 0, family, size);
}

/** Moved by so many pixels, but never so far that nothing of the tree is left. */
export function pan(
  view: Viewport,
  dx: number,
  dy: number,
  { columns, top, bottom }: Family,
  { width, height }: Size,
): Viewport {
  const within = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));
  return {
    ...view,
    x: within(view.x + dx, width / 4 - view.scaleX * (columns.length - 1), (3 * width) / 4),
    y: within(view.y + dy, height / 4 - view.scaleY * bottom, (3 * height) / 4 - view.scaleY * top),
  };
}

/** Moved just far enough that a task is in sight. */
export function reveal(view: Viewport, node: FamilyNode, { width, height }: Size): Viewport {
  const { x, y } = placeOf(view, node);
  const into = (value: number, end: number) =>
    value < REVEALED ? REVEALED - value : value > end - REVEALED ? end - REVEALED - value : 0;
  return { ...view, x: view.x + into(x, width), y: view.y + into(y, height - AXIS) };
}

/** Pixels of a task on the stage. */
export function placeOf(view: Viewport, { column, y }: Pick<FamilyNode, 'column' | 'y'>) {
  return { x: view.x + column * view.scaleX, y: view.y + y * view.scaleY };
}

/** Half the width of a task's mark, in pixels. */
export function radiusOf({ scaleX, scaleY }: Viewport): number {
  return Math.max(1.4, Math.min(8, 0.36 * Math.min(scaleX, scaleY)));
}

/** The task at a point of the stage, or the nearest within `reach` pixels; null where there is none. */
export function nodeAt(
  view: Viewport,
  { columns }: Family,
  at: { x: number; y: number },
  reach: number,
): FamilyNode | null {
  let nearest: { node: FamilyNode; distance: number } | null = null;
  const first = Math.max(0, Math.ceil((at.x - reach - view.x) / view.scaleX));
  const last = Math.min(columns.length - 1, Math.floor((at.x + reach - view.x) / view.scaleX));
  for (let column = first; column <= last; column++) {
    for (const node of columns[column] ?? []) {
      const { x, y } = placeOf(view, node);
      const distance = Math.hypot(x - at.x, y - at.y);
      if (distance <= reach && distance < (nearest?.distance ?? Number.POSITIVE_INFINITY)) {
        nearest = { node, distance };
      }
    }
  }
  return nearest?.node ?? null;
}
