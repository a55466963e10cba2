import { type RefObject, useRef } from 'react';

/** Tells what lies over a plot where its axes begin and end, as `--plot-left` and `--plot-width` of the frame. */
export function usePlotSpan(): {
  frame: RefObject<HTMLDivElement | null>;
  onLayout: (left: number, width: number) => void;
} {
  const frame = useRef<HTMLDivElement>(null);
  const onLayout = (left: number, width: number) => {
    frame.current?.style.setProperty('--plot-left', `${left}px`);
    frame.current?.style.setProperty('--plot-width', `${width}px`);
  };
  return { frame, onLayout };
}
