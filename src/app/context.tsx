/** The run and the session, handed down to every view. */
import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import { createRunClient, type RunClient } from '../run/client.ts';
import { exposeLab } from '../run/labBridge.ts';
import { createSession, followInUrl, type Session, type SessionStore } from '../run/session.ts';
import { createRunStore, type RunStore, type RunView } from '../run/store.ts';

export interface Lab {
  store: RunStore;
  client: RunClient;
  session: SessionStore;
}

const LabContext = createContext<Lab | null>(null);

/** One lab for the life of the page. */
export function createLab(): Lab {
  const store = createRunStore();
  const client = createRunClient(store);
  const session = createSession(location.search);
  followInUrl(session);
  exposeLab(store, client);
  return { store, client, session };
}

export function LabProvider({ lab, children }: { lab: Lab; children: ReactNode }) {
  return <LabContext value={lab}>{children}</LabContext>;
}

export function useLab(): Lab {
  const lab = useContext(LabContext);
  if (!lab) throw new Error('useLab needs a LabProvider above it');
  return lab;
}

/** One slice of the run; the view renders again only when that slice changes. */
export function useRun<T>(select: (view: RunView) => T): T {
  return useStore(useLab().store, select);
}

export function useSession<T>(select: (session: Session) => T): T {
  return useStore(useLab().session, select);
}
