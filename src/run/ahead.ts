/** Loading while the reader still reads: Python, the engine and the base of what Start would run. */
import { isMetered } from '../offline/connection.ts';
import type { RunClient } from './client.ts';
import type { SessionStore } from './session.ts';

/** Milliseconds for which the form must stand still: what is typed goes through values that nobody wants. */
const SETTLED_AFTER = 600;

/** Prepares for the session, now and as it changes; where the connection is metered, nothing. Returns how to stop. */
export function prepareAhead(session: SessionStore, client: Pick<RunClient, 'prepare'>): () => void {
  if (isMetered()) return () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  const prepare = () => {
    const { config, device } = session.getState();
    client.prepare(config, device);
  };
  const unsubscribe = session.subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(prepare, SETTLED_AFTER);
  });
  prepare();
  return () => {
    clearTimeout(timer);
    unsubscribe();
  };
}
