import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunState } from './protocol.ts';
import { createRunStore } from './store.ts';
import { keepAwake } from './wakeLock.ts';

const STATES: readonly RunState[] = ['idle', 'loading', 'seeding', 'running', 'paused', 'finished', 'failed'];
const AT_WORK: readonly RunState[] = ['loading', 'seeding', 'running'];

class Tab extends EventTarget {
  hidden = false;
  show(isShown: boolean): void {
    this.hidden = !isShown;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

/** Locks of a browser that lets go of them all when the page is hidden, and refuses some. */
class Locks {
  readonly held = new Set<object>();
  asked = 0;
  constructor(
    tab: Tab,
    private readonly refuses: (asked: number) => boolean = () => false,
  ) {
    tab.addEventListener('visibilitychange', () => tab.hidden && this.held.clear());
  }
  request = async (): Promise<WakeLockSentinel> => {
    if (this.refuses(this.asked++)) throw new DOMException('low battery', 'NotAllowedError');
    const lock = { release: async () => void this.held.delete(lock) };
    this.held.add(lock);
    return lock as unknown as WakeLockSentinel;
  };
}

function world(refuses?: (asked: number) => boolean) {
  const tab = new Tab();
  const locks = new Locks(tab, refuses);
  const store = createRunStore();
  const stop = keepAwake(store, { page: tab as unknown as Document, wakeLock: locks });
  return { tab, locks, store, stop };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test('whatever happens in whatever order, there is one lock while a run works in sight, and else none', async () => {
  const happening = fc.oneof(
    fc.constantFrom(...STATES).map((state) => ({ state })),
    fc.boolean().map((isShown) => ({ isShown })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ it: happening, isWaited: fc.boolean() })), async (happenings) => {
      const { tab, locks, store, stop } = world();
      for (const { it, isWaited } of happenings) {
        if ('state' in it) store.setState({ state: it.state });
        else tab.show(it.isShown);
        if (isWaited) await settled();
      }
      await settled();
      const isWanted = AT_WORK.includes(store.getState().state) && !tab.hidden;
      expect(locks.held.size).toBe(isWanted ? 1 : 0);
      stop();
      await settled();
      expect(locks.held.size).toBe(0);
    }),
  );
});

test('a refusal is no error, and is asked for again when the page comes back into sight', async () => {
  const { tab, locks, store } = world((asked) => asked === 0);
  store.setState({ state: 'running' });
  await settled();
  expect(locks.held.size).toBe(0);
  tab.show(false);
  tab.show(true);
  await settled();
  expect(locks.held.size).toBe(1);
});

test('a browser that has no such locks is left in peace', () => {
  const store = createRunStore();
  const stop = keepAwake(store, { page: new Tab() as unknown as Document, wakeLock: undefined });
  store.setState({ state: 'running' });
  stop();
});
