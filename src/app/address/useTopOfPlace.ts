import { type RefObject, useEffect, useRef } from 'react';
import { useHere } from '../context.tsx';

/** Begins every view and every experiment at its top. For the element that scrolls where the page itself does not. */
export function useTopOfPlace(): RefObject<HTMLElement | null> {
  const element = useRef<HTMLElement>(null);
  const place = useHere(({ view, experiment }) => `${view} ${experiment}`);
  const shown = useRef(place);
  useEffect(() => {
    if (shown.current === place) return;
    shown.current = place;
    element.current?.scrollTo(0, 0);
    scrollTo(0, 0);
  }, [place]);
  return element;
}
