import { type PointerEvent, useEffect, useRef } from 'react';
import type { Family, FamilyNode } from './layout.ts';
import type { Stage } from './useStage.ts';
import { nodeAt, radiusOf } from './viewport.ts';

/** Pixels that a press may move and still be one. */
const STILL = 5;
/** A finger is no pointer: what is within so many pixels is meant. */
const REACH = { mouse: 6, touch: 18 };

interface Held {
  x: number;
  y: number;
}

/** Pressing chooses the nearest task, dragging moves the tree, the wheel and two fingers zoom it. */
export function useStagePointer(
  stage: Stage,
  family: Family,
  onChoose: (node: FamilyNode) => void,
  onHover: (node: FamilyNode | null) => void,
) {
  const held = useRef(new Map<number, Held>());
  const travelled = useRef(0);
  const { zoomBy, ref } = stage;
  const zoomLatest = useRef(zoomBy);
  useEffect(() => {
    zoomLatest.current = zoomBy;
  });

  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    // React listens passively, and the page must not scroll meanwhile.
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      const at = { x: event.clientX - left, y: event.clientY - top };
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 16 : event.deltaY;
      zoomLatest.current(Math.exp(-pixels / 400), at);
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [ref]);

  const at = (event: PointerEvent): Held => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const find = (event: PointerEvent) =>
    nodeAt(
      stage.view,
      family,
      at(event),
      radiusOf(stage.view) + (event.pointerType === 'mouse' ? REACH.mouse : REACH.touch),
    );

  return {
    onPointerDown: (event: PointerEvent) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      if (held.current.size === 0) travelled.current = 0;
      held.current.set(event.pointerId, at(event));
    },
    onPointerMove: (event: PointerEvent) => {
      const before = held.current.get(event.pointerId);
      if (!before) return onHover(find(event));
      const now = at(event);
      const [dx, dy] = [now.x - before.x, now.y - before.y];
      travelled.current += Math.hypot(dx, dy);
      const other = [...held.current].find(([id]) => id !== event.pointerId)?.[1];
      held.current.set(event.pointerId, now);
      if (other) {
        const spread = (one: Held) => Math.max(20, Math.hypot(one.x - other.x, one.y - other.y));
        const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
        return stage.zoomBy(spread(now) / spread(before), middle);
      }
      if (travelled.current > STILL) stage.panBy(dx, dy);
    },
    onPointerUp: (event: PointerEvent) => {
      const wasHeld = held.current.delete(event.pointerId);
      const node = wasHeld && travelled.current <= STILL ? find(event) : null;
      if (node) onChoose(node);
    },
    onPointerCancel: (event: PointerEvent) => void held.current.delete(event.pointerId),
    onPointerLeave: () => onHover(null),
  };
}
