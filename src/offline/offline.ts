/** The page's end of the service worker: registers it, has large files fetched, lets a new version in when asked. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { isMetered } from './connection.ts';
import type { Answers, Question } from './protocol.ts';

/** Name of the built worker, beside the page. */
const WORKER = 'serviceWorker.js';

export interface OfflineState {
  /** A newer version that waits, and whether it was let in already but other pages of Kelvin are in its way. */
  update: 'none' | 'waiting' | 'other-pages';
  /** Large files that are still to come; null while nobody knows. */
  missing: number | null;
}

export class Offline {
  readonly state: StoreApi<OfflineState> = createStore<OfflineState>(() => ({
    update: 'none',
    missing: null,
  }));
  private registration: Promise<ServiceWorkerRegistration | null> | null = null;

  /** Registers the worker; nothing in a browser that has none for this page. Never rejects. */
  register(): void {
    this.registration ??= this.open().catch(() => null);
  }

  /**
   * Has every large file fetched, one after the other: those of this version, and of a new one that waits. Nothing
   * where the connection is metered, files are then kept when they are used. What cannot be had is tried at the next
   * visit.
   */
  async loadRest(): Promise<void> {
    if (isMetered() || !(await this.registration)) return;
    const { active } = await navigator.serviceWorker.ready;
    if (active) await this.loadAll(active, (missing) => this.state.setState({ missing }));
  }

  /** Lets the new version in and reloads, unless another page of Kelvin is open: that is said in the state. */
  async update(): Promise<void> {
    const waiting = (await this.registration)?.waiting;
    if (!waiting) return;
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    const isIn = await ask(waiting, { type: 'take-over' });
    if (!isIn) this.state.setState({ update: 'other-pages' });
  }

  /** Says no more of the new version during this visit. It comes in when every page of Kelvin was closed. */
  later(): void {
    this.state.setState({ update: 'none' });
  }

  private async open(): Promise<ServiceWorkerRegistration | null> {
    if (!('serviceWorker' in navigator)) return null;
    const registration = await navigator.serviceWorker.register(new URL(WORKER, document.baseURI));
    const listen = (worker: ServiceWorker | null) => {
      const look = () => {
        // The very first has nobody to wait for.
        if (worker?.state === 'installed' && registration.active) void this.announce(worker);
      };
      worker?.addEventListener('statechange', look);
      look();
    };
    registration.addEventListener('updatefound', () => listen(registration.installing));
    listen(registration.installing);
    listen(registration.waiting);
    // A page may stay open for days.
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) void registration.update().catch(() => undefined);
    });
    return registration;
  }

  /** A new version is there. It is offered when all of it is, so that it also works without the network. */
  private async announce(waiting: ServiceWorker): Promise<void> {
    if (!isMetered()) await this.loadAll(waiting, () => {});
    if (waiting.state === 'installed') this.state.setState({ update: 'waiting' });
  }

  private async loadAll(worker: ServiceWorker, tell: (missing: number) => void): Promise<void> {
    for (;;) {
      const missing = await ask(worker, { type: 'load-next' });
      if (missing === null) return;
      tell(missing);
      if (missing === 0) return;
    }
  }
}

function ask<T extends Question['type']>(
  worker: ServiceWorker,
  question: Extract<Question, { type: T }>,
): Promise<Answers[T]> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<Answers[T]>) => {
      port1.close();
      resolve(data);
    };
    worker.postMessage(question, [port2]);
  });
}
