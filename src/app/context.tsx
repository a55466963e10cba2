/** The run and the session, handed down to every view. */
import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { useStore } from 'zustand';
import { prepareAhead } from '../run/ahead.ts';
import { createRunClient, type RunClient } from '../run/client.ts';
import { Keeper, type Shelf } from '../run/keeper.ts';
import { exposePage } from '../run/pageBridge.ts';
import { createSession, followInUrl, type Session, type SessionStore } from '../run/session.ts';
import { createRunStore, type RunStore, type RunView } from '../run/store.ts';

export interface PageParts {
  store: RunStore;
  client: RunClient;
  session: SessionStore;
  keeper: Keeper;
}

const PageContext = createContext<PageParts | null>(null);

/** The parts of the page, for the whole of its life. */
export function createPage(): PageParts {
  const store = createRunStore();
  const client = createRunClient(store);
  const session = createSession(location.search);
  followInUrl(session);
  exposePage(store, client);
  return { store, client, session, keeper: new Keeper(client) };
}

export function PageProvider({ page, children }: { page: PageParts; children: ReactNode }) {
  // After the page has been drawn.
  useEffect(() => prepareAhead(page.session, page.client), [page]);
  return <PageContext value={page}>{children}</PageContext>;
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

/** One slice of what is kept in this browser. */
export function useShelf<T>(select: (shelf: Shelf) => T): T {
  return useStore(usePage().keeper.shelf, select);
}
