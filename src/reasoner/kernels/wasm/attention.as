import { pad4, softmaxOfFour, sum4, transpose } from './math';
import { smallProduct } from './smallProduct';

/**
 * Turns each token's queries and keys by its position and copies its values: `[tokens, 3·width]` to the same
 * shape. Queries are scaled by 1/√headDim as well. `cos` and `sin` are `[tokens, headDim/2]`.
 */
export function rotary(qkv: usize, cos: usize, sin: usize, out: usize, tokens: i32, heads: i32, dim: i32): void {
  const width = <usize>(heads * dim) << 2;
  const scale: f32 = 1 / sqrt<f32>(<f32>dim);
  for (let n = 0; n < tokens; n++) {
    const from = qkv + <usize>n * 3 * width;
    const to = out + <usize>n * 3 * width;
    const table = <usize>(n * (dim >> 1)) << 2;
    turn(from, to, cos + table, sin + table, heads, dim, 1, scale);
    turn(from + width, to + width, cos + table, sin + table, heads, dim, 1, 1);
    memory.copy(to + 2 * width, from + 2 * width, width);
  }
}

/** The gradient of {@link rotary}, in place. */
export function rotaryGradient(d: usize, cos: usize, sin: usize, tokens: i32, heads: i32, dim: i32): void {
  const width = <usize>(heads * dim) << 2;
  const scale: f32 = 1 / sqrt<f32>(<f32>dim);
  for (let n = 0; n < tokens; n++) {
    const at = d + <usize>n * 3 * width;
    const table = <usize>(n * (dim >> 1)) << 2;
    turn(at, at, cos + table, sin + table, heads, dim, -1, scale);
    turn(at + width, at + width, cos + table, sin + table, heads, dim, -1, 1);
  }
}

/** Turns one token's heads (rotate-half) and scales them; direction −1 turns back. */
// @ts-ignore: decorator
@inline
export function turn(
  from: usize,
  to: usize,
  cos: usize,
  sin: usize,
  heads: i32,
  dim: i32,
  direction: f32,
  scale: f32,
): void {
  const half = <usize>(dim >> 1) << 2;
  const whole = <usize>((dim >> 1) & ~3) << 2;
  const forward = f32x4.splat(direction * scale);
  const size = f32x4.splat(scale);
  for (let h = 0; h < heads; h++) {
    const a = from + 2 * half * <usize>h;
    const out = to + 2 * half * <usize>h;
    let i: usize = 0;
    for (; i < whole; i += 16) {
      const c = f32x4.mul(v128.load(cos + i), size);
      const s = f32x4.mul(v128.load(sin + i), forward);
      const x = v128.load(a + i);
      const y = v128.load(a + half + i);
      v128.store(out + i, f32x4.sub(f32x4.mul(x, c), f32x4.mul(y, s)));
      v128.store(out + half + i, f32x4.add(f32x4.mul(y, c), f32x4.mul(x, s)));
    }
    for (; i < half; i += 4) {
      const c: f32 = load<f32>(cos + i) * scale;
      const s: f32 = load<f32>(sin + i) * direction * scale;
      const x = load<f32>(a + i);
      const y = load<f32>(a + half + i);
      store<f32>(out + i, x * c - y * s);
      store<f32>(out + half + i, y * c + x * s);
    }
  }
}

// @ts-ignore: decorator
@inline
export function int(table: usize, index: i32): i32 {
  return load<i32>(table + (<usize>index << 2));
}

/**
 * Where a batch lies is one table of integers: for each of `prefixes` its first token, its length and the place
 * of its attention weights, then the first row of each prefix and the number of rows, then for each of `rows`
 * first token, length, place of weights and context: how many tokens before it a row sees, its prefix's and those of
 * the rows that it goes on from. A row goes on from the last one before it that ends where it begins, so rows lie as in a
 * walk through a tree. Weights of `queries` on `keys` take `[heads, queries, stride]` numbers, where a row's stride is
 * pad4(context) + pad4(row length).
 */
