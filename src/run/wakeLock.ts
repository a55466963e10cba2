/** Keeps the screen awake while a run goes on in sight: a machine that falls asleep takes no steps. */
import type { RunState } from './protocol.ts';
import { isWorking, type RunStore } from './store.ts';

/** What of the browser is needed; tests bring their own. */
export interface WakeLockWorld {
  page: Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>;
  /** Absent in browsers that cannot, and on pages that may not. */
  wakeLock: Pick<WakeLock, 'request'> | undefined;
}

/**
 * Holds a screen wake lock while the run works and the page is in sight, and only then. What the browser refuses (a low
 * battery, say) is asked for again when either changes. Returns how to stop.
 */
export function keepAwake(
  store: Pick<RunStore, 'getState' | 'subscribe'>,
  { page, wakeLock }: WakeLockWorld = { page: document, wakeLock: navigator.wakeLock },
): () => void {
  if (!wakeLock) return () => {};
  let isWanted = false;
  let held: Promise<Pick<WakeLockSentinel, 'release'> | null> | null = null;
  const change = (wanted: boolean) => {
    if (wanted === isWanted) return;
    isWanted = wanted;
    if (wanted) {
      held = wakeLock.request('screen').catch(() => null);
      return;
    }
    // The browser has let go of that of a hidden page already.
    void held?.then((lock) => lock?.release()).catch(() => undefined);
    held = null;
  };
  let state: RunState | null = null;
  const look = () => change(isWorking(store.getState()) && !page.hidden);
  const unsubscribe = store.subscribe((view) => {
    if (view.state === state) return;
    state = view.state;
    look();
  });
  page.addEventListener('visibilitychange', look);
  look();
  return () => {
    unsubscribe();
    page.removeEventListener('visibilitychange', look);
    change(false);
  };
}
