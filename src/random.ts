/**
 * The one seeded generator. Everything random in a run (tasks, references, sampling seeds, batches) comes from a named
 * stream of `new Random(seed)`, so the same seed and configuration give the same run on the same backend.
 *
 * xoshiro128** (Blackman & Vigna 2018), seeded through SplitMix32.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  private readonly seed: number;

  constructor(seed: number) {
    this.seed = seed >>> 0;
    let state = this.seed;
    const next = () => {
      state = (state + 0x9e3779b9) >>> 0;
      let z = state;
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      return (z ^ (z >>> 15)) >>> 0;
    };
    this.a = next();
    this.b = next();
    this.c = next();
    this.d = next();
  }

  /** A uniform 32-bit unsigned integer. */
  uint32(): number {
    const result = Math.imul(rotateLeft(Math.imul(this.b, 5), 7), 9) >>> 0;
    const t = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= t;
    this.d = rotateLeft(this.d, 11);
    return result;
  }

  /** A uniform number in [0, 1). */
  unit(): number {
    return this.uint32() / 4294967296;
  }

  /** A uniform integer in [low, high], both ends included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1));
  }

  /** True with probability `p`. */
  chance(p: number): boolean {
    return this.unit() < p;
  }

  /** One element, uniformly. Throws a RangeError on an empty list. */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('Random.pick: the list is empty');
    return items[Math.floor(this.unit() * items.length)] as T;
  }

  /** An index drawn in proportion to `weights` (non-negative, not all zero). */
  weighted(weights: readonly number[]): number {
    let total = 0;
    for (const w of weights) total += w;
    if (!(total > 0)) throw new RangeError('Random.weighted: the weights must have a positive sum');
    let x = this.unit() * total;
    for (let i = 0; i < weights.length; i++) {
      x -= weights[i] as number;
      if (x < 0) return i;
    }
    return weights.length - 1;
  }

  /** A new list with the same elements in random order (Fisher–Yates). */
  shuffle<T>(items: readonly T[]): T[] {
    const out = items.slice();
    for (let i = out.length - 1; i > 0; i--) {
      const j = Math.floor(this.unit() * (i + 1));
      [out[i], out[j]] = [out[j] as T, out[i] as T];
    }
    return out;
  }

  /** `count` distinct elements in random order (all of them when there are fewer). */
  sample<T>(items: readonly T[], count: number): T[] {
    const out = items.slice();
    const n = Math.min(count, out.length);
    for (let i = 0; i < n; i++) {
      const j = i + Math.floor(this.unit() * (out.length - i));
      [out[i], out[j]] = [out[j] as T, out[i] as T];
    }
    return out.slice(0, n);
  }

  /**
   * The stream of that name: an independent generator that depends on this one's seed and on the names alone, not on
   * what was drawn before (as JAX's `fold_in`). A new consumer with a name of its own therefore disturbs no other, and
   * a stream that carries the number of its step begins anew wherever a run is taken up again.
   */
  fork(...names: readonly (string | number)[]): Random {
    return new Random(names.reduce<number>((key, name) => fold(key, String(name)), this.seed));
  }

  /** The state, for saving a run. */
  state(): [number, number, number, number] {
    return [this.a >>> 0, this.b >>> 0, this.c >>> 0, this.d >>> 0];
  }

  /** Puts back a state from {@link Random.state}. */
  restore(state: readonly [number, number, number, number]): void {
    [this.a, this.b, this.c, this.d] = state;
  }
}

/** A key that depends on every bit of `key` and on the name: FNV-1a, finished as in MurmurHash3. */
function fold(key: number, name: string): number {
  let hash = 0x811c9dc5 ^ key;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function rotateLeft(x: number, k: number): number {
  return ((x << k) | (x >>> (32 - k))) >>> 0;
}