// @ts-ignore: decorator
@inline
function rowTable(layout: usize, prefixes: i32): usize {
  return layout + (<usize>(4 * prefixes + 1) << 2);
}

/** Bytes from one number of a head to the next in the transposed keys (or values) of a row and all that it sees. */
function columnStride(layout: usize, prefixes: i32, rows: i32, g: i32): usize {
  const lengths = rowTable(layout, prefixes) + (<usize>rows << 2);
  const contexts = lengths + (<usize>rows << 3);
  let most = pad4(int(layout, prefixes + g));
  for (let r = int(layout, 3 * prefixes + g); r < int(layout, 3 * prefixes + g + 1); r++) {
    most = max(most, pad4(int(contexts, r)) + pad4(int(lengths, r)));
  }
  return <usize>most << 2;
}

/** Copies one head of `count` tokens, `stride` bytes apart, to where they lie in one line. */
function gather(from: usize, stride: usize, count: i32, dim: i32, to: usize): void {
  const bytes = <usize>dim << 2;
  for (let t = 0; t < count; t++, from += stride, to += bytes) memory.copy(to, from, bytes);
}

/** The other way: adds them to where they come from. */
function addBack(from: usize, count: i32, dim: i32, to: usize, stride: usize): void {
  const bytes = <usize>dim << 2;
  for (let t = 0; t < count; t++, to += stride) {
    for (let at: usize = 0; at < bytes; at += 4, from += 4) {
      store<f32>(to + at, load<f32>(to + at) + load<f32>(from));
    }
  }
}

/**
 * Causal attention of all prefixes and rows. `rotated` `[tokens, 3·width]` comes from {@link rotary}; `out` is
 * `[tokens - skip, width]`, for tokens from `skip` on, which is 0 or all prefix tokens. The softmax is kept in
 * `weights` for the gradient; what a token does not see, past the four it shares, is not written. `scratch`:
 * 3·headDim·(longest + 4) numbers, where `longest` is the most tokens of a prefix, a row or a context.
 */
export function attention(
  rotated: usize,
  out: usize,
  weights: usize,
  layout: usize,
  prefixes: i32,
  rows: i32,
  heads: i32,
  dim: i32,
  skip: i32,
  scratch: usize,
): void {
  const width = <usize>(heads * dim) << 2;
  const token = width * 3;
  const size = <usize>dim << 2;
  const ofRows = rowTable(layout, prefixes);
  for (let g = 0; g < prefixes; g++) {
    const at = int(layout, g);
    const length = int(layout, prefixes + g);
    const first = int(layout, 3 * prefixes + g);
    const last = int(layout, 3 * prefixes + g + 1);
    const stride = columnStride(layout, prefixes, rows, g);
    // Keys and values of what the row in hand sees.
    const keys = scratch;
    const values = scratch + stride * <usize>dim;
    for (let h = 0; h < heads; h++) {
      const head = <usize>(h * dim) << 2;
      const prefix = rotated + <usize>at * token + head;
      transpose(prefix + width, token, length, dim, keys, stride);
      if (skip == 0) {
        const p = weights + (<usize>(int(layout, 2 * prefixes + g) + h * length * pad4(length)) << 2);
        attend(prefix, values, length, 0, keys, stride, dim, width, p, out + <usize>at * width + head);
      }
      gather(prefix + 2 * width, token, length, dim, values);
      for (let r = first; r < last; r++) {
        const start = int(ofRows, r);
        const count = int(ofRows, rows + r);
        const context = int(ofRows, 3 * rows + r);
        const own = rotated + <usize>start * token + head;
        transpose(own + width, token, count, dim, keys + (<usize>pad4(context) << 2), stride);
        const each = count * (pad4(context) + pad4(count));
        const p = weights + (<usize>(int(ofRows, 2 * rows + r) + h * each) << 2);
        const to = out + <usize>(start - skip) * width + head;
        attend(own, values, count, context, keys, stride, dim, width, p, to);
        if (r + 1 == last || int(ofRows, 3 * rows + r + 1) <= context) continue;
        transpose(own + width, token, count, dim, keys + (<usize>context << 2), stride);
        gather(own + 2 * width, token, count, dim, values + <usize>context * size);
      }
    }
  }
}

