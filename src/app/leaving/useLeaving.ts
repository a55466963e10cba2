import { create } from 'zustand';
import type { Keeper } from '../../run/keeper.ts';

interface Leaving {
  /** What is done when the reader agrees to lose what cannot be kept; null while nobody is asked. */
  asked: (() => void) | null;
}

/** Whether the reader is asked before a run leaves the page. */
export const useLeaving = create<Leaving>()(() => ({ asked: null }));

/** Does what takes the run off the page; where steps would be lost with it, only once the reader agrees. */
export function leaveRun({ shelf }: Keeper, go: () => void): void {
  if (shelf.getState().unkept === 0) go();
  else useLeaving.setState({ asked: go });
}

/** Has the browser ask before the page is closed while steps would be lost with it. Returns how to stop. */
export function askBeforeUnload({ shelf }: Keeper): () => void {
  const ask = (event: Event) => event.preventDefault();
  // Only while it is needed: with a listener, browsers do not keep the page for Back.
  const follow = ({ unkept }: { unkept: number }) => {
    if (unkept > 0) addEventListener('beforeunload', ask);
    else removeEventListener('beforeunload', ask);
  };
  return shelf.subscribe(follow);
}
