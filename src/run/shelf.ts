/** What the page may know of the runs that are kept, and of the one that is on it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunEntry } from './library.ts';
import type { Player } from './replay/player.ts';
import type { Setup } from './session.ts';

export interface Shelf {
  /** Null until they have been read. */
  entries: readonly RunEntry[] | null;
  /** The run on the page; null before one. */
  current: string | null;
  /** What the run on the page was started with. */
  setup: Setup | null;
  /**
   * The run on the page is only shown, as it was at its last step, and whether that is all that can be done because
   * another tab has it. Null where it goes on here.
   */
  shown: { isElsewhere: boolean } | null;
  /** Of the recording that is on the page; null where none is. */
  player: Player | null;
  /** Steps of the run on the page that would be lost with it, because they cannot be kept. */
  unkept: number;
  /** The run that was on the page before, kept up to this step. */
  left: { id: string; name: string; step: number } | null;
  /** Why runs are not kept, in a plain sentence; empty when they are. */
  problem: string;
  /** Why the last start did not come about, in a plain sentence; empty when it did. */
  refusal: string;
  /** Bytes of the browser's store for this page, and how many there may be; null where it does not say. */
  room: { used: number; quota: number } | null;
}

/** Of a page without a run, to which nothing was refused. */
export const EMPTY_PAGE = {
  current: null,
  setup: null,
  shown: null,
  player: null,
  unkept: 0,
  refusal: '',
} as const;

export function createShelf(): StoreApi<Shelf> {
  return createStore<Shelf>(() => ({
    ...EMPTY_PAGE,
    entries: null,
    left: null,
    problem: '',
    room: null,
  }));
}
