import { int, turn } from './attention';
import { pad4, softmaxOfFour, sumsOfFour, transpose } from './math';
import { smallProduct } from './smallProduct';

/**
 * Turns the keys of computed prefixes `[tokens, 3·width]` over to `[heads, headDim, pad4(length)]` for each
 * prefix; `prefixes` is a table of first tokens, lengths and places in `out` (in numbers).
 */
export function cachePrefixes(rotated: usize, out: usize, prefixes: usize, count: i32, heads: i32, dim: i32): void {
  const width = <usize>(heads * dim) << 2;
  for (let g = 0; g < count; g++) {
    const length = int(prefixes, count + g);
    const padded = pad4(length);
    const row = <usize>padded << 2;
    const keys = rotated + <usize>int(prefixes, g) * 3 * width + width;
    const to = out + (<usize>int(prefixes, 2 * count + g) << 2);
    for (let h = 0; h < heads; h++) {
      transpose(keys + (<usize>(h * dim) << 2), 3 * width, length, dim, to + <usize>(h * dim) * row, row);
    }
  }
}

/**
 * Attention of one new token in each of `count` rows: appends its key and value to the row's cache as token
 * `time` and writes `[count, width]`. `qkv` `[count, 3·width]` is turned in place by `cos`, `sin`
 * `[count, headDim/2]`. Row b has slot `slots[b]` of `keys` and `values` `[slots, heads, capacity, headDim]`,
 * where each head's lie in one line, and prefix `rowPrefix[b]` of
 * `prefixKeys` (see {@link cachePrefixes}) and `rotated`. `capacity` is a multiple of four. `scratch` has room for
 * 4·(longest prefix + capacity + 4) numbers.
 *
 * Up to four neighbours that share a prefix go over it together.
 */
export function decodeAttention(
  qkv: usize,
  out: usize,
  cos: usize,
  sin: usize,
  slots: usize,
  rowPrefix: usize,
  count: i32,
  keys: usize,
  values: usize,
  capacity: i32,
  time: i32,
  rotated: usize,
  prefixKeys: usize,
  prefixes: usize,
  prefixCount: i32,
  heads: i32,
  dim: i32,
  scratch: usize,
): void {
  const width = <usize>(heads * dim) << 2;
  const token: usize = 3 * width;
  const headSize = <usize>(capacity * dim) << 2;
  append(qkv, cos, sin, slots, count, keys, values, capacity, time, heads, dim);
  let b = 0;
  while (b < count) {
    const g = int(rowPrefix, b);
    let rows = 1;
    while (rows < 4 && b + rows < count && int(rowPrefix, b + rows) == g) rows++;
    const length = int(prefixes, prefixCount + g);
    const padded = pad4(length);
    const shift = <usize>padded << 2;
    const row = shift + (<usize>pad4(time + 1) << 2);
    const ofPrefix = prefixKeys + (<usize>int(prefixes, 2 * prefixCount + g) << 2);
    const prefixValues = rotated + <usize>int(prefixes, g) * token + 2 * width;
    // What four rows of weights are of: rows, and heads where rows are few.
    const together = 4 / rows;
    for (let first = 0; first < heads; first += together) {
      const end = min(heads, first + together);
      let p = scratch;
      for (let h = first; h < end; h++) {
        const head = <usize>(h * dim) << 2;
        const q = qkv + <usize>b * token + head;
        smallProduct(q, token, 4, ofPrefix + head * <usize>padded, shift, p, row, rows, dim, padded, false);
        for (let r = 0; r < rows; r++, p += row) {
          const own = keys + <usize>(int(slots, b + r) * heads + h) * headSize;
          cachedScores(q + <usize>r * token, own, time + 1, dim, p + shift);
        }
      }
      const last = p - row;
      const p1 = min(last, scratch + row);
      const p2 = min(last, p1 + row);
      softmaxOfFour(scratch, p1, p2, min(last, p2 + row), length, time + 1, 0);
      p = scratch;
      for (let h = first; h < end; h++) {
        const head = <usize>(h * dim) << 2;
        const to = out + <usize>b * width + head;
        smallProduct(p, row, 4, prefixValues + head, token, to, width, rows, length, dim, false);
        for (let r = 0; r < rows; r++, p += row) {
          const own = values + <usize>(int(slots, b + r) * heads + h) * headSize;
          addValues(p + shift, own, time + 1, dim, to + <usize>r * width);
        }
      }
    }
    b += rows;
  }
}

/** Turns the new tokens' queries and keys and puts keys and values into the cache. */
function append(
  qkv: usize,
  cos: usize,
  sin: usize,
  slots: usize,
  count: i32,
  keys: usize,
  values: usize,
  capacity: i32,
  time: i32,
  heads: i32,
  dim: i32,
): void {
  const size = <usize>dim << 2;
  const width = size * <usize>heads;
  const table = <usize>(dim >> 1) << 2;
  const scale: f32 = 1 / sqrt<f32>(<f32>dim);
  for (let b = 0; b < count; b++) {
    const q = qkv + <usize>b * 3 * width;
    const c = cos + <usize>b * table;
    const s = sin + <usize>b * table;
    turn(q, q, c, s, heads, dim, 1, scale);
    turn(q + width, q + width, c, s, heads, dim, 1, 1);
    let from = q + width;
    let place = (<usize>(int(slots, b) * heads * capacity) + <usize>time) * size;
    for (let h = 0; h < heads; h++, from += size, place += <usize>capacity * size) {
      copy(from, keys + place, size);
      copy(from + width, values + place, size);
    }
  }
}

