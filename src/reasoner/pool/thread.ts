/** A Web Worker of the engine. */
import type { FromThread, ToThread } from './protocol.ts';
import { serveShards } from './serve.ts';

/** The part of the worker's global scope used here; the DOM library only describes pages. */
interface ThreadScope {
  postMessage(message: FromThread, transfer: Transferable[]): void;
  onmessage: ((message: MessageEvent<ToThread>) => void) | null;
}

const scope = self as unknown as ThreadScope;
const handle = serveShards((message, transfer) => scope.postMessage(message, transfer));
scope.onmessage = ({ data }) => handle(data);
// What could not be handled ends the thread, and the pool starts another one.
self.addEventListener('unhandledrejection', ({ reason }) => {
  throw reason;
});
