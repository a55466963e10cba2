/** Windows over the steps of a run. */

/** Steps a mean is taken over: long enough to smooth one odd step, short enough to be told in time. */
export const WINDOW = 5;

/** The latest few values. */
export class Recent {
  private readonly values: number[] = [];

  add(value: number): void {
    this.values.push(value);
    if (this.values.length > WINDOW) this.values.shift();
  }

  get isFull(): boolean {
    return this.values.length === WINDOW;
  }

  get sum(): number {
    return this.values.reduce((sum, value) => sum + value, 0);
  }
}

/** How a measurement began and how it is now. Values that are not finite are left out. */
export class Series {
  private readonly window = new Recent();
  /** Mean of the first few values; null before there are as many. */
  start: number | null = null;

  add(value: number): this {
    if (!Number.isFinite(value)) return this;
    this.window.add(value);
    if (this.start === null) this.start = this.recent;
    return this;
  }

  /** Mean of the latest few values; null before there are as many. */
  get recent(): number | null {
    return this.window.isFull ? this.window.sum / WINDOW : null;
  }
}

/** How a measurement is now and what it has been at best. Values that are not finite are left out. */
export class Best {
  private readonly window = new Recent();
  /** Highest mean of a window so far; 0 before there was one. */
  best = 0;

  add(value: number): this {
    if (!Number.isFinite(value)) return this;
    this.window.add(value);
    if (this.recent !== null) this.best = Math.max(this.best, this.recent);
    return this;
  }

  /** Mean of the latest few values; null before there are as many. */
  get recent(): number | null {
    return this.window.isFull ? this.window.sum / WINDOW : null;
  }
}
