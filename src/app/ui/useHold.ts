import { useState } from 'react';

/** Whether somebody looks at a list with pointer or keyboard: it then stands still, so that a row can be pressed. */
export function useHold() {
  const [isHeld, setIsHeld] = useState(false);
  return {
    isHeld,
    /** For the element that scrolls. */
    whileLooking: {
      onPointerEnter: () => setIsHeld(true),
      onPointerLeave: () => setIsHeld(false),
      onFocus: () => setIsHeld(true),
      onBlur: () => setIsHeld(false),
    },
  };
}
