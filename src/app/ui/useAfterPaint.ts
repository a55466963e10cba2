import { useEffect, useState } from 'react';

/**
 * `value` as it was until the page has been painted with the new one elsewhere: what answers a press at once need not
 * wait for what takes long to draw. Unlike a transition, which every update of a running run would begin anew.
 */
export function useAfterPaint<T>(value: T): T {
  const [painted, setPainted] = useState(value);
  useEffect(() => {
    if (Object.is(painted, value)) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // The frame comes before its painting, the timer after it. In a hidden tab there are no frames.
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setPainted(() => value));
    });
    const late = setTimeout(() => setPainted(() => value), 300);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      clearTimeout(late);
    };
  }, [value, painted]);
  return painted;
}
