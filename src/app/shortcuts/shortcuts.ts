/** The keys of the whole page: what each is called and does, and when a press is none. */

import { msg } from '../../words/words.ts';

export const SHORTCUTS = [
  { name: 'pause', key: ' ', label: msg('Space'), does: msg('Starts, pauses and resumes the run') },
  { name: 'step', key: 's', label: 'S', does: msg('Takes one step while the run rests') },
  {
    name: 'back',
    key: 'arrowleft',
    label: '←',
    does: msg('Takes a recording one step back; in slow motion a recording or a run one stage'),
  },
  {
    name: 'on',
    key: 'arrowright',
    label: '→',
    does: msg('Takes a recording one step on; in slow motion one stage, as far as the run has come'),
  },
  { name: 'reset', key: 'r', label: 'R', does: msg('Takes the run off the page, as Reset does') },
  { name: 'help', key: '?', label: '?', does: msg('Lists these keys') },
] as const;

export type Shortcut = (typeof SHORTCUTS)[number]['name'];

/** What a press is judged by: of a `KeyboardEvent`, and of the element that has the focus. */
export interface Press {
  key: string;
  /** Control, Alt or the command key is held, or Shift with an arrow: then the press is the browser's. */
  isCombined: boolean;
  /** The key is held down. */
  isRepeated: boolean;
  /** Letters are taken there: a field, or a list or menu that one types in to find an entry. */
  isTyping: boolean;
  /** Space does something there already: a button, a link, or a region that it scrolls. */
  takesSpace: boolean;
  /** The arrow keys do something there already: a slider, a choice, a list, or a region that they scroll. */
  takesArrows: boolean;
}

/** The shortcut that a press asks for; null where it is none. */
export function shortcutOf(press: Press): Shortcut | null {
  const { key, isCombined, isRepeated, isTyping, takesSpace, takesArrows } = press;
  if (isCombined || isRepeated || isTyping) return null;
  if ((key === ' ' && takesSpace) || (/^arrow/i.test(key) && takesArrows)) return null;
  return SHORTCUTS.find((shortcut) => shortcut.key === key.toLowerCase())?.name ?? null;
}

/** Where letters are typed; nothing below a question that has to be answered first is heard either. */
const TYPING =
  'input:not([type="range"], [type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"], [role="menu"], [role="combobox"], [role="alertdialog"], [role="dialog"]:is(.popover, .settings)';
/** Where Space presses, chooses or scrolls. */
const SPACE = 'button, a[href], summary, input, [role="slider"], [tabindex="0"]';

/** Where the arrow keys move, choose or scroll. */
const ARROWS = 'input, [role="slider"], [role="radio"], [role="tab"], [tabindex="0"]';

/** What an event of the page says about a press. */
export function pressOf(event: KeyboardEvent): Press {
  const target = event.target instanceof Element ? event.target : null;
  return {
    key: event.key,
    isCombined:
      event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key.startsWith('Arrow')),
    isRepeated: event.repeat,
    isTyping: target?.closest(TYPING) != null,
    takesSpace: target?.closest(SPACE) != null,
    takesArrows: target?.closest(ARROWS) != null,
  };
}
