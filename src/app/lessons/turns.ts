/** Where arrow keys have a meaning of their own. */
const OWN_ARROWS =
  'input, textarea, select, [contenteditable], [role="slider"], [role="radio"], [role="menu"], [role="listbox"], [role="dialog"]';

/** By how many pages a key turns: ← and → beside no field or slider, with the focus in the book or nowhere. */
export function turnsPage(
  { key, target, altKey, ctrlKey, metaKey, shiftKey, defaultPrevented }: KeyboardEvent,
  book: Element | null,
): -1 | 0 | 1 {
  if ((key !== 'ArrowLeft' && key !== 'ArrowRight') || altKey || ctrlKey || metaKey || shiftKey) return 0;
  const element = target instanceof Element ? target : null;
  if (defaultPrevented || element?.closest(OWN_ARROWS)) return 0;
  if (element && element !== document.body && !book?.contains(element)) return 0;
  const isForward = (key === 'ArrowRight') === (document.documentElement.dir !== 'rtl');
  return isForward ? 1 : -1;
}