/**
 * One head of one sequence: `count` tokens at `own` attend to the `context` tokens whose values lie in one line at
 * `values` and, causally, to themselves. Keys come transposed: the context's, padded, then the own ones.
 *
 * Four tokens go at a time, since the numbers of own keys they see, padded to four, are the same.
 */
function attend(
  own: usize,
  values: usize,
  count: i32,
  context: i32,
  keys: usize,
  stride: usize,
  dim: i32,
  width: usize,
  weights: usize,
  out: usize,
): void {
  const token = width * 3;
  const size = <usize>dim << 2;
  const padded = pad4(context);
  const shift = <usize>padded << 2;
  const row = shift + (<usize>pad4(count) << 2);
  for (let i = 0; i < count; i += 4) {
    const queries = min(4, count - i);
    const near = i + 4;
    const p = weights + <usize>i * row;
    smallProduct(own + <usize>i * token, token, 4, keys, stride, p, row, queries, dim, padded + near, false);
    const p1 = queries > 1 ? p + row : p;
    const p2 = queries > 2 ? p1 + row : p1;
    softmaxOfFour(p, p1, p2, queries > 3 ? p2 + row : p2, context, i + 1, 1);
    const to = out + <usize>i * width;
    smallProduct(p, row, 4, values, size, to, width, queries, context, dim, false);
    smallProduct(p + shift, row, 4, own + 2 * width, token, to, width, queries, i + queries, dim, true);
  }
}

/**
 * Gradient of {@link attention} with respect to `rotated`, added into `d` `[tokens, 3·width]`. `dy` is shaped
 * like the output. `scratch`: (8·headDim + 2·longest)·(longest + 4) + rows numbers.
 */
export function attentionGradient(
  rotated: usize,
  weights: usize,
  dy: usize,
  d: usize,
  layout: usize,
  prefixes: i32,
  rows: i32,
  heads: i32,
  dim: i32,
  skip: i32,
  scratch: usize,
): void {
  const width = <usize>(heads * dim) << 2;
  const token = width * 3;
  const size = <usize>dim << 2;
  const ofRows = rowTable(layout, prefixes);
  for (let g = 0; g < prefixes; g++) {
    const at = int(layout, g);
    const length = int(layout, prefixes + g);
    const first = int(layout, 3 * prefixes + g);
    const last = int(layout, 3 * prefixes + g + 1);
    const stride = columnStride(layout, prefixes, rows, g);
    // Values and keys of what the row in hand sees, and the gradients of these keys and values.
    const values = scratch;
    const keys = values + stride * <usize>dim;
    const dKeys = keys + stride * <usize>dim;
    const dValues = dKeys + stride * <usize>dim;
    // Rows that the one in hand goes on from.
    const path = dValues + stride * <usize>dim;
    const ds = path + (<usize>rows << 2);
    for (let h = 0; h < heads; h++) {
      const head = <usize>(h * dim) << 2;
      const place = <usize>at * token + head;
      const prefix = rotated + place;
      const dPrefix = d + place;
      transpose(prefix + 2 * width, token, length, dim, values, stride);
      if (skip == 0) {
        const p = weights + (<usize>(int(layout, 2 * prefixes + g) + h * length * pad4(length)) << 2);
        const up = dy + <usize>at * width + head;
        attendGradient(prefix, keys, dPrefix, dKeys, dValues, length, 0, values, stride, dim, width, p, up, ds);
      }
      gather(prefix + width, token, length, dim, keys);
      memory.fill(dKeys, 0, <usize>length * size);
      memory.fill(dValues, 0, <usize>length * size);
      let depth = 0;
      for (let r = first; r < last; r++) {
        const start = int(ofRows, r);
        const count = int(ofRows, rows + r);
        const context = int(ofRows, 3 * rows + r);
        const ownPlace = <usize>start * token + head;
        const own = rotated + ownPlace;
        transpose(own + 2 * width, token, count, dim, values + (<usize>pad4(context) << 2), stride);
        const each = count * (pad4(context) + pad4(count));
        const p = weights + (<usize>(int(ofRows, 2 * rows + r) + h * each) << 2);
        const up = dy + <usize>(start - skip) * width + head;
        const dOwn = d + ownPlace;
        attendGradient(own, keys, dOwn, dKeys, dValues, count, context, values, stride, dim, width, p, up, ds);
        const next = r + 1 < last ? int(ofRows, 3 * rows + r + 1) : length;
        if (next > context) {
          transpose(own + 2 * width, token, count, dim, values + (<usize>context << 2), stride);
          gather(own + width, token, count, dim, keys + <usize>context * size);
          memory.fill(dKeys + <usize>context * size, 0, <usize>count * size);
          memory.fill(dValues + <usize>context * size, 0, <usize>count * size);
          store<i32>(path + (<usize>depth << 2), r);
          depth++;
          continue;
        }
        // All that goes on from these rows has been seen.
        while (depth > 0) {
          const from = int(path, depth - 1);
          const before = int(ofRows, 3 * rows + from);
          if (before < next) break;
          const to = d + <usize>int(ofRows, from) * token + head;
          addBack(dKeys + <usize>before * size, int(ofRows, rows + from), dim, to + width, token);
          addBack(dValues + <usize>before * size, int(ofRows, rows + from), dim, to + 2 * width, token);
          depth--;
        }
      }
      addBack(dKeys, length, dim, dPrefix + width, token);
      addBack(dValues, length, dim, dPrefix + 2 * width, token);
    }
  }
}

