import { useEffect, useState } from 'react';
import { openSeedChecker, type SeedCheck, type SeedChecker } from '../../run/seedChecker.ts';

export type SeedState =
  | { at: 'starting' | 'checking' }
  | { at: 'checked'; check: SeedCheck }
  /** Python cannot be had here; `reason` is a plain sentence. */
  | { at: 'unavailable'; reason: string };

/** Milliseconds without a key before Python is asked. */
const PAUSE = 250;

/** What Python says of a text while it is being typed. Python is loaded when the component appears. */
export function useSeedCheck(text: string, contextLength: number): SeedState {
  const [checker, setChecker] = useState<SeedChecker | null>(null);
  const [reason, setReason] = useState<string | null>(null);
  const [said, setSaid] = useState<{ of: string; check: SeedCheck } | null>(null);

  useEffect(() => {
    const opened = openSeedChecker();
    let isClosed = false;
    opened.ready().then(
      () => isClosed || setChecker(opened),
      (error: Error) => isClosed || setReason(error.message),
    );
    return () => {
      isClosed = true;
      opened.close();
    };
  }, []);

  useEffect(() => {
    if (!checker) return;
    let isOld = false;
    const timer = setTimeout(() => {
      checker.check(text, contextLength).then(
        (check) => isOld || setSaid({ of: text, check }),
        (error: Error) => isOld || setReason(error.message),
      );
    }, PAUSE);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [checker, text, contextLength]);

  if (reason !== null) return { at: 'unavailable', reason };
  if (!checker) return { at: 'starting' };
  return said?.of === text ? { at: 'checked', check: said.check } : { at: 'checking' };
}
