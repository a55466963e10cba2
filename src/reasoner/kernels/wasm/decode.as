import { int, scores, turn } from './attention';
import { pad4, transpose, weightedSum } from './math';

/**
 * Turns the keys of computed prefixes `[tokens, 3·width]` over to `[heads, headDim, pad4(length)]` for each
 * prefix; `prefixes` is a table of first tokens, lengths and places in `out` (in numbers).
 */
export function cachePrefixes(rotated: usize, out: usize, prefixes: usize, count: i32, heads: i32, dim: i32): void {
  const width = <usize>(heads * dim) << 2;
  for (let g = 0; g < count; g++) {
    const length = int(prefixes, count + g);
    const padded = pad4(length);
    const keys = rotated + <usize>int(prefixes, g) * 3 * width + width;
    const to = out + (<usize>int(prefixes, 2 * count + g) << 2);
    for (let h = 0; h < heads; h++) {
      transpose(keys + (<usize>(h * dim) << 2), 3 * width, length, dim, to + (<usize>(h * dim * padded) << 2), <usize>padded << 2);
    }
  }
}

/**
 * Attention of one new token in each of `count` rows: appends its key and value to the row's cache at column
 * `time` and writes `[count, width]`. `qkv` `[count, 3·width]` is turned in place by `cos`, `sin`
 * `[count, headDim/2]`. Row b has slot `slots[b]` of `keys` `[slots, heads, headDim, capacity]` and `values`
 * `[slots, capacity, width]` and prefix `rowPrefix[b]` of `prefixKeys` (see {@link cachePrefixes}) and
 * `rotated`. `p` has room for the longest prefix + capacity + 4 numbers.
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
  p: usize,
): void {
  const width = <usize>(heads * dim) << 2;
  const table = <usize>(dim >> 1) << 2;
  const scale: f32 = 1 / sqrt<f32>(<f32>dim);
  for (let b = 0; b < count; b++) {
    const q = qkv + <usize>b * 3 * width;
    const slot = <usize>int(slots, b);
    const ownKeys = keys + slot * <usize>capacity * width;
    const ownValues = values + slot * <usize>capacity * width;
    const c = cos + <usize>b * table;
    const s = sin + <usize>b * table;
    turn(q, q, c, s, heads, dim, 1, scale);
    turn(q + width, q + width, c, s, heads, dim, 1, 1);
    for (let i = 0; i < heads * dim; i++) {
      store<f32>(ownKeys + (<usize>(i * capacity + time) << 2), load<f32>(q + width + (<usize>i << 2)));
    }
    memory.copy(ownValues + <usize>time * width, q + 2 * width, width);

    const g = int(rowPrefix, b);
    const length = int(prefixes, prefixCount + g);
    const padded = pad4(length);
    const places = prefixKeys + (<usize>int(prefixes, 2 * prefixCount + g) << 2);
    const prefixValues = rotated + <usize>int(prefixes, g) * 3 * width + 2 * width;
    const to = out + <usize>b * width;
    memory.fill(to, 0, width);
    for (let h = 0; h < heads; h++) {
      const head = <usize>(h * dim) << 2;
      const ofPrefix = places + (<usize>(h * dim * padded) << 2);
      const ofOwn = ownKeys + (<usize>(h * dim * capacity) << 2);
      scores(q + head, ofPrefix, padded, length, ofOwn, capacity, time + 1, dim, p);
      weightedSum(p, 4, prefixValues + head, 3 * width, length, dim, to + head);
      weightedSum(p + (<usize>padded << 2), 4, ownValues + head, width, time + 1, dim, to + head);
    }
  }
}
