/** Runs that wait for the one before: several seeds of one configuration, one after the other. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Keeper } from './keeper.ts';
import type { Setup } from './session.ts';
import { isResting, type RunStore } from './store.ts';

/** Most runs that may wait. */
const MOST = 50;

export class RunQueue {
  readonly waiting: StoreApi<readonly Setup[]> = createStore<readonly Setup[]>(() => []);

  constructor(
    private readonly keeper: Pick<Keeper, 'start' | 'shelf'>,
    private readonly run: Pick<RunStore, 'getState' | 'subscribe'>,
  ) {
    run.subscribe(({ state }, before) => {
      // A run that broke off does not keep the others waiting; one that was reset was meant to stop.
      // What else the run says in the same breath is heard first.
      if (state !== before.state && (state === 'finished' || state === 'failed')) {
        queueMicrotask(() => this.next());
      }
    });
  }

  /** Puts runs behind those that wait; the first begins at once where nobody's run would be cut short. */
  add(setups: readonly Setup[]): void {
    this.waiting.setState([...this.waiting.getState(), ...setups].slice(0, MOST), true);
    this.next();
  }

  /** Forgets what waits; the run that is going on goes on. */
  clear(): void {
    this.waiting.setState([], true);
  }

  /** A kept run that is only shown stays as it is kept. */
  private isFree(): boolean {
    return isResting(this.run.getState()) || this.keeper.shelf.getState().shown !== null;
  }

  private next(): void {
    const [setup, ...rest] = this.waiting.getState();
    if (!setup || !this.isFree()) return;
    this.waiting.setState(rest, true);
    void this.keeper.start(setup).then((isStarted) => {
      // The others may begin from elsewhere.
      if (!isStarted) this.next();
    });
  }
}

/** Seeds as people write them: `1, 2, 3` or `1-3`. Throws a RangeError with a plain sentence. */
export function readSeeds(text: string): number[] {
  const seeds = text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .flatMap((part) => {
      const [, from, to = from] = /^(\d{1,10})(?:[-–](\d{1,10}))?$/.exec(part) ?? [];
      const [first, last] = [Number(from), Number(to)];
      if (from === undefined || first > 4_294_967_295 || last > 4_294_967_295 || last < first) {
        throw new RangeError(`“${part}” is no seed: write whole numbers such as 1, 2, 3 or 1-3.`);
      }
      if (last - first >= MOST) throw new RangeError(`Those are too many: ${MOST} runs may wait.`);
      return Array.from({ length: last - first + 1 }, (_, i) => first + i);
    });
  if (seeds.length === 0) throw new RangeError('Write the seeds to run, such as 1, 2, 3.');
  if (seeds.length > MOST) throw new RangeError(`Those are too many: ${MOST} runs may wait.`);
  return [...new Set(seeds)];
}
