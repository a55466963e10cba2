import { useCallback, useEffect, useRef, useState } from 'react';
import { useHere, usePage } from '../context.tsx';

/** Milliseconds after which a task that one stops at is written into the address: browsers refuse to write often. */
const SETTLES = 250;

/** The task of the address; walked from at once, and written there when one stops, or `settle` is called. */
export function useChosen(): {
  chosen: string | null;
  choose: (id: string | null) => void;
  settle: () => void;
} {
  const { address } = usePage();
  const asked = useHere((here) => here.task);
  const [chosen, setChosen] = useState(asked);
  const written = useRef(asked);
  useEffect(() => {
    if (asked === written.current) return;
    written.current = asked;
    setChosen(asked);
  }, [asked]);
  const settle = useCallback(() => {
    if (chosen === written.current) return;
    written.current = chosen;
    address.go({ task: chosen }, { replace: true });
  }, [chosen, address]);
  useEffect(() => {
    const timer = setTimeout(settle, SETTLES);
    return () => clearTimeout(timer);
  }, [settle]);
  return { chosen, choose: setChosen, settle };
}
