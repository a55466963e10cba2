/**
 * The service worker: after one visit the page comes from this browser, whole, until a newer one was let in. What the
 * page is drawn with is fetched before this worker is installed; large files when the page asks, or on first use.
 */
import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';
import { type BuiltFile, LARGE_FILES, LargeFiles } from './largeFiles.ts';
import type { Answers, Question } from './protocol.ts';

/** The part of the worker's global scope used here; the DOM library only describes pages. */
interface Scope {
  /** Every file of the build; filled in by the builder. */
  readonly __WB_MANIFEST: BuiltFile[];
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly { url: string }[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'activate', listener: (event: Lasting) => void): void;
  addEventListener(
    type: 'fetch',
    listener: (
      event: Lasting & { readonly request: Request; respondWith(response: Promise<Response>): void },
    ) => void,
  ): void;
  addEventListener(type: 'message', listener: (event: Lasting & MessageEvent<Question>) => void): void;
}

interface Lasting {
  /** Keeps the worker alive until the promise is settled. */
  waitUntil(promise: Promise<unknown>): void;
}

declare const self: Scope;

const files = self.__WB_MANIFEST;
const { scope } = self.registration;
const large = new LargeFiles(files, scope, {
  openCache: () => caches.open(`kelvin-large-${scope}`),
  fetchFile: (address, options) => fetch(address, options),
});

// A link carries the settings behind a question mark; the page is the same.
precacheAndRoute(
  files.filter(({ url }) => !LARGE_FILES.test(url)),
  { directoryIndex: 'index.html', cleanURLs: false, ignoreURLParametersMatching: [/./] },
);
cleanupOutdatedCaches();

self.addEventListener('activate', (event) => {
  // The page of the first visit, too: its parts may be wanted when the network is gone.
  event.waitUntil(Promise.all([large.purge(), self.clients.claim()]));
});

self.addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  // A document is opened at one of its headings.
  const [address = ''] = url.split('#');
  if (method !== 'GET' || !large.has(address)) return;
  const answer = large.answer(address);
  event.respondWith(answer.then(({ response }) => response));
  event.waitUntil(answer.then(({ kept }) => kept).catch(() => undefined));
});

self.addEventListener('message', (event) => {
  const [port] = event.ports;
  const answer: (question: Question) => Promise<Answers[Question['type']]> = async ({ type }) =>
    type === 'take-over' ? await takeOver() : await large.loadNext().catch(() => null);
  event.waitUntil(answer(event.data).then((said) => port?.postMessage(said)));
});

async function takeOver(): Promise<boolean> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  // Documents have no parts that come late.
  const labs = windows.filter(({ url }) => url.startsWith(scope) && !url.startsWith(`${scope}docs/`));
  if (labs.length > 1) return false;
  await self.skipWaiting();
  return true;
}
