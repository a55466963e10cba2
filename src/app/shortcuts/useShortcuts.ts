import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import { pressOf, type Shortcut, shortcutOf } from './shortcuts.ts';

const KEY = 'kelvin-shortcuts';

interface ShortcutsState {
  /** The list of the keys is open. */
  isListed: boolean;
  /** Keys without Control act at all; who speaks to the machine, or slips easily, turns them off. */
  isOn: boolean;
}

export const useShortcutsState = create<ShortcutsState>()(() => ({ isListed: false, isOn: readIsOn() }));

/** Turns the keys on or off, for later visits, too. `?` keeps listing them. */
export function turnShortcuts(isOn: boolean): void {
  useShortcutsState.setState({ isOn });
  try {
    localStorage.setItem(KEY, isOn ? 'on' : 'off');
  } catch {
    // Storage may be closed to the page; the choice then lasts as long as the page.
  }
}

/** Has the keys of the page do what its buttons do; null for what cannot be done now. */
export function useShortcuts(actions: Record<Exclude<Shortcut, 'help'>, (() => void) | null>): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const asked = event.defaultPrevented ? null : shortcutOf(pressOf(event));
      if (asked === 'help') return useShortcutsState.setState({ isListed: true });
      if (asked === null || !useShortcutsState.getState().isOn) return;
      const act = latest.current[asked];
      if (!act) return;
      // Space and the arrows would scroll the page as well.
      event.preventDefault();
      act();
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, []);
}

function readIsOn(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    return true;
  }
}
