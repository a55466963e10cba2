/** The run and the session, handed down to every view. */
import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { useStore } from 'zustand';
import { Offline, type OfflineState } from '../offline/offline.ts';
import { prepareAhead } from '../run/ahead.ts';
import { createRunClient, type RunClient } from '../run/client.ts';
import { type Frame, readFrame } from '../run/frame.ts';
import { Keeper } from '../run/keeper.ts';
import { exposePage } from '../run/pageBridge.ts';
import { PREPARED_PARTS } from '../run/protocol.ts';
import { RunQueue } from '../run/queue.ts';
import { createSession, type Session, type SessionStore, type Setup } from '../run/session.ts';
import type { Shelf } from '../run/shelf.ts';
import { createRunStore, type RunStore, type RunView } from '../run/store.ts';
import { keepAwake } from '../run/wakeLock.ts';
import { type Address, followAddress, type Here, rememberedNext } from './address/address.ts';
import { askBeforeUnload } from './leaving/useLeaving.ts';

export interface PageParts {
  store: RunStore;
  client: RunClient;
  session: SessionStore;
  keeper: Keeper;
  queue: RunQueue;
  address: Address;
  /** How much of the page is shown; it stays so for the whole visit. */
  frame: Frame;
  offline: Offline;
}

const PageContext = createContext<PageParts | null>(null);

/** The parts of the page, for the whole of its life. */
export async function createPage(): Promise<PageParts> {
  const session = await createSession(location.search, rememberedNext());
  const store = createRunStore();
  const client = createRunClient(store);
  const keeper = new Keeper(client);
  const frame = readFrame(location.search);
  if (frame.isProjector) document.documentElement.dataset.projector = '';
  const address = followAddress(session, keeper);
  askBeforeUnload(keeper);
  exposePage(store, client);
  return {
    store,
    client,
    session,
    keeper,
    queue: new RunQueue(keeper, store),
    address,
    frame,
    offline: new Offline(),
  };
}

export function PageProvider({ page, children }: { page: PageParts; children: ReactNode }) {
  // After the page has been drawn, and a run that the address names is on it: beside one nothing is prepared.
  useEffect(() => {
    let isOver = false;
    let stop = () => {};
    void page.address.opened.then(() => {
      // A lesson plays from a recording: what a run begins with is loaded when somebody asks for it.
      const isInLesson = page.address.here.getState().lesson !== null;
      if (!isOver && !isInLesson) stop = prepareAhead(page.session, page.client);
    });
    return () => {
      isOver = true;
      stop();
    };
  }, [page]);
  useEffect(() => goOffline(page), [page]);
  useEffect(() => keepAwake(page.store), [page]);
  return <PageContext value={page}>{children}</PageContext>;
}

/**
 * Has everything kept for a visit without the network; the large files when what a run begins with is there, so that
 * they take nothing from it. Only what is built has a worker: it would hide every change from who works on the page.
 */
function goOffline({ store, offline }: PageParts): () => void {
  if (!import.meta.env.PROD) return () => {};
  offline.register();
  const isQuiet = ({ prepared, step, state }: RunView) =>
    prepared.length === PREPARED_PARTS.length || step > 0 || state === 'finished';
  const unsubscribe = store.subscribe((view) => {
    if (!isQuiet(view)) return;
    unsubscribe();
    void offline.loadRest();
  });
  return unsubscribe;
}

export function usePage(): PageParts {
  const page = useContext(PageContext);
  if (!page) throw new Error('usePage needs a PageProvider above it');
  return page;
}

/** One slice of the run; the view renders again only when that slice changes. */
export function useRun<T>(select: (view: RunView) => T): T {
  return useStore(usePage().store, select);
}

export function useSession<T>(select: (session: Session) => T): T {
  return useStore(usePage().session, select);
}

/** The runs that wait. */
export function useQueue(): readonly Setup[] {
  return useStore(usePage().queue.waiting);
}

/** One slice of what is known of working offline. */
export function useOffline<T>(select: (state: OfflineState) => T): T {
  return useStore(usePage().offline.state, select);
}

/** One slice of what is kept in this browser. */
export function useShelf<T>(select: (shelf: Shelf) => T): T {
  return useStore(usePage().keeper.shelf, select);
}

/** One slice of where on the page one is. */
export function useHere<T>(select: (here: Here) => T): T {
  return useStore(usePage().address.here, select);
}
