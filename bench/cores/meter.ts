/** Time by name. What runs inside something else counts for itself alone. */

export interface Tally {
  name: string;
  ms: number;
  calls: number;
  /** Floating-point operations, 0 where they are not counted. */
  operations: number;
}

export class Meter {
  private readonly tallies = new Map<string, Tally>();
  private readonly undo: (() => void)[] = [];
  /** Milliseconds spent inside whatever is being timed, from the outermost inwards. */
  private readonly inner: number[] = [];
  /** Whether what runs now counts as a whole, whatever is timed inside it. */
  private isWhole = false;

  /** Names under which all counts that happens inside. */
  constructor(private readonly wholes: ReadonlySet<string> = new Set()) {}

  /** Runs `work` and counts its time, without what is timed inside it, under `name`. */
  time<T>(name: string, work: () => T, operations = 0): T {
    if (this.isWhole) return work();
    this.isWhole = this.wholes.has(name);
    this.inner.push(0);
    const began = performance.now();
    try {
      return work();
    } finally {
      this.isWhole = false;
      const ms = performance.now() - began;
      const tally = this.tally(name);
      tally.ms += ms - this.inner.pop()!;
      tally.calls++;
      tally.operations += operations;
      if (this.inner.length > 0) this.inner[this.inner.length - 1]! += ms;
    }
  }

  /** Counts operations of something that is timed elsewhere. */
  addOperations(name: string, operations: number): void {
    this.tally(name).operations += operations;
  }

  /** Stands in front of a method, which is synchronous, until {@link stop}. */
  watch<T extends object, K extends keyof T & string>(target: T, method: K, name: string): void {
    const own = Object.getOwnPropertyDescriptor(target, method);
    const original = target[method] as (...args: unknown[]) => unknown;
    const { time } = this;
    const meter = this;
    const value = function (this: T, ...args: unknown[]) {
      return time.call(meter, name, () => original.apply(this, args));
    };
    Object.defineProperty(target, method, { value, configurable: true, writable: true });
    this.undo.push(() => {
      if (own) Object.defineProperty(target, method, own);
      else delete target[method];
    });
  }

  /** To be done by {@link stop}. */
  later(restore: () => void): void {
    this.undo.push(restore);
  }

  /** Puts everything back as it was. */
  stop(): void {
    for (const restore of this.undo.splice(0).reverse()) restore();
  }

  /** What was counted since the last call, most time first. */
  take(): Tally[] {
    const taken = [...this.tallies.values()].sort((a, b) => b.ms - a.ms);
    this.tallies.clear();
    return taken;
  }

  private tally(name: string): Tally {
    const tally = this.tallies.get(name) ?? { name, ms: 0, calls: 0, operations: 0 };
    this.tallies.set(name, tally);
    return tally;
  }
}
