/**
 * Counts what an engine asks of WebGPU, by standing in front of the methods of the standard's own classes. So all
 * engines are counted the same way, whatever they count themselves, and nothing is in the way once it stops.
 */

export interface Counts {
  dispatches: number;
  submits: number;
  bindGroups: number;
  buffersCreated: number;
  /** `mapAsync` for reading: what comes back from the GPU. */
  readBacks: number;
  /** `writeBuffer`: what goes there. */
  writes: number;
}

const NOTHING: Readonly<Counts> = {
  dispatches: 0,
  submits: 0,
  bindGroups: 0,
  buffersCreated: 0,
  readBacks: 0,
  writes: 0,
};

export class GpuCounter {
  private readonly total: Counts = { ...NOTHING };
  private readonly sizes = new WeakMap<GPUBuffer, number>();
  private live = 0;
  private peak = 0;
  private readonly undo: (() => void)[] = [];

  /** Counts from now on. */
  constructor() {
    const { total } = this;
    this.watch(GPUDevice.prototype, 'createBuffer', (result) => {
      total.buffersCreated++;
      this.sizes.set(result as GPUBuffer, (result as GPUBuffer).size);
      this.live += (result as GPUBuffer).size;
      this.peak = Math.max(this.peak, this.live);
    });
    this.watch(GPUBuffer.prototype, 'destroy', (_, buffer) => {
      this.live -= this.sizes.get(buffer) ?? 0;
      this.sizes.delete(buffer);
    });
    this.watch(GPUBuffer.prototype, 'mapAsync', (_, __, mode) => {
      if (mode === GPUMapMode.READ) total.readBacks++;
    });
    this.watch(GPUDevice.prototype, 'createBindGroup', () => total.bindGroups++);
    this.watch(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', () => total.dispatches++);
    this.watch(GPUQueue.prototype, 'submit', () => total.submits++);
    this.watch(GPUQueue.prototype, 'writeBuffer', () => total.writes++);
  }

  /** So far. */
  get counts(): Counts {
    return { ...this.total };
  }

  /** Most bytes of buffers that were alive at once. Buffers count until they are destroyed. */
  get peakBytes(): number {
    return this.peak;
  }

  /** Puts the methods back as they were. */
  stop(): void {
    for (const restore of this.undo.splice(0)) restore();
  }

  private watch<T extends object, K extends keyof T & string>(
    prototype: T,
    name: K,
    after: (result: unknown, self: T, first: unknown) => void,
  ): void {
    const original = prototype[name] as (...args: unknown[]) => unknown;
    prototype[name] = function (this: T, ...args: unknown[]) {
      const result = original.apply(this, args);
      after(result, this, args[0]);
      return result;
    } as T[K];
    this.undo.push(() => {
      prototype[name] = original as T[K];
    });
  }
}

/** What was counted between two moments. */
export function difference(after: Counts, before: Counts): Counts {
  return Object.fromEntries(
    Object.entries(after).map(([key, value]) => [key, value - before[key as keyof Counts]]),
  ) as unknown as Counts;
}
