import { type RefObject, useRef } from 'react';
import type { PlotArea } from './Plot.tsx';

/** Tells what lies over a plot where its axes begin and end, as custom properties of the frame. */
export function usePlotSpan(): {
  frame: RefObject<HTMLDivElement | null>;
  onLayout: (area: PlotArea) => void;
} {
  const frame = useRef<HTMLDivElement>(null);
  const onLayout = ({ left, width, from, to }: PlotArea) => {
    const style = frame.current?.style;
    style?.setProperty('--plot-left', `${left}px`);
    style?.setProperty('--plot-width', `${width}px`);
    style?.setProperty('--plot-from', `${from}`);
    style?.setProperty('--plot-to', `${to}`);
  };
  return { frame, onLayout };
}