/**
 * Gradient of {@link attend}; values come transposed, the context's keys in one line, as the gradients of its keys and
 * values go. `ds` has room for the scores.
 */
function attendGradient(
  own: usize,
  keys: usize,
  dOwn: usize,
  dKeys: usize,
  dValues: usize,
  count: i32,
  context: i32,
  values: usize,
  stride: usize,
  dim: i32,
  width: usize,
  weights: usize,
  dy: usize,
  ds: usize,
): void {
  const token = width * 3;
  const size = <usize>dim << 2;
  const padded = pad4(context);
  const shift = <usize>padded << 2;
  const row = shift + (<usize>pad4(count) << 2);
  for (let i = 0; i < count; i += 4) {
    const queries = min(4, count - i);
    const seen = padded + i + 4;
    const s = ds + <usize>i * row;
    const p = weights + <usize>i * row;
    smallProduct(dy + <usize>i * width, width, 4, values, stride, s, row, queries, dim, seen, false);
    for (let r = 0; r < queries; r++) softmaxGradient(p + <usize>r * row, s + <usize>r * row, seen);
    const dq = dOwn + <usize>i * token;
    smallProduct(s, row, 4, keys, size, dq, token, queries, context, dim, true);
    smallProduct(s + shift, row, 4, own + width, token, dq, token, queries, i + queries, dim, true);
  }
  smallProduct(ds, 4, row, own, token, dKeys, size, context, count, dim, true);
  smallProduct(weights, 4, row, dy, width, dValues, size, context, count, dim, true);
  for (let j = 0; j < count; j += 4) {
    // Only the queries from the first of these keys on see any of them.
    const near = min(4, count - j);
    const corner = shift + (<usize>j << 2) + <usize>j * row;
    const to = dOwn + width + <usize>j * token;
    smallProduct(ds + corner, 4, row, own + <usize>j * token, token, to, token, near, count - j, dim, true);
    smallProduct(weights + corner, 4, row, dy + <usize>j * width, width, to + width, token, near, count - j, dim, true);
  }
}

/** s = p·(s − Σ p·s) over `count` numbers (a multiple of four). */
function softmaxGradient(p: usize, s: usize, count: i32): void {
  const bytes = <usize>count << 2;
  let along = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    along = f32x4.add(along, f32x4.mul(v128.load(p + at), v128.load(s + at)));
  }
  const total = f32x4.splat(sum4(along));
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(s + at, f32x4.mul(v128.load(p + at), f32x4.sub(v128.load(s + at), total)));
  }
}