// @ts-ignore: decorator
@inline
function copy(from: usize, to: usize, bytes: usize): void {
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) v128.store(to + at, v128.load(from + at));
  for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at));
}

/** Scores of one query on the first `count` cached keys, four at a time; the last may be more than there are. */
function cachedScores(q: usize, keys: usize, count: i32, dim: i32, out: usize): void {
  const row = <usize>dim << 2;
  const whole = q + (<usize>(dim & ~3) << 2);
  const last = q + row;
  const end = out + (<usize>pad4(count) << 2);
  let k0 = keys;
  for (; out < end; out += 16) {
    let k1 = k0 + row;
    let k2 = k1 + row;
    let k3 = k2 + row;
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let at = q;
    for (; at < whole; at += 16) {
      const x = v128.load(at);
      s0 = f32x4.add(s0, f32x4.mul(x, v128.load(k0)));
      s1 = f32x4.add(s1, f32x4.mul(x, v128.load(k1)));
      s2 = f32x4.add(s2, f32x4.mul(x, v128.load(k2)));
      s3 = f32x4.add(s3, f32x4.mul(x, v128.load(k3)));
      k0 += 16;
      k1 += 16;
      k2 += 16;
      k3 += 16;
    }
    let sums = sumsOfFour(s0, s1, s2, s3);
    for (; at < last; at += 4, k0 += 4, k1 += 4, k2 += 4, k3 += 4) {
      const more = f32x4(load<f32>(k0), load<f32>(k1), load<f32>(k2), load<f32>(k3));
      sums = f32x4.add(sums, f32x4.mul(v128.load32_splat(at), more));
    }
    v128.store(out, sums);
    k0 = k3;
  }
}

/** out `[dim]` += Σ p[t]·v[t] over `count` cached values. */
function addValues(p: usize, v: usize, count: i32, dim: i32, out: usize): void {
  const row = <usize>dim << 2;
  const end = p + (<usize>count << 2);
  let d = 0;
  for (; d + 32 <= dim; d += 32, out += 128, v += 128) {
    let s0 = v128.load(out);
    let s1 = v128.load(out, 16);
    let s2 = v128.load(out, 32);
    let s3 = v128.load(out, 48);
    let s4 = v128.load(out, 64);
    let s5 = v128.load(out, 80);
    let s6 = v128.load(out, 96);
    let s7 = v128.load(out, 112);
    let from = v;
    for (let at = p; at < end; at += 4, from += row) {
      const x = v128.load32_splat(at);
      s0 = f32x4.add(s0, f32x4.mul(x, v128.load(from)));
      s1 = f32x4.add(s1, f32x4.mul(x, v128.load(from, 16)));
      s2 = f32x4.add(s2, f32x4.mul(x, v128.load(from, 32)));
      s3 = f32x4.add(s3, f32x4.mul(x, v128.load(from, 48)));
      s4 = f32x4.add(s4, f32x4.mul(x, v128.load(from, 64)));
      s5 = f32x4.add(s5, f32x4.mul(x, v128.load(from, 80)));
      s6 = f32x4.add(s6, f32x4.mul(x, v128.load(from, 96)));
      s7 = f32x4.add(s7, f32x4.mul(x, v128.load(from, 112)));
    }
    v128.store(out, s0);
    v128.store(out, s1, 16);
    v128.store(out, s2, 32);
    v128.store(out, s3, 48);
    v128.store(out, s4, 64);
    v128.store(out, s5, 80);
    v128.store(out, s6, 96);
    v128.store(out, s7, 112);
  }
  for (; d + 16 <= dim; d += 16, out += 64, v += 64) {
    let s0 = v128.load(out);
    let s1 = v128.load(out, 16);
    let s2 = v128.load(out, 32);
    let s3 = v128.load(out, 48);
    let from = v;
    for (let at = p; at < end; at += 4, from += row) {
      const x = v128.load32_splat(at);
      s0 = f32x4.add(s0, f32x4.mul(x, v128.load(from)));
      s1 = f32x4.add(s1, f32x4.mul(x, v128.load(from, 16)));
      s2 = f32x4.add(s2, f32x4.mul(x, v128.load(from, 32)));
      s3 = f32x4.add(s3, f32x4.mul(x, v128.load(from, 48)));
    }
    v128.store(out, s0);
    v128.store(out, s1, 16);
    v128.store(out, s2, 32);
    v128.store(out, s3, 48);
  }
  for (; d + 4 <= dim; d += 4, out += 16, v += 16) {
    let s = v128.load(out);
    let from = v;
    for (let at = p; at < end; at += 4, from += row) {
      s = f32x4.add(s, f32x4.mul(v128.load32_splat(at), v128.load(from)));
    }
    v128.store(out, s);
  }
  for (; d < dim; d++, out += 4, v += 4) {
    let s = load<f32>(out);
    let from = v;
    for (let at = p; at < end; at += 4, from += row) s += load<f32>(at) * load<f32>(from);
    store<f32>(out, s);
  }
}
